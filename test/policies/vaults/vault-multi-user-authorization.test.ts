import {
    backupItem,
    diskBackup,
    disk,
    vm,
    replicatedItem,
    resourceGroup,
    SURROUNDINGS,
    vault,
} from "../../harness/azure";
import { backupInstanceDisk, protectedVm } from "../../harness/classic";
import { ref, text, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";

const GUARD =
    "/subscriptions/0b0c9d3e-6a51-4d53-8a57-0e5a4fb7c7b1/resourceGroups/guards/providers/Microsoft.DataProtection/resourceGuards/backup";

const AROUND: Program = { ...SURROUNDINGS, web: vm({ name: "web" }), data: disk() };
const ITEM: Program = { ...AROUND, item: backupItem(ref("web.id"), "shop;web") };
const DISK_BACKUP: Program = { ...AROUND, item: diskBackup(ref("data.id")) };

const CLASSIC: Program = {
    ...AROUND,
    backup: {
        type: "azure:recoveryservices/vault:Vault",
        properties: { resourceGroupName: ref("rg.name"), location: "westeurope", sku: "Standard" },
    },
    item: protectedVm(ref("web.id")),
};
const CLASSIC_DISK_BACKUP: Program = {
    ...AROUND,
    diskBackup: {
        type: "azure:dataprotection/backupVault:BackupVault",
        properties: {
            resourceGroupName: ref("rg.name"),
            location: "westeurope",
            datastoreType: "VaultStore",
            redundancy: "ZoneRedundant",
        },
    },
    item: backupInstanceDisk(ref("data.id")),
};

function proxy(vaultName: Content): Declaration {
    return {
        type: "azure-native:recoveryservices:ResourceGuardProxy",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName,
            resourceGuardProxyName: "VaultProxy",
            properties: { resourceGuardResourceId: GUARD },
        },
    };
}

function diskBackupProxy(vaultName: Content): Declaration {
    return {
        type: "azure-native:dataprotection:DppResourceGuardProxy",
        properties: {
            resourceGroupName: ref("rg.name"),
            vaultName,
            resourceGuardProxyName: "DppResourceGuardProxy",
            properties: { resourceGuardResourceId: GUARD },
        },
    };
}

const ASSOCIATION: Declaration = {
    type: "azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation",
    properties: { vaultId: ref("backup.id"), resourceGuardId: GUARD },
};

function deployed(program: Program): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(program);
        return stack.state();
    };
}

/** The state after somebody has put the vault under a guard from outside of the program, and a refresh. */
function guardedOutside(
    program: Program,
    name: string,
    properties: Readonly<Record<string, unknown>>,
): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(program);
        stack.portal(name, (response) => ({
            ...response,
            properties: { ...(response["properties"] as object), ...(properties as object) },
        }));
        return stack.refresh();
    };
}

/** The preview of a change to the vault itself. */
function vaultChanges(program: Program, name: string): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(program);
        const changed = program[name] as Declaration;
        return stack.preview({
            ...program,
            [name]: { ...changed, properties: { ...changed.properties, tags: { changed: "yes" } } },
        });
    };
}

/** What the page shows. */
const UNGUARDED: Program = {
    ...SURROUNDINGS,
    web: vm({ name: "web" }),
    webBackup: backupItem(ref("web.id"), "shop;web"),
};

const GUARDED: Program = { ...ITEM, guard: proxy(ref("backup.name")) };

export const cases = policyCases(__filename, {
    policyId: "BCDR508",
    example: UNGUARDED,
    fixed: {
        program: { ...UNGUARDED, guard: proxy(ref("backup.name")) },
        says: "The resource guard is in another subscription, where backup administrators have no rights:",
    },
    shows: ["webBackup.vaultName", "webBackup.properties.sourceResourceId"],
    holds: [
        { name: "vaults without backups", round: AROUND },
        {
            name: "replicated items, whose operations no guard covers",
            round: { ...AROUND, item: replicatedItem(ref("web.id"), [ref("data.id")]) },
        },
        { name: "a guard, once deployed", round: deployed(GUARDED) },
        {
            name: "a guard, Disk Backup",
            round: { ...DISK_BACKUP, guard: diskBackupProxy(ref("diskBackup.name")) },
        },
        { name: "a guard, classic", round: { ...CLASSIC, guard: ASSOCIATION } },
        {
            name: "a guard, classic, once deployed",
            round: deployed({ ...CLASSIC, guard: ASSOCIATION }),
        },
        {
            name: "a guard in the other provider's words, Disk Backup",
            round: { ...CLASSIC_DISK_BACKUP, guard: diskBackupProxy(ref("diskBackup.name")) },
        },
        {
            name: "a guard from outside of the program",
            round: guardedOutside(ITEM, "backup", { securitySettings: { multiUserAuthorization: "Enabled" } }),
        },
        {
            name: "a guard from outside of the program, Disk Backup",
            round: guardedOutside(DISK_BACKUP, "diskBackup", { isVaultProtectedByResourceGuard: true }),
        },
    ],
    violated: [
        { name: "Disk Backup", round: DISK_BACKUP, on: ["diskBackup"] },
        { name: "classic", round: CLASSIC, on: ["backup"] },
        { name: "Disk Backup, classic", round: CLASSIC_DISK_BACKUP, on: ["diskBackup"] },
        { name: "once deployed", round: deployed(ITEM), on: ["backup"] },
        {
            name: "Disk Backup, once deployed",
            round: deployed(DISK_BACKUP),
            on: ["diskBackup"],
        },
        {
            name: "a guard on another vault",
            round: { ...ITEM, guard: proxy(ref("recovery.name")) },
            on: ["backup"],
        },
        {
            name: "a guard on a vault of the other kind",
            round: { ...ITEM, guard: diskBackupProxy(ref("diskBackup.name")) },
            on: ["backup"],
        },
    ],
    undecided: [
        {
            name: "a vault that the plan changes, and that may be guarded from outside",
            round: vaultChanges(ITEM, "backup"),
            waitsFor: '"backup": properties.securitySettings.multiUserAuthorization',
        },
        {
            name: "a guard of which the vault is not known",
            round: { ...ITEM, guard: proxy(ref("web.name")) },
            waitsFor: '"guard": vaultName',
        },
        {
            name: "an item that may be in either of two vaults",
            round: {
                rg: resourceGroup("shop"),
                one: vault(),
                two: vault(),
                backup: vault(),
                web: vm({ name: "web" }),
                item: {
                    ...backupItem(ref("web.id"), "shop;web"),
                    properties: {
                        ...backupItem(ref("web.id"), "shop;web").properties,
                        vaultName: text`${ref("one.name")}${ref("two.name")}`,
                    },
                },
            },
            waitsFor: '"item": vaultName',
        },
    ],
    limits: [
        {
            allowed: { name: "a guard", round: GUARDED },
            refused: { name: "none", round: ITEM, on: ["backup"] },
        },
    ],
});
