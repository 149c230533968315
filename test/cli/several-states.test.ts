// The built command as a process: an estate in one state, and the same in two.
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Report } from "../../src/cli/report";
import { projectRoot } from "../../dev/offline/setting";
import { EMPTY } from "../inventory/an-inventory";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

interface Written {
    readonly name: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs: object;
    readonly outputs?: object;
    /** The property, and the name and type of what it was made from. */
    readonly madeFrom?: Readonly<Record<string, Pick<Written, "name" | "type">>>;
}

const FIRST = "/subscriptions/00000000-0000-4000-8000-000000000001";
const SECOND = "/subscriptions/00000000-0000-4000-8000-000000000002";

afterAll(removeScratchFolders);

function state(stack: string, resources: readonly Written[]): string {
    const urn = ({ name, type }: Pick<Written, "name" | "type">): string =>
        `urn:pulumi:${stack}::shop::${type}::${name}`;
    const written = [
        { urn: urn({ name: `shop-${stack}`, type: "pulumi:pulumi:Stack" }), type: "pulumi:pulumi:Stack" },
        ...resources.map(({ name, type, id, inputs, outputs, madeFrom = {} }) => ({
            urn: urn({ name, type }),
            type,
            custom: true,
            ...(id === undefined ? {} : { id }),
            inputs,
            ...(outputs === undefined ? {} : { outputs }),
            propertyDependencies: Object.fromEntries(
                Object.entries(madeFrom).map(([property, from]) => [property, [urn(from)]]),
            ),
        })),
    ];
    const manifest = { time: "2026-11-28T10:00:00Z", magic: "", version: "" };
    const file = path.join(mkdtempSync(path.join(scratchFolder(), "state-")), `${stack}.json`);
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { manifest, resources: written } }));
    return file;
}

function analyze(...args: readonly string[]): {
    readonly found: readonly string[];
    readonly open: readonly string[];
} & {
    readonly status: number | null;
    readonly report: Report;
} {
    const cli = path.join(projectRoot(), "dist", "src", "cli", "main.js");
    const run = spawnSync(process.execPath, [cli, "analyze", ...args, "--report", "json"], { encoding: "utf8" });
    const report = JSON.parse(run.stdout) as Report;
    return {
        status: run.status,
        found: report.findings.flatMap(limitsIn),
        open: report.undecided.map(({ rule: policyId, resource }) => `${policyId} ${resource}`),
        report,
    };
}

/** What is in place stands below BCDR430, by the policies that report it of a plan. */
function limitsIn({ rule: policyId, level, message: { facts = [] } }: Report["findings"][number]): readonly string[] {
    return policyId === "BCDR430"
        ? facts.flatMap((fact) => /^BCDR\d+/.exec(fact) ?? [])
        : level === "mandatory"
          ? [policyId]
          : [];
}

const provider = (group: string, type: string, name: string): string =>
    `${FIRST}/resourceGroups/${group}/providers/${type}/${name}`;
const vmId = (name: string): string => provider("apps", "Microsoft.Compute/virtualMachines", name);
const diskId = (name: string): string => provider("apps", "Microsoft.Compute/disks", name);
const VAULT = provider("recovery", "Microsoft.RecoveryServices/vaults", "recovery");
const DISK = "azure-native:compute:Disk";
const VM = "azure-native:compute:VirtualMachine";
const ITEM = "azure-native:recoveryservices:ReplicationProtectedItem";
const BACKUP = "azure-native:recoveryservices:ProtectedItem";
const POLICY = "azure-native:recoveryservices:ProtectionPolicy";
const itemId = (vault: string, name: string): string =>
    `${vault}/replicationFabrics/west/replicationProtectionContainers/west/replicationProtectedItems/${name}`;

