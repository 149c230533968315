import { hasListedImage } from "../../../src/model/protection/listed-images";
import { resourceGroup, vm } from "../../harness/azure";
import { estateOf } from "../../harness/estate-of";
import { Stack } from "../../harness/stack";

function isListed(imageReference: Record<string, string>): string {
    const round = new Stack().preview({ rg: resourceGroup("shop"), web: vm({ name: "web", image: imageReference }) });
    const [web] = estateOf(round).vms;
    return hasListedImage(web!).answer;
}

const LISTED: readonly (readonly [publisher: string, offer: string, sku: string])[] = [
    ["MicrosoftWindowsServer", "WindowsServer", "2025-datacenter-g2"],
    ["microsoftwindowsserver", "WINDOWSSERVER", "2019-DATACENTER-GENSECOND"],
    ["MicrosoftWindowsServerHPCPack", "WindowsServerHPCPack", "any"],
    ["MicrosoftSQLServer", "sql2022-ws2022", "web-gen2"],
    ["MicrosoftSQLServer", "SQL2019-WS2019", "enterprise"],
    ["MicrosoftSQLServer", "sql2016sp3-ws2016-byol", "enterprise"],
    ["MicrosoftWindowsDesktop", "windows-11", "win11-24h2-pro"],
    ["RedHat", "RHEL", "6.10"],
    ["RedHat", "RHEL", "7-lvm"],
    ["RedHat", "RHEL-SAP-HANA", "8_6"],
    ["RedHat", "rhel-byos", "rhel-lvm77"],
    ["SUSE", "SLES-SAP", "12-sp5"],
    ["Canonical", "UbuntuServer", "18.04-LTS"],
    ["Canonical", "UbuntuServer", "18.04-DAILY-LTS"],
    ["Canonical", "0001-com-ubuntu-server-focal", "20_04-lts-gen2"],
    ["Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts-gen2"],
    ["Canonical", "ubuntu-24_04-lts", "server"],
    ["Canonical", "ubuntu-24_04-lts", "minimal-arm64"],
    ["Oracle", "Oracle-Linux", "7.9"],
    ["OpenLogic", "CentOS", "7_9"],
    ["OpenLogic", "CentOS-HPC", "7_9-gen2"],
];

const UNLISTED: readonly (readonly [publisher: string, offer: string, sku: string])[] = [
    // No wildcard in the list: the whole name counts.
    ["MicrosoftWindowsServer", "WindowsServer", "2025-datacenter-azure-edition-hotpatch"],
    ["MicrosoftWindowsServer", "WindowsServer", "2016-Datacenter-Server"],
    ["MicrosoftSQLServer", "sql2022-ws2022", "web"],
    ["MicrosoftSQLServer", "sql2019-ws2019-byol", "enterprise"],
    // In \`6.*\`, the full stop is one.
    ["RedHat", "RHEL", "6_10"],
    ["RedHat", "RHEL", "9_4"],
    ["RedHat", "RHEL", "rhel-lvm77"],
    ["RedHat", "rhel-byos", "rhel-lvm88"],
    ["RedHat", "rhel-arm64", "8_6"],
    ["SUSE", "sles-15-sp6", "gen2"],
    ["Canonical", "UbuntuServer", "18.04-LTS-gen2"],
    ["Canonical", "0001-com-ubuntu-server-jammy", "22_04-lts"],
    ["Canonical", "debian", "server"],
    ["Oracle", "Oracle-Linux", "ol88-lvm-gen2"],
    ["OpenLogic", "CentOS-HPC", "7_9"],
    ["Debian", "debian-12", "12-gen2"],
    ["almalinux", "almalinux-x86_64", "8-gen2"],
];

test.each(LISTED)("listed: %s, %s, %s", (publisher, offer, sku) => {
    expect(isListed({ publisher, offer, sku, version: "latest" })).toBe("yes");
});

test.each(UNLISTED)("not listed: %s, %s, %s", (publisher, offer, sku) => {
    expect(isListed({ publisher, offer, sku, version: "latest" })).toBe("no");
});
