import { ref, type Program } from "../harness/program";
import {
    backupByPolicy,
    cacheAccount,
    classicPolicy,
    classicRecoveryPlan,
    classicServer,
    container,
    disk,
    diskBackup,
    diskBackupVault,
    diskEncryptionSet,
    enhancedPolicy,
    fabric,
    vm,
    vmBackup,
    mapping,
    osDisk,
    ownOsDisk,
    protectionCluster,
    recoveryPlan,
    replication,
    replicationPolicy,
    resourceGroup,
    standardPolicy,
    vault,
    WINDOWS,
    type Backup,
    type Place,
    type Route,
} from "./parts";

/**
 * Forty VMs of a company in two regions, as examples/landing-zone has them. Everything in it is right: what the
 * pack still says of it stands in the example's README. Faults are sown into it by faults.ts.
 */
export function landingZone(): Program {
    return {
        ...foundation(),
        ...erp(),
        ...ledger(),
        ...database(),
        ...web(),
        ...files(),
        ...batch(),
        ...builders(),
        ...branch(),
        ...laboratory(),
    };
}

/** What the configuration says of the tag `bcdr-tier`. */
export const CONFIGURATION = {
    "shared-settings": { tiers: { gold: ["backup", "replication"], silver: ["backup"], lab: [] } },
};

const GOLD = { "bcdr-tier": "gold" };
const SILVER = { "bcdr-tier": "silver" };
const LAB = { "bcdr-tier": "lab" };

const APPS: Place = { group: "apps", location: "westeurope" };
const BUILDERS: Place = { group: "builders", location: "westeurope" };
const BRANCH: Place = { group: "branch", location: "northeurope" };

const BACKUP: Backup = { vault: "backup-westeurope", vaultGroup: "protection", policy: "every-four-hours" };
const NIGHTLY: Backup = { ...BACKUP, policy: "nightly" };
const BRANCH_BACKUP: Backup = { vault: "backup-northeurope", vaultGroup: "recovery", policy: "branch-nightly" };

/** From West Europe to North Europe, kept in a vault over there. */
const TO_NORTH_EUROPE: Route = {
    vault: "recovery-northeurope",
    vaultGroup: "recovery",
    policy: "a-day-back",
    sourceFabric: "west-europe",
    sourceContainer: "west-europe-machines",
    targetFabric: "north-europe",
    targetContainer: "north-europe-machines",
    targetGroup: "apps-recovered",
    cache: "cachewesteurope",
};

/** Site Recovery makes no app-consistent recovery points of clusters. */
const OF_CLUSTERS: Route = { ...TO_NORTH_EUROPE, policy: "a-day-back-of-clusters" };

/** Between two zones of West Europe. The vault may be where the VMs are. */
const TO_ZONE_2: Route = {
    vault: "backup-westeurope",
    vaultGroup: "protection",
    policy: "zones-a-day-back",
    sourceFabric: "west-europe-zones",
    sourceContainer: "zone-1",
    targetFabric: "west-europe-zones",
    targetContainer: "zone-2",
    targetGroup: "apps-zone-2",
    cache: "cachewesteurope",
};

function foundation(): Program {
    const { vault: recovery, vaultGroup: there } = TO_NORTH_EUROPE;
    const { vault: zones, vaultGroup: here } = TO_ZONE_2;
    return {
        ...resourceGroup("apps", "westeurope"),
        ...resourceGroup("apps-zone-2", "westeurope"),
        ...resourceGroup("builders", "westeurope"),
        ...resourceGroup("protection", "westeurope"),
        ...resourceGroup("snapshots", "westeurope"),
        ...resourceGroup("branch", "northeurope"),
        ...resourceGroup("recovery", "northeurope"),
        ...resourceGroup("apps-recovered", "northeurope"),

        ...vault("backup-westeurope", "protection", "westeurope"),
        ...enhancedPolicy("every-four-hours", "backup-westeurope", "protection"),
        ...standardPolicy("nightly", "backup-westeurope", "protection"),
        ...classicPolicy("file-servers", "backup-westeurope", "protection"),
        ...vault("backup-northeurope", "recovery", "northeurope"),
        ...standardPolicy("branch-nightly", "backup-northeurope", "recovery"),
        ...diskBackupVault("disks-westeurope", "protection", "westeurope"),

        ...cacheAccount("cachewesteurope", { group: "protection", location: "westeurope" }),
        ...vault(recovery, there, "northeurope"),
        ...replicationPolicy("a-day-back", recovery, there),
        ...replicationPolicy("a-day-back-of-clusters", recovery, there, 0),
        ...fabric("west-europe", recovery, there, "westeurope"),
        ...fabric("north-europe", recovery, there, "northeurope"),
        ...container("west-europe-machines", recovery, there, "west-europe"),
        ...container("north-europe-machines", recovery, there, "north-europe"),
        ...mapping("west-to-north", TO_NORTH_EUROPE),
        ...replicationPolicy("zones-a-day-back", zones, here),
        ...fabric("west-europe-zones", zones, here, "westeurope"),
        ...container("zone-1", zones, here, "west-europe-zones"),
        ...container("zone-2", zones, here, "west-europe-zones"),
        ...mapping("zone-1-to-zone-2", TO_ZONE_2),
    };
}

