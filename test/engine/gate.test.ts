// What only the gate can see, on the real engine: a landing zone is deployed, and then a plan does everything to it that
// breaks protection, each to a VM of its own; and another plan does what looks alike and harms nothing.
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { OFFLINE_SUBSCRIPTION } from "../../dev/offline/providers/azure-native-responses";
import { changeCloud, changeResource } from "../../dev/offline/providers/cloud";
import { type PulumiRun, runGate } from "../../dev/offline/run";
import { placesOf, projectRoot, HOME_VARIABLE } from "../../dev/offline/setting";
import type { Report } from "../../src/cli/report";
import type { ValueMap } from "../../dev/offline/providers/values";
import { parseUrn } from "../../src/model/ids/urn";
import { ref, type Content, type Program } from "../harness/program";
import { yamlOf } from "../harness/yaml";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { changed, type Change } from "../reference-estates/change";
import { landingZone } from "../reference-estates/landing-zone";
import { diskBackupVault, osDisk, disk, vault } from "../reference-estates/parts";
import { Project } from "./project";

const APPS = { group: "apps", location: "westeurope" } as const;
const LISTED = "properties.providerSpecificDetails.vmManagedDisks";
const COMPUTE = `/subscriptions/${OFFLINE_SUBSCRIPTION}/resourceGroups/apps/providers/Microsoft.Compute`;
const VMS = `${COMPUTE}/virtualMachines`;
const DISKS = `${COMPUTE}/disks`;
const DAILY = "properties.retentionPolicy.dailySchedule.retentionDuration.count";

const NVME = { "storageProfile.diskControllerType": "NVMe" };

const LANDING_ZONE = landingZone();
const { name: _, ...unnamed } = LANDING_ZONE["files-2-replication"]!.properties;

/** What is deployed: the landing zone, with what the changes need beside it. */
const DEPLOYED = changed(LANDING_ZONE, {
    remove: ["files-2-replication"],
    set: {
        "files-plan": { "bootRecoveryGroups.0.replicatedProtectedItems.1": ref("files-2-dr.id") },
        "backup-northeurope": { "properties.securitySettings.immutabilitySettings.state": "Disabled" },
        // Azure has taken this VM with a controller that Site Recovery does not support.
        "web-3": NVME,
    },
    add: {
        // Without a name of its own a classic item is made before the old one is gone (INT-69).
        "files-2-dr": { ...LANDING_ZONE["files-2-replication"]!, properties: unnamed },
        ...vault("spare", "protection", "westeurope"),
        ...diskBackupVault("spare-disks", "protection", "westeurope"),
    },
});

const withoutReferences = (vaultName: string, program: Program): Change["set"] =>
    Object.fromEntries(
        Object.entries(program)
            .filter(([, { properties }]) => {
                const named = properties["vaultName"] as { resource?: string } | undefined;
                return named?.resource === vaultName;
            })
            .map(([name]) => [name, { vaultName }]),
    );

interface Step {
    readonly says: string;
    readonly change: Change;
    /** `BCDR601 erp-1`, sorted; none for what harms nothing. */
    readonly finds: readonly string[];
}

const element = (program: Program, item: string, index: number): Content => {
    const details = program[item]!.properties["properties"] as {
        providerSpecificDetails: { vmManagedDisks: Content[] };
    };
    return details.providerSpecificDetails.vmManagedDisks[index]!;
};

const BREAKING: readonly Step[] = [
    {
        says: "swaps the OS disk of a replicated VM",
        change: {
            add: osDisk("erp-1-os-new", APPS),
            set: { "erp-1": { "storageProfile.osDisk.managedDisk.id": ref("erp-1-os-new.id") } },
        },
        finds: ["BCDR601 erp-1"],
    },
    {
        says: "makes a replicated VM anew under its own name",
        change: { set: { "web-1": { "hardwareProfile.vmSize": "Standard_D8s_v5" } } },
        finds: ["BCDR602 web-1"],
    },
    {
        says: "drops the replicated item of a VM that stays",
        change: { remove: ["ledger-plan", "ledger-1-replication"] },
        finds: ["BCDR603 ledger-1-replication"],
    },
    {
        says: "makes a classic item anew before the old one is gone",
        change: { set: { "files-2-dr": { "managedDisks.1.targetDiskType": "StandardSSD_LRS" } } },
        finds: ["BCDR604 files-2-dr"],
    },
    {
        says: "deletes the source of a VM that has failed over",
        change: {
            remove: ["ledger-4", "ledger-4-backup"],
            set: {
                "ledger-4-replication": { "properties.providerSpecificDetails.fabricObjectId": `${VMS}/ledger-4` },
            },
        },
        // Its vault is immutable and refuses to let go of backups (INT-94).
        finds: ["BCDR605 ledger-4", "BCDR611 ledger-4-backup"],
    },
    {
        says: "deletes a vault with items",
        change: { set: withoutReferences("disks-westeurope", DEPLOYED) ?? {}, remove: ["disks-westeurope"] },
        finds: ["BCDR606 disks-westeurope"],
    },
    {
        says: "keeps backups for fewer days",
        change: { set: { nightly: { [DAILY]: 10 } } },
        finds: ["BCDR607 nightly"],
    },
    {
        says: "takes a data disk from a replicated VM",
        change: { set: { "erp-3": { "storageProfile.dataDisks": undefined } } },
        finds: ["BCDR608 erp-3"],
    },
    {
        says: "edits the list of disks of an item that stays",
        change: { set: { "erp-4-replication": { [`${LISTED}.1`]: undefined } } },
        finds: ["BCDR609 erp-4-replication"],
    },
    {
        says: "deletes the mapping of containers whose items stay",
        change: { remove: ["zone-1-to-zone-2"] },
        finds: ["BCDR610 zone-1-to-zone-2"],
    },
    {
        says: "turns soft delete off",
        change: {
            set: {
                "recovery-northeurope": {
                    "properties.securitySettings.softDeleteSettings.softDeleteState": "Disabled",
                },
            },
        },
        finds: ["BCDR612 recovery-northeurope"],
    },
    {
        says: "shrinks a replicated disk",
        change: { set: { "erp-6-data": { diskSizeGB: 128 } } },
        finds: ["BCDR613 erp-6"],
    },
];

