import { exported, exportText } from "./exported";
import { attached, backupItem, disk, fromRestorePoint, replicatedItem, resourceGroup, vault, vm } from "./azure";
import { ref, type Declaration, type Program } from "./program";
import { Stack } from "./stack";

/**
 * The stack that `azure-bcdr-guard try` shows: "web" is examples/restored-machine after its restore, "files" must be
 * backed up and is not, and "db" uses what Site Recovery does not support. All else is right, so that nothing else is
 * reported.
 */
const LOCATION = "westeurope";

const hardened = (name: string, location: string): Declaration =>
    vault(name, {
        location,
        properties: {
            publicNetworkAccess: "Enabled",
            redundancySettings: { standardTierStorageRedundancy: "ZoneRedundant" },
            securitySettings: { immutabilitySettings: { state: "Unlocked" } },
        },
    });

const osDisk = (name: string): Declaration =>
    disk({
        name,
        creationData: {
            createOption: "FromImage",
            imageReference: { id: "/CommunityGalleries/shop/images/ubuntu/versions/24.4.0" },
        },
        over: { location: LOCATION, osType: "Linux" },
    });

const program: Program = {
    rg: resourceGroup("shop", LOCATION),
    backup: hardened("backup-westeurope", LOCATION),
    recovery: hardened("recovery-northeurope", "northeurope"),

    "web-os": osDisk("web-os"),
    "web-os-restored": disk({
        name: "web-os-restored",
        creationData: fromRestorePoint("web", "web-os"),
        over: { location: LOCATION, osType: "Linux" },
    }),
    "web-data": disk({ name: "web-data", over: { location: LOCATION } }),
    web: vm({
        name: "web",
        osDisk: ref("web-os-restored.id"),
        dataDisks: [attached(0, ref("web-data.id"))],
        over: { location: LOCATION },
    }),
    "web-backup": backupItem(ref("web.id"), "shop;web"),
    "web-replication": named("web", replicatedItem(ref("web.id"), [ref("web-os.id"), ref("web-data.id")])),

    "db-os": osDisk("db-os"),
    "db-log": disk({ name: "db-log", over: { location: LOCATION } }),
    db: vm({
        name: "db",
        osDisk: ref("db-os.id"),
        dataDisks: [attached(0, ref("db-log.id"), { writeAcceleratorEnabled: true })],
        over: { location: LOCATION, tags: { "bcdr-tier": "replication" } },
    }),
    "db-replication": named("db", replicatedItem(ref("db.id"), [ref("db-os.id"), ref("db-log.id")])),

    "files-os": osDisk("files-os"),
    files: vm({
        name: "files",
        osDisk: ref("files-os.id"),
        over: { location: LOCATION, tags: { "bcdr-tier": "backup" } },
    }),
};

function named(name: string, item: Declaration): Declaration {
    return { ...item, properties: { ...item.properties, replicatedProtectedItemName: name } };
}

/** What Azure makes up for each resource, and no policy reads. */
const MADE_UP = ["lifecycleId", "uniqueId", "vmId"];

/** The text of src/cli/try-state.json, the same each time. */
export function tryState(): string {
    // No project of this name is in the reader's folder, so that nothing there changes what is printed.
    const stack = new Stack("azure-bcdr-guard-try");
    stack.up(program);
    let made = 0;
    const numbered = (key: string, value: unknown): unknown =>
        MADE_UP.includes(key) ? `00000000-0000-4000-8000-${String((made += 1)).padStart(12, "0")}` : value;
    return `${JSON.stringify(JSON.parse(exportText(exported(stack.state()))), numbered, 2)}\n`;
}