describe("a group of the same names in two subscriptions", () => {
    const item = (name: string, subscription: string, madeFrom?: Written["madeFrom"], disks?: object): Written => ({
        name: `${name}-replication`,
        type: ITEM,
        id: itemId(VAULT.replace(FIRST, subscription), name),
        inputs: {
            properties: {
                providerSpecificDetails: {
                    instanceType: "A2A",
                    fabricObjectId: vmId(name).replace(FIRST, subscription),
                    multiVmGroupName: "fleet",
                },
            },
        },
        ...(disks === undefined ? {} : { outputs: { properties: { providerSpecificDetails: disks } } }),
        ...(madeFrom === undefined ? {} : { madeFrom }),
    });
    const app: Written = {
        name: "app",
        type: VM,
        id: vmId("app"),
        inputs: { storageProfile: { osDisk: { managedDisk: { id: diskId("app-restored") } } } },
    };
    const restored: Written = {
        name: "app-restored",
        type: DISK,
        id: diskId("app-restored"),
        inputs: {
            creationData: {
                createOption: "Restore",
                sourceResourceId: `${FIRST}/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute/restorePointCollections/AzureBackup_app_545359511612843/restorePoints/AzureBackup_20260301_084023/disks/app-os`,
            },
        },
    };
    const old = { protectedManagedDisks: [{ diskId: diskId("app-os") }] };
    const first = [restored, app, item("app", FIRST, { properties: app }, old), item("web", FIRST)];

    test("has the members of its own subscription", () => {
        const dev = state("dev", first);
        const prod = state("prod", [item("billing", SECOND)]);
        const both = analyze(dev, prod);
        const alone = analyze(dev);
        expect(alone.found).toEqual(expect.arrayContaining(["BCDR121", "BCDR123"]));
        expect(both.found).toEqual(alone.found);
        const texts = JSON.stringify(both.report.findings);
        expect(texts).toContain("/replicationProtectedItems/web");
        expect(texts).not.toContain("billing");
        expect(texts).toContain(
            `protected-item remove --ids ${FIRST.split("/").slice(0, 3).join("/")}/resourceGroups/recovery`,
        );
    });

    test("has those of another state of the same subscription", () => {
        const both = analyze(state("dev", first), state("prod", [item("billing", FIRST)]));
        expect(JSON.stringify(both.report.findings)).toContain("billing");
    });
});

