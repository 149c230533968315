/**
 * Images of the Marketplace, as a condition of Azure Policy names them. `*` stands for any text. An offer or SKU that is
 * left out is any.
 */
export interface ListedImages {
    readonly publisher: string;
    readonly offers: readonly string[];
    readonly skus?: readonly string[];
}

/**
 * The images whose VMs the definitions POL-03 to POL-06 back up: one list in all four, in version 9.5.0 (VMB-32). What a
 * condition there calls `contains` has an asterisk on either side here.
 */
export const LISTED_IMAGES: readonly ListedImages[] = [
    {
        publisher: "MicrosoftWindowsServer",
        offers: ["WindowsServer"],
        skus: [
            "2008-R2-SP1",
            "2008-R2-SP1-smalldisk",
            "2012-Datacenter",
            "2012-Datacenter-smalldisk",
            "2012-R2-Datacenter",
            "2012-R2-Datacenter-smalldisk",
            "2016-Datacenter",
            "2016-datacenter-gensecond",
            "2016-Datacenter-Server-Core",
            "2016-Datacenter-Server-Core-smalldisk",
            "2016-Datacenter-smalldisk",
            "2016-Datacenter-with-Containers",
            "2016-Datacenter-with-RDSH",
            "2019-Datacenter",
            "2019-Datacenter-Core",
            "2019-Datacenter-Core-smalldisk",
            "2019-Datacenter-Core-with-Containers",
            "2019-Datacenter-Core-with-Containers-smalldisk",
            "2019-Datacenter-smalldisk",
            "2019-Datacenter-with-Containers",
            "2019-Datacenter-with-Containers-smalldisk",
            "2019-Datacenter-zhcn",
            "2019-datacenter-gensecond",
            "2022-datacenter-g2",
            "2022-datacenter",
            "2022-datacenter-azure-edition",
            "2022-datacenter-azure-edition-smalldisk",
            "2022-datacenter-azure-edition-core",
            "2022-datacenter-azure-edition-core-smalldisk",
            "2022-datacenter-smalldisk-g2",
            "2022-datacenter-smalldisk",
            "2022-datacenter-core-g2",
            "2022-datacenter-core",
            "2022-datacenter-core-smalldisk-g2",
            "2022-datacenter-core-smalldisk",
            "2022-datacenter-azure-edition-hotpatch",
            "2025-datacenter-core",
            "2025-datacenter-smalldisk",
            "2025-datacenter-core-smalldisk",
            "2025-datacenter-azure-edition-core-smalldisk",
            "2025-datacenter-azure-edition-core",
            "2025-datacenter-azure-edition",
            "2025-datacenter-azure-edition-smalldisk",
            "2025-datacenter",
            "2025-datacenter-core-smalldisk-g2",
            "2025-datacenter-core-g2",
            "2025-datacenter-smalldisk-g2",
            "2025-datacenter-g2",
        ],
    },
    {
        publisher: "MicrosoftWindowsServer",
        offers: ["WindowsServerSemiAnnual"],
        skus: [
            "Datacenter-Core-1709-smalldisk",
            "Datacenter-Core-1709-with-Containers-smalldisk",
            "Datacenter-Core-1803-with-Containers-smalldisk",
        ],
    },
    { publisher: "MicrosoftWindowsServerHPCPack", offers: ["WindowsServerHPCPack"] },
    {
        publisher: "MicrosoftSQLServer",
        offers: ["sql2019-ws2022"],
        skus: ["sqldev", "sqldev-gen2", "standard", "standard-gen2"],
    },
    { publisher: "MicrosoftSQLServer", offers: ["sql2022-ws2022"], skus: ["web-gen2"] },
    {
        publisher: "MicrosoftSQLServer",
        offers: ["*-WS2019", "*-WS2016", "*-WS2016-BYOL", "*-WS2012R2", "*-WS2012R2-BYOL"],
    },
    { publisher: "MicrosoftRServer", offers: ["MLServer-WS2016"] },
    { publisher: "MicrosoftVisualStudio", offers: ["VisualStudio", "Windows"] },
    { publisher: "MicrosoftDynamicsAX", offers: ["Dynamics"], skus: ["Pre-Req-AX7-Onebox-U8"] },
    { publisher: "microsoft-ads", offers: ["windows-data-science-vm"] },
    { publisher: "MicrosoftWindowsDesktop", offers: ["Windows-10", "Windows-11"] },
    { publisher: "RedHat", offers: ["RHEL-BYOS"], skus: ["rhel-lvm77"] },
    { publisher: "RedHat", offers: ["RHEL", "RHEL-SAP-HANA"], skus: ["6.*", "7*", "8*"] },
    {
        publisher: "SUSE",
        offers: [
            "SLES",
            "SLES-HPC",
            "SLES-HPC-Priority",
            "SLES-SAP",
            "SLES-SAP-BYOS",
            "SLES-Priority",
            "SLES-BYOS",
            "SLES-SAPCAL",
            "SLES-Standard",
        ],
        skus: ["12*"],
    },
    {
        publisher: "Canonical",
        offers: ["*ubuntu*"],
        skus: [
            "14.04*LTS",
            "16.04*LTS",
            "18.04*LTS",
            "*20_04-lts",
            "20_04-lts*",
            "22_04-lts-gen2",
            "ubuntu-pro*",
            "server*",
            "minimal*",
            "cvm",
            "specialized-hardware",
        ],
    },
    { publisher: "Oracle", offers: ["Oracle-Linux"], skus: ["6.*", "7*"] },
    { publisher: "OpenLogic", offers: ["CentOS-HPC"], skus: ["7_9-gen2"] },
    { publisher: "OpenLogic", offers: ["CentOS", "Centos-LVM", "CentOS-SRIOV"], skus: ["6.*", "7*"] },
    { publisher: "cloudera", offers: ["cloudera-centos-os"], skus: ["7*"] },
];
