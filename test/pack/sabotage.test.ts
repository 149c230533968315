import * as templates from "../../src/model/templates";
import { buildEstate } from "../../src/model/build";
import { Identities } from "../../src/model/ids/identify";
import { Attachments } from "../../src/model/disks/attachments";
import { VmLinks } from "../../src/model/protection/vm-links";
import type { PlannedResource } from "../../src/model/planned-resource";
import { AZURE_NATIVE_READERS } from "../../src/model/readers/azure-native";
import { VaultsOfKind } from "../../src/model/protection/vaults";
import { packConfiguration } from "../../src/config/configuration-file";
import { evaluateStack } from "../../src/cli/judging/evaluation";
import { reportOf, type Inspection } from "../../src/cli/judging/inspection";
import { inspected } from "../../src/cli/judging/inspected";
import { catalogue } from "../../src/cli/judging/reported-policies";
import { InventoryBuilder } from "../../src/inventory/of-estate";
import { disk, fromRestorePoint, vm, replicatedItem, backupItem, osDiskOf, SURROUNDINGS } from "../harness/azure";
import { Pack, type Violation } from "../harness/pack";
import { ref, type Program } from "../harness/program";
import { Stack } from "../harness/stack";

// A bug in whatever reads or links one resource costs that one, and nothing that the others have to tell. Each of these
// breaks one part of the pack for the resources that are called "bad".

const BOTH = (name: string): Program => ({
    [name]: vm({ name }),
    [`${name}Backup`]: backupItem(ref(`${name}.id`), `shop;${name}`),
    [`${name}Replication`]: replicatedItem(ref(`${name}.id`), [osDiskOf(name)]),
    [`${name}Disk`]: disk({ name: `${name}-disk`, creationData: fromRestorePoint() }),
    [`${name}Vaults`]: {
        type: "azure-native:resources:Deployment",
        properties: {
            resourceGroupName: ref("rg.name"),
            properties: {
                mode: "Incremental",
                template: {
                    resources: [
                        {
                            type: "Microsoft.RecoveryServices/vaults",
                            name: `${name}-vault`,
                            properties: { securitySettings: { softDeleteSettings: { softDeleteState: "Disabled" } } },
                        },
                    ],
                },
            },
        },
    },
});

const PROGRAM: Program = { ...SURROUNDINGS, ...BOTH("good"), ...BOTH("bad") };

const isBad = ({ urn }: { readonly urn?: string | undefined }): boolean => /::bad\w*$/.test(urn ?? "");

/** Lets a method throw where it is given something of a resource called "bad". */
function breakMethod<T extends object>(owner: T, method: keyof T & string): () => void {
    const holder = owner as Record<string, (...args: unknown[]) => unknown>;
    const plain = holder[method]!;
    holder[method] = function (this: unknown, ...args: unknown[]): unknown {
        if (args.some((arg) => typeof arg === "object" && arg !== null && isBad(arg))) {
            throw new TypeError("sabotaged");
        }
        return plain.apply(this, args);
    };
    return () => {
        holder[method] = plain;
    };
}

const PARTS: Readonly<Record<string, () => () => void>> = {
    "the reader of VMs": () => breakMethod(AZURE_NATIVE_READERS.get("compute:VirtualMachine")!, "read"),
    "the reader of backup items": () =>
        breakMethod(AZURE_NATIVE_READERS.get("recoveryservices:ProtectedItem")!, "read"),
    "the reader of disks": () => breakMethod(AZURE_NATIVE_READERS.get("compute:Disk")!, "read"),
    "the reader of vaults, here in a template": () =>
        breakMethod(AZURE_NATIVE_READERS.get("recoveryservices:Vault")!, "read"),
    "what reads a template": () => breakMethod(templates, "embeddedResources"),
    "what says who a resource is": () => breakMethod(Identities.prototype as unknown as { idOf: unknown }, "idOf"),
    "what learns where resources are": () =>
        breakMethod(Identities.prototype as unknown as { learnSubscription: unknown }, "learnSubscription"),
    "what finds the VM of a backup item": () =>
        breakMethod(VmLinks.prototype as unknown as { ofBackupItem: unknown }, "ofBackupItem"),
    "what finds the VM of a replicated item": () =>
        breakMethod(VmLinks.prototype as unknown as { ofReplication: unknown }, "ofReplication"),
    "what finds the disks of a VM": () =>
        breakMethod(Attachments.prototype as unknown as { attach: unknown }, "attach"),
    "what finds the vault of an item": () =>
        breakMethod(VaultsOfKind.prototype as unknown as { follow: unknown }, "follow"),
};

let mend: () => void = () => undefined;
afterEach(() => mend());

/** What is told of all that is not called "bad", and not of the stack as a whole. */
function ofOthers(violations: readonly Violation[]): readonly string[] {
    return violations
        .filter((each) => each.on !== undefined && !isBad(each))
        .map(({ policyId, on }) => `${policyId} ${on}`);
}