describe("what one state has in one place, and two have apart, is no finding", () => {
    const SETS = "Microsoft.Compute/diskEncryptionSets";
    const disk: Written = {
        name: "ledger-os",
        type: DISK,
        id: diskId("ledger-os"),
        inputs: { encryption: { diskEncryptionSetId: provider("apps", SETS, "keys-west") } },
    };
    const ledger: Written = {
        name: "ledger",
        type: VM,
        id: vmId("ledger"),
        inputs: { storageProfile: { osDisk: { managedDisk: { id: diskId("ledger-os") } } } },
    };
    const encrypted: Written = {
        name: "ledger-replication",
        type: ITEM,
        id: itemId(VAULT, "ledger"),
        inputs: {
            properties: { providerSpecificDetails: { instanceType: "A2A", fabricObjectId: vmId("ledger") } },
        },
        outputs: {
            properties: {
                providerSpecificDetails: {
                    protectedManagedDisks: [
                        {
                            diskId: diskId("ledger-os"),
                            recoveryDiskEncryptionSetId: provider("recovery", SETS, "keys-north"),
                        },
                    ],
                },
            },
        },
    };

    test("an encrypted disk with a target disk encryption set", () => {
        expect(analyze(state("dev", [disk, ledger, encrypted])).found).toEqual([]);
        expect(analyze(state("dev", [disk, ledger]), state("two", [encrypted])).found).toEqual([]);
    });

    test("and without one, it is found in either", () => {
        const bare: Written = {
            ...encrypted,
            outputs: {
                properties: {
                    providerSpecificDetails: { protectedManagedDisks: [{ diskId: diskId("ledger-os") }] },
                },
            },
        };
        expect(analyze(state("dev", [disk, ledger, bare])).found).toContain("BCDR213");
        const apart = analyze(state("dev", [disk, ledger]), state("two", [bare]));
        expect([...apart.found, ...apart.open.map((each) => each.split(" ")[0])]).toContain("BCDR213");
    });

    const shared: Written = {
        name: "shared",
        type: DISK,
        id: diskId("shared"),
        inputs: { maxShares: 2 },
    };
    const sql: Written = {
        name: "sql",
        type: VM,
        id: vmId("sql"),
        inputs: { storageProfile: { dataDisks: [{ lun: 0, managedDisk: { id: diskId("shared") } }] } },
    };
    const clusterId = `${VAULT}/replicationFabrics/west/replicationProtectionContainers/west/replicationProtectionClusters/sql`;
    const inCluster = (cluster: object): Written => ({
        name: "sql-replication",
        type: ITEM,
        id: itemId(VAULT, "sql"),
        inputs: {
            properties: {
                providerSpecificDetails: { instanceType: "A2A", fabricObjectId: vmId("sql"), ...cluster },
            },
        },
    });

    test("a VM with a shared disk in a protection cluster", () => {
        const item = inCluster({ protectionClusterId: clusterId });
        expect(analyze(state("dev", [shared, sql, item])).found).not.toContain("BCDR211");
        expect(analyze(state("dev", [shared, sql]), state("two", [item])).found).not.toContain("BCDR211");
    });

    test("in an inventory that says nothing of encryption sets and clusters, it is left open", () => {
        // As it was written before inventories told of them: no detail, and none of the later lists.
        const inventory = path.join(scratchFolder(), "old-inventory.json");
        const old = {
            ...EMPTY,
            sources: [{ kind: "state", name: 'stack "old" of "shop"', readAt: new Date().toISOString() }],
            replicatedItems: [
                {
                    id: itemId(VAULT, "ledger"),
                    source: 0,
                    machine: vmId("ledger"),
                    azureToAzure: true,
                    disks: [diskId("ledger-os")],
                },
                {
                    id: itemId(VAULT, "sql"),
                    source: 0,
                    machine: vmId("sql"),
                    azureToAzure: true,
                    disks: [diskId("shared")],
                },
            ],
        };
        writeFileSync(inventory, JSON.stringify(old));
        const { found, open } = analyze(state("dev", [disk, ledger, shared, sql]), "--inventory", inventory);
        expect(found).toEqual([]);
        expect(open.map((each) => each.split(" ")[0])).toEqual(expect.arrayContaining(["BCDR211", "BCDR213"]));
    });
});