const HARMLESS: readonly Step[] = [
    {
        says: "lets the OS disk grow and tags the VM",
        change: { set: { "erp-1-os": { diskSizeGB: 128 }, "erp-1": { "tags.owner": "finance" } } },
        finds: [],
    },
    {
        says: "makes a VM anew that nothing protects",
        change: { set: { "lab-1": { "hardwareProfile.vmSize": "Standard_B4ms" } } },
        finds: [],
    },
    {
        says: "deletes a VM together with its backup item",
        change: { remove: ["branch-app-1", "branch-app-1-backup"] },
        finds: [],
    },
    {
        says: "lets a classic item be made anew, after the old one is gone, because its VM gets a disk",
        change: {
            add: {
                "files-1-more": {
                    ...DEPLOYED["files-1-data"]!,
                    properties: { ...DEPLOYED["files-1-data"]!.properties, name: "files-1-more" },
                },
                "files-1-more-attached": {
                    ...DEPLOYED["files-1-data-attached"]!,
                    properties: {
                        ...DEPLOYED["files-1-data-attached"]!.properties,
                        managedDiskId: ref("files-1-more.id"),
                        lun: 1,
                    },
                },
            },
            set: {
                "files-1-replication": {
                    "managedDisks.2": {
                        ...((
                            DEPLOYED["files-1-replication"]!.properties["managedDisks"] as readonly object[]
                        )[0] as Record<string, Content>),
                        diskId: ref("files-1-more.id"),
                    },
                },
            },
        },
        finds: [],
    },
    {
        says: "tags a VM that has failed over",
        change: { set: { "ledger-4": { "tags.owner": "finance" } } },
        finds: [],
    },
    {
        says: "deletes vaults that hold nothing",
        change: { remove: ["spare", "spare-disks", "spare-disks-policy"] },
        finds: [],
    },
    { says: "keeps backups for more days", change: { set: { nightly: { [DAILY]: 30 } } }, finds: [] },
    {
        says: "gives a replicated VM a data disk",
        change: {
            add: disk("erp-3-more", APPS, 128),
            set: {
                "erp-3": {
                    "storageProfile.dataDisks.1": {
                        lun: 1,
                        createOption: "Attach",
                        managedDisk: { id: ref("erp-3-more.id") },
                    },
                },
            },
        },
        finds: [],
    },
    {
        says: "changes something else of an item that stays",
        change: {
            set: {
                "erp-4-replication": {
                    [`${LISTED}.1`]: {
                        ...(element(DEPLOYED, "erp-4-replication", 1) as Record<string, Content>),
                        recoveryTargetDiskAccountType: "Premium_LRS",
                    },
                },
            },
        },
        finds: [],
    },
];

/** VMs whose change of size makes them anew, as many other properties of a VM do. */
const MADE_ANEW = ["web-1", "lab-1"];

const written = (program: Program): string =>
    yamlOf(
        "landing-zone",
        Object.fromEntries(
            Object.entries(program).map(([name, declaration]) => [
                name,
                MADE_ANEW.includes(name)
                    ? { ...declaration, options: { replaceOnChanges: ["hardwareProfile"], deleteBeforeReplace: true } }
                    : declaration,
            ]),
        ),
    );

const applied = (steps: readonly Step[]): Program =>
    steps.reduce((program, { change }) => changed(program, change), DEPLOYED);

interface State {
    readonly deployment: { readonly resources: readonly { readonly urn: string; readonly id: string }[] };
}

interface Gate extends PulumiRun {
    readonly report: Report;
}