/** Six application servers that fail over together. */
function erp(): Program {
    const names = numbered("erp", 6);
    return {
        ...each(names, (name) => ({
            ...osDisk(`${name}-os`, APPS),
            ...disk(`${name}-data`, APPS, 256),
            ...vm({
                ...APPS,
                name,
                size: "Standard_D8s_v5",
                tags: GOLD,
                bootsFrom: `${name}-os`,
                dataDisks: [`${name}-data`],
            }),
            ...vmBackup(name, APPS, BACKUP),
            ...replication(name, TO_NORTH_EUROPE, [{ id: ref(`${name}-os.id`) }, { id: ref(`${name}-data.id`) }], {
                multiVmGroupName: "erp",
            }),
        })),
        ...recoveryPlan("erp-plan", TO_NORTH_EUROPE, [names.slice(0, 2), names.slice(2)]),
    };
}

/** Four VMs whose disks are under the company's own keys, on both sides. */
function ledger(): Program {
    const names = numbered("ledger", 4);
    const key = {
        encryption: { type: "EncryptionAtRestWithCustomerKey", diskEncryptionSetId: ref("keys-westeurope.id") },
    };
    const listed = (id: string) => ({ id: ref(`${id}.id`), targetEncryptionSet: "keys-northeurope" });
    return {
        ...diskEncryptionSet("keys-westeurope", { group: "protection", location: "westeurope" }),
        ...diskEncryptionSet("keys-northeurope", { group: "recovery", location: "northeurope" }),
        ...each(names, (name) => ({
            ...osDisk(`${name}-os`, APPS, key),
            ...disk(`${name}-data`, APPS, 512, key),
            ...vm({
                ...APPS,
                name,
                size: "Standard_E8s_v5",
                tags: GOLD,
                bootsFrom: `${name}-os`,
                dataDisks: [`${name}-data`],
            }),
            ...vmBackup(name, APPS, BACKUP),
            ...replication(name, TO_NORTH_EUROPE, [listed(`${name}-os`), listed(`${name}-data`)]),
        })),
        ...recoveryPlan("ledger-plan", TO_NORTH_EUROPE, [names]),
    };
}

/** A failover cluster of two VMs with a disk that both write to. No recovery plan takes a cluster. */
function database(): Program {
    const names = numbered("sql", 2);
    return {
        ...disk("sql-shared", APPS, 1024, { maxShares: 2 }),
        ...protectionCluster("sql-cluster", OF_CLUSTERS, ["sql-shared"]),
        ...each(names, (name) => ({
            ...osDisk(`${name}-os`, APPS, WINDOWS),
            ...vm({
                ...APPS,
                name,
                size: "Standard_E16s_v5",
                tags: GOLD,
                bootsFrom: `${name}-os`,
                osType: "Windows",
                dataDisks: ["sql-shared"],
            }),
            ...vmBackup(name, APPS, BACKUP),
            ...replication(name, OF_CLUSTERS, [{ id: ref(`${name}-os.id`) }], {
                protectionClusterId: ref("sql-cluster.id"),
            }),
        })),
    };
}

/** Eight web servers that are made from an image, and replicated from one zone to another. */
function web(): Program {
    const names = numbered("web", 8);
    return {
        ...each(names, (name) => ({
            ...vm({ ...APPS, name, size: "Standard_D4s_v5", tags: GOLD, zone: "1" }),
            ...vmBackup(name, APPS, BACKUP),
            ...replication(name, TO_ZONE_2, [{ id: ownOsDisk(name) }], { recoveryAvailabilityZone: "2" }),
        })),
        ...recoveryPlan("web-plan", TO_ZONE_2, [names], { primaryZone: "1", recoveryZone: "2" }),
    };
}

/** Two file servers that are older than the rest, in the classic provider's words. */
function files(): Program {
    const names = numbered("files", 2);
    return {
        ...each(names, (name) =>
            classicServer(name, APPS, GOLD, { ...BACKUP, policy: "file-servers" }, TO_NORTH_EUROPE),
        ),
        ...classicRecoveryPlan("files-plan", TO_NORTH_EUROPE, names),
    };
}

/** Six VMs for jobs: backed up each night, but for the data disk, which Disk Backup takes every four hours. */
function batch(): Program {
    return each(numbered("batch", 6), (name) => ({
        ...disk(`${name}-scratch`, APPS, 512),
        ...vm({ ...APPS, name, size: "Standard_D4s_v5", tags: SILVER, dataDisks: [`${name}-scratch`] }),
        ...vmBackup(name, APPS, NIGHTLY, [0]),
        ...diskBackup(`${name}-scratch`, "westeurope", "disks-westeurope", "protection", "snapshots"),
    }));
}

/** Four build VMs that Azure Policy backs up, because of a tag. */
function builders(): Program {
    const tag = { name: "backup", value: "by-policy" };
    return {
        ...backupByPolicy("backup-by-tag", "builders", "westeurope", tag, "nightly"),
        ...each(numbered("builder", 4), (name) =>
            vm({ ...BUILDERS, name, size: "Standard_F8s_v2", tags: { ...SILVER, [tag.name]: tag.value } }),
        ),
    };
}

/** Four VMs of the branch in the other region, with a backup vault over there. */
function branch(): Program {
    return each(numbered("branch-app", 4), (name) => ({
        ...vm({ ...BRANCH, name, size: "Standard_D4s_v5", tags: SILVER }),
        ...vmBackup(name, BRANCH, BRANCH_BACKUP),
    }));
}

/** Four VMs that nobody would miss. */
function laboratory(): Program {
    return each(numbered("lab", 4), (name) => vm({ ...APPS, name, size: "Standard_B2s", tags: LAB }));
}

function numbered(name: string, count: number): readonly string[] {
    return Array.from({ length: count }, (_, index) => `${name}-${String(index + 1)}`);
}

function each(names: readonly string[], make: (name: string) => Program): Program {
    return Object.assign({}, ...names.map(make)) as Program;
}