describe("what one state finds, two find or leave open", () => {
    const disk: Written = {
        name: "app-data",
        type: DISK,
        id: diskId("app-data"),
        inputs: { sku: { name: "PremiumV2_LRS" } },
    };
    const app: Written = {
        name: "app",
        type: VM,
        id: vmId("app"),
        inputs: { storageProfile: { dataDisks: [{ lun: 0, managedDisk: { id: diskId("app-data") } }] } },
    };
    const policyId = `${VAULT}/backupPolicies/nightly`;
    const policy = (id?: string): Written => ({
        name: "nightly",
        type: POLICY,
        ...(id === undefined ? {} : { id }),
        inputs: { properties: { backupManagementType: "AzureIaasVM", policyType: "V1" } },
    });
    const backup = (id: string | undefined, sourceResourceId: string | undefined): Written => ({
        name: "app-backup",
        type: BACKUP,
        ...(id === undefined ? {} : { id }),
        inputs: {
            containerName: "iaasvmcontainer;iaasvmcontainerv2;apps;app",
            properties: {
                protectedItemType: "Microsoft.Compute/virtualMachines",
                policyId,
                ...(sourceResourceId === undefined ? {} : { sourceResourceId }),
            },
        },
        madeFrom: { properties: policy() },
    });
    const itemOfBackup = `${VAULT}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;apps;app/protectedItems/vm;iaasvmcontainerv2;apps;app`;

    test.each([
        ["all ids are known", backup(itemOfBackup, vmId("app")), policy(policyId), true],
        ["the item has no id", backup(undefined, vmId("app")), policy(policyId), false],
        ["neither the item's id nor its VM's is known", backup(undefined, undefined), policy(policyId), false],
        ["the policy has no id", backup(itemOfBackup, vmId("app")), policy(), false],
        ["nothing has one", backup(undefined, undefined), policy(), false],
    ])("an Ultra disk under a Standard policy, where %s", (_, item, own, isFound) => {
        const whole = analyze(state("dev", [disk, app, own, item]));
        expect([...whole.found, ...whole.open.map((each) => each.split(" ")[0])]).toContain("BCDR305");
        const parts = [
            analyze(state("dev", [disk, app]), state("two", [own, item])),
            analyze(state("dev", [disk, app, item]), state("two", [own])),
            analyze(state("dev", [disk]), state("two", [app]), state("three", [own]), state("four", [item])),
        ];
        for (const { found, open, report } of parts) {
            expect([...found, ...open.map((each) => each.split(" ")[0])]).toContain("BCDR305");
            if (!found.includes("BCDR305")) {
                expect(report.findings.map(({ rule: policyId }) => policyId)).toContain("BCDR490");
            }
        }
        expect(parts[0]?.found.includes("BCDR305")).toBe(isFound);
    });

    test("a target resource group in the region that a failover leaves", () => {
        const group: Written = {
            name: "protection",
            type: "azure-native:resources:ResourceGroup",
            id: `${FIRST}/resourceGroups/protection`,
            inputs: { location: "westeurope" },
        };
        const fabric = (location: string): Written => ({
            name: location,
            type: "azure-native:recoveryservices:ReplicationFabric",
            id: `${VAULT}/replicationFabrics/${location}`,
            inputs: { properties: { customDetails: { instanceType: "Azure", location } } },
        });
        const item: Written = {
            name: "files",
            type: "azure:siterecovery/replicatedVM:ReplicatedVM",
            id: itemId(VAULT, "files").replace("/west/", "/westeurope/"),
            inputs: {
                targetRecoveryFabricId: `${VAULT}/replicationFabrics/northeurope`,
                targetResourceGroupId: `${FIRST}/resourceGroups/protection`,
                sourceRecoveryFabricName: "westeurope",
            },
            madeFrom: { sourceRecoveryFabricName: fabric("westeurope"), targetRecoveryFabricId: fabric("northeurope") },
        };
        const fabrics = [fabric("westeurope"), fabric("northeurope")];
        expect(analyze(state("dev", [group, ...fabrics, item])).found).toContain("BCDR221");
        expect(analyze(state("dev", [group]), state("two", [...fabrics, item])).found).toContain("BCDR221");
        const apart = analyze(state("dev", [group]), state("two", fabrics), state("three", [item]));
        expect([...apart.found, ...apart.open.map((each) => each.split(" ")[0])]).toContain("BCDR221");
    });
});

describe("names that are alike in two subscriptions", () => {
    const web: Written = {
        name: "web",
        type: VM,
        id: vmId("web"),
        inputs: { storageProfile: { osDisk: { managedDisk: { id: diskId("web-os") } } } },
    };
    const replication = (disk: string): Written => ({
        name: "web-replication",
        type: ITEM,
        id: itemId(VAULT, "web"),
        inputs: { properties: { providerSpecificDetails: { instanceType: "A2A", fabricObjectId: vmId("web") } } },
        outputs: { properties: { providerSpecificDetails: { protectedManagedDisks: [{ diskId: disk }] } } },
    });
    const mismatches = ["BCDR131", "BCDR132"];

    test.each([
        ["the VM's own disk", diskId("web-os"), false],
        ["a disk of another subscription", diskId("web-os").replace(FIRST, SECOND), true],
    ])("replication lists %s", (_, disk, isFound) => {
        const { found } = analyze(state("dev", [web, replication(disk)]));
        expect(found.some((policyId) => mismatches.includes(policyId))).toBe(isFound);
    });

    test("where the list does not tell the subscription, the question is open", () => {
        const { found, open } = analyze(
            state("dev", [web, replication(diskId("web-os").replace(FIRST, "/subscriptions/…"))]),
        );
        expect(found.filter((policyId) => mismatches.includes(policyId))).toEqual([]);
        expect(open.some((each) => mismatches.includes(each.split(" ")[0] ?? ""))).toBe(true);
    });

    const backup = (name: string, vault: string): Written => ({
        name,
        type: BACKUP,
        id: `${vault}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;apps;web/protectedItems/vm;iaasvmcontainerv2;apps;web`,
        inputs: {
            properties: { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId: vmId("web") },
        },
    });

    test("a VM in two vaults of one name is told, and in one vault it is not", () => {
        const second = backup("other", VAULT.replace(FIRST, SECOND));
        expect(analyze(state("dev", [web, backup("own", VAULT), second])).found).toContain("BCDR302");
        expect(analyze(state("dev", [web, backup("own", VAULT)])).found).not.toContain("BCDR302");
    });

    test("a vault of that name in a subscription that is not known may be the same one", () => {
        const open = backup("other", VAULT.replace(FIRST, "/subscriptions/…"));
        const judged = analyze(state("dev", [web, backup("own", VAULT), open]));
        expect(judged.found).not.toContain("BCDR302");
        expect(judged.open.some((each) => each.startsWith("BCDR302"))).toBe(true);
    });
});