const aboutPlans = ({ findings }: Report): readonly string[] =>
    findings
        .filter(({ rule: policyId }) => policyId.startsWith("BCDR6"))
        .map(({ rule: policyId, urn }) => `${policyId} ${parseUrn(urn ?? "").name}`)
        .sort();

describe("the gate over a landing zone", () => {
    let project: Project;
    let ids: ReadonlyMap<string, string>;

    /** What somebody does to the stand-in Azure while Pulumi looks away. */
    const change = (name: string, to: (response: ValueMap) => ValueMap): void => {
        const { cloud } = placesOf(projectRoot(), { [HOME_VARIABLE]: project.home });
        changeCloud(cloud, (before) => changeResource(before, ids.get(name) ?? name, to));
    };

    const gate = async (...args: readonly string[]): Promise<Gate> => {
        const file = path.join(scratchFolder(), "report.json");
        const run = await runGate(["preview", "--report", `json=${file}`, ...args], project);
        return { ...run, report: JSON.parse(readFileSync(file, "utf8")) as Report };
    };

    beforeAll(async () => {
        project = await Project.start(written(DEPLOYED));
        await project.deploys();
        ids = new Map(
            (JSON.parse(await project.exportState()) as State).deployment.resources.map(({ urn, id }) => [
                parseUrn(urn).name,
                id,
            ]),
        );
        change("ledger-4-replication", (response) => ({
            ...response,
            properties: { ...(response["properties"] as ValueMap), activeLocation: "Recovery" },
        }));
        await project.refreshes();
    }, 300_000);
    afterAll(removeScratchFolders);

    describe("finds what a plan breaks", () => {
        let run: Gate;
        beforeAll(async () => {
            const after = applied(BREAKING);
            // The VM is gone from the program, so the item names it as Azure does.
            writeFileSync(path.join(project.folder, "Pulumi.yaml"), written(after));
            run = await gate();
        }, 120_000);

        test("fails", () => {
            expect([run.status, run.report.failures]).toEqual([1, []]);
        });
        test.each(BREAKING)("$says", ({ finds }) => {
            expect(aboutPlans(run.report)).toEqual(expect.arrayContaining([...finds]));
        });
        test("and nothing else", () => {
            expect(aboutPlans(run.report)).toEqual(BREAKING.flatMap(({ finds }) => finds).sort());
        });
    });

    test("finds nothing in what looks alike", async () => {
        writeFileSync(path.join(project.folder, "Pulumi.yaml"), written(applied(HARMLESS)));
        const run = await gate();
        expect(run.stderr).not.toMatch(/Internal error/);
        expect(aboutPlans(run.report)).toEqual([]);
        expect(run.report.failures).toEqual([]);
    }, 120_000);

    test("tells what Azure has accepted from what this plan brings", async () => {
        writeFileSync(path.join(project.folder, "Pulumi.yaml"), written(changed(DEPLOYED, { set: { "web-4": NVME } })));
        const { status, report } = await gate();
        const found = report.findings
            .filter(({ rule: policyId }) => ["BCDR202", "BCDR430"].includes(policyId))
            .map(({ rule: policyId, urn, level }) => `${policyId} ${parseUrn(urn ?? "").name}: ${level}`);
        expect(found.sort()).toEqual(["BCDR202 web-4: mandatory", "BCDR430 web-3: advisory"]);
        expect([status, report.failures]).toEqual([1, []]);
    }, 120_000);

    test("finds what somebody has done outside of Pulumi", async () => {
        writeFileSync(path.join(project.folder, "Pulumi.yaml"), written(DEPLOYED));
        change("erp-5", (response) => {
            const { storageProfile } = response as { storageProfile: { osDisk: ValueMap } };
            const managedDisk = { id: `${DISKS}/erp-5-os-restored` };
            return {
                ...response,
                storageProfile: { ...storageProfile, osDisk: { ...storageProfile.osDisk, managedDisk } },
            };
        });
        const run = await gate("--operation", "refresh");
        expect([run.status, run.report.failures]).toEqual([1, []]);
        expect(aboutPlans(run.report)).toEqual(["BCDR601 erp-5"]);
        expect(run.report.findings.find(({ rule: policyId }) => policyId === "BCDR601")?.message.headline).toContain(
            "was swapped outside of Pulumi",
        );
        // At a refresh Pulumi asks no pack; the gate runs the whole of it on what is there now.
        expect(
            run.report.findings.map(({ rule: policyId, urn }) => `${policyId} ${parseUrn(urn ?? "").name}`),
        ).toContain("BCDR131 erp-5");
    }, 120_000);

    test("finds what it takes to destroy the stack", async () => {
        const run = await gate("--operation", "destroy");
        expect(run.status).toBe(1);
        expect(new Set(aboutPlans(run.report).map((each) => each.split(" ")[0]))).toEqual(new Set(["BCDR606"]));
    }, 120_000);
});