test.each(Object.keys(PARTS))("%s: the pack tells it, and all that it finds on others", async (part) => {
    const round = new Stack().preview(PROGRAM);
    const plain = ofOthers(await new Pack().analyze(round));
    expect(plain).toEqual(expect.arrayContaining(["BCDR101 good", "BCDR110 goodDisk", "BCDR501 goodVaults"]));
    mend = PARTS[part]!();
    const violations = await new Pack().analyze(round);
    expect(ofOthers(violations)).toEqual(expect.arrayContaining([...plain]));
    expect(violations.filter(({ message }) => message.includes("can't run"))).toEqual([]);
    const stack = violations.find(({ policyId }) => policyId === "BCDR490")?.message;
    expect(stack).toMatch(/^\[BCDR490\] Internal error: \d+ resources? could not be read/m);
    expect(stack).toMatch(/in reading urn:\S+::bad\w*: TypeError/);
    expect(stack).not.toMatch(/in reading urn:\S+::good/);
});

/** A state as the command has it. */
function planned(): readonly PlannedResource[] {
    const stack = new Stack();
    stack.up(PROGRAM);
    return stack.plan(PROGRAM).before;
}

function reported(resources: readonly PlannedResource[], configuration: Readonly<Record<string, unknown>> = {}) {
    const estate = buildEstate(resources);
    const { findings, open, policies } = evaluateStack(resources, estate, packConfiguration(configuration, catalogue), {
        dryRun: false,
    });
    const look: Inspection = {
        subject: "state",
        findings,
        undecided: open,
        missing: [],
        failures: [],
        unreadable: undefined,
        unread: estate.unread.map(({ urn }) => urn),
        inspected: inspected(estate, resources, []),
        policies,
        changes: undefined,
        summary: undefined,
        locationOf: () => undefined,
    };
    const tool = { name: "azure-bcdr-guard", version: "0.0.0", url: "https://example.com" } as const;
    return reportOf([look], { threshold: "mandatory", baseline: undefined, tool });
}

test.each(Object.keys(PARTS))("%s: the command ends with 4, with all that it finds on others", (part) => {
    const resources = planned();
    const told = ({ findings }: ReturnType<typeof reported>): readonly string[] =>
        findings
            .filter((each) => each.urn !== undefined && !isBad(each))
            .map(({ rule: policyId, name }) => `${policyId} ${name}`);
    const plain = told(reported(resources));
    expect(plain).toEqual(expect.arrayContaining(["BCDR101 good", "BCDR110 goodDisk", "BCDR501 goodVaults"]));
    mend = PARTS[part]!();
    const report = reported(resources);
    expect(told(report)).toEqual(expect.arrayContaining([...plain]));
    expect(report.verdict.exitCode).toBe(4);
    expect(report.verdict.sentence).toMatch(/^Not all was looked at: .* Found: \d+ /);
    // Nor does it pass where the policy is disabled that would tell it.
    const silent = reported(resources, { "undecided-at-preview": "disabled" });
    expect(silent.verdict.exitCode).toBe(4);
    expect(silent.failures.join()).toMatch(/An internal error kept/);
});

test("a bug that all resources of a type meet costs that type, however many they are", () => {
    const many = Array.from({ length: 40 }, (_, index) => `bad${index}`);
    const program: Program = Object.assign({ ...SURROUNDINGS, ...BOTH("good") }, ...many.map(BOTH)) as Program;
    const stack = new Stack();
    stack.up(program);
    mend = breakMethod(VmLinks.prototype as unknown as { ofBackupItem: unknown }, "ofBackupItem");
    const estate = buildEstate(stack.plan(program).before);
    expect(estate.unread.map(({ urn }) => urn).filter((urn) => !urn.includes("ProtectedItem"))).toEqual([]);
    expect(estate.vms).toHaveLength(41);
});

test("an inventory holds the others, and says that one is missing", () => {
    const resources = planned();
    mend = PARTS["the reader of VMs"]!();
    const builder = new InventoryBuilder();
    builder.addEstate(buildEstate(resources), { kind: "state", name: "shop", readAt: "2026-11-22T21:04:00Z" });
    const { machines: vms, sources } = builder.inventory();
    expect(vms.map(({ id }) => id.split("/").pop())).toEqual(["good"]);
    expect(sources[0]?.problem).toContain("1 of its resources could not be read");
});

test("where no estate can be built at all, every policy of the stack says so, and none sees half a stack", async () => {
    const build = jest.spyOn(require("../../src/model/build") as { buildEstate: () => unknown }, "buildEstate");
    build.mockImplementation(() => {
        throw new TypeError("sabotaged");
    });
    const violations = await new Pack().analyze(new Stack().preview(PROGRAM));
    expect(build).toHaveBeenCalledTimes(1);
    build.mockRestore();
    const ofStack = violations.filter(({ on }) => on === undefined);
    expect(ofStack.length).toBeGreaterThan(5);
    expect(ofStack.filter(({ message }) => !message.includes("Internal error"))).toEqual([]);
});