describe("what another state has for all in a scope", () => {
    const web: Written = {
        name: "web",
        type: VM,
        id: vmId("web"),
        inputs: { tags: { "bcdr-tier": "backup" } },
    };
    const replication: Written = {
        name: "web-replication",
        type: ITEM,
        id: itemId(VAULT, "web"),
        inputs: { properties: { providerSpecificDetails: { instanceType: "A2A", fabricObjectId: vmId("web") } } },
    };
    const GROUP = `${FIRST}/resourceGroups/apps`;
    const assignment = (scope: string): Written => ({
        name: "backup-all",
        type: "azure-native:authorization:PolicyAssignment",
        id: `${scope}/providers/Microsoft.Authorization/policyAssignments/backup-all`,
        inputs: {
            policyAssignmentName: "backup-all",
            scope,
            policyDefinitionId:
                "/providers/Microsoft.Authorization/policyDefinitions/09ce66bc-1220-4153-8104-e3f51c936913",
        },
    });
    const lock = (scope: string): Written => ({
        name: "keep",
        type: "azure-native:authorization:ManagementLockByScope",
        id: `${scope}/providers/Microsoft.Authorization/locks/keep`,
        inputs: { lockName: "keep", scope, level: "CanNotDelete" },
    });
    const policiesAbout = (resources: readonly Written[], other: Written): readonly string[] => {
        const { report } = analyze(state("apps", resources), state("other", [other]));
        return [
            ...report.findings.map(({ rule: policyId }) => policyId),
            ...report.undecided.map(({ rule: policyId }) => `${policyId} is open`),
        ].filter((each) => /BCDR4(01|11)/.test(each));
    };

    test.each([
        ["of its group", GROUP, "BCDR401 is open"],
        ["of its subscription", FIRST, "BCDR401 is open"],
        ["of a management group", "/providers/Microsoft.Management/managementGroups/all", "BCDR401 is open"],
        ["of another group", `${FIRST}/resourceGroups/others`, "BCDR401"],
        ["of another subscription", SECOND, "BCDR401"],
    ])("a VM without backup, and an assignment of Azure Policy %s", (_, scope, said) => {
        expect(policiesAbout([web], assignment(scope))).toEqual([said]);
    });

    test.each([
        ["on its group", GROUP, ["BCDR411 is open"]],
        ["on another group", `${FIRST}/resourceGroups/others`, []],
        ["on its group's name in another subscription", GROUP.replace(FIRST, SECOND), []],
    ])("a replicated VM, and a lock %s", (_, scope, said) => {
        const about = policiesAbout([web, replication], lock(scope)).filter((each) => each.startsWith("BCDR411"));
        expect(about).toEqual(said);
    });
});

test("what is not followed from state to state is told, once", () => {
    const web: Written = { name: "web", type: VM, id: vmId("web"), inputs: {} };
    const other: Written = { ...web, name: "other", id: vmId("other") };
    expect(analyze(state("one", [web])).report.missing).toEqual([]);
    expect(analyze(state("one", [web]), state("two", [other])).report.missing).toEqual([
        expect.stringContaining("storage accounts"),
    ]);
});
