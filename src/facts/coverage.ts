import { LISTED_IMAGES, type ListedImages } from "./listed-images";
import { PAGES } from "./page";
import { statement, type Row } from "./row";

/** VMs that Azure's own policies skip, because the service that creates them manages them. */
interface LeftToTheirService {
    /** Publishers of images, in lower case. */
    readonly publishers: readonly string[];
    readonly resourceGroup: RegExp;
}

/** What is known about which VMs are protected, and by what. */
export const COVERAGE = {
    BACKUP: statement({
        policies: ["BCDR401"],
        fact: "VMB-19",
        says: "A VM is backed up once it has a backup item in a Recovery Services vault of its own region.",
        page: PAGES.VM_BACKUP,
    }),
    REPLICATION: statement({
        policies: ["BCDR402"],
        fact: "INT-67",
        says: "Replication is enabled VM by VM, while the VM runs.",
        page: PAGES.A2A_ERRORS,
    }),
    INTENT: statement({
        policies: ["BCDR101", "BCDR102", "BCDR402", "BCDR404"],
        fact: "INT-95",
        says: "A replication intent has Site Recovery enable replication of a VM by itself.",
        page: PAGES.REPLICATION_INTENT,
    }),
    LEFT_TO_THEIR_SERVICE: {
        policies: ["BCDR401", "BCDR402"],
        fact: "POL-21",
        says: "Azure's own policies that turn backup on skip the VMs of Azure Red Hat OpenShift and Azure Databricks.",
        limit: { publishers: ["azureopenshift", "azuredatabricks"], resourceGroup: /^databricks-rg-/i },
        page: PAGES.AZURE_POLICY,
    } satisfies Row<LeftToTheirService>,
    ASSIGNED_BY_IMAGE: {
        policies: ["BCDR401", "BCDR419"],
        fact: "VMB-32",
        says: "Azure's own policies that back VMs up take those made from listed Marketplace images alone. They skip VMs made from an image of a gallery, and VMs that boot from an attached disk.",
        limit: LISTED_IMAGES,
        page: PAGES.AZURE_POLICY,
    } satisfies Row<readonly ListedImages[]>,
    ASSIGNED_LATER: statement({
        policies: ["BCDR401"],
        fact: "VMB-33",
        says: "An assignment of such a policy backs up new VMs. VMs that exist need a remediation task.",
        page: PAGES.BACKUP_BY_POLICY,
    }),
    SPOT: statement({
        policies: ["BCDR401", "BCDR402"],
        fact: "VMB-16",
        says: "Azure can evict a Spot VM at any moment. A restore creates a regular VM.",
        page: PAGES.VM_BACKUP_MATRIX,
    }),
    EPHEMERAL: statement({
        policies: ["BCDR401", "BCDR402"],
        fact: "A2A-10",
        says: "You can neither back up nor replicate a VM with an ephemeral OS disk.",
        page: PAGES.EPHEMERAL,
    }),
    SELECTION: statement({
        policies: ["BCDR403"],
        fact: "VMB-29",
        says: "A backup item can select data disks by LUN. Its recovery points do not contain the other disks.",
        page: PAGES.VM_BACKUP_SELECTIVE,
    }),
    ADDED_DISK: statement({
        policies: ["BCDR404"],
        fact: "INT-12",
        says: "Site Recovery does not replicate a disk that is added to a replicated VM until you enable replication for it.",
        page: PAGES.A2A_FAQ,
    }),
    AUTO_PROTECTION: statement({
        policies: ["BCDR404"],
        fact: "INT-16",
        says: "With autoProtectionOfDataDisk set to Enabled, Site Recovery replicates data disks that are added.",
        page: PAGES.REPLICATED_ITEM,
        isUnverified: true,
    }),
} as const;
