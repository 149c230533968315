import { disk, fromRestorePoint, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../harness/classic";
import { Pack } from "../harness/pack";
import { roundOf } from "../harness/phases";
import { ref, type Program } from "../harness/program";
import { retokened } from "../harness/retokened";
import { Stack, type SentRound } from "../harness/stack";

/** A replicated VM boots from a restored disk: the same findings under every token that its types ever had. */

const NATIVE = ["resources:ResourceGroup", "compute:Disk", "compute:VirtualMachine", "recoveryservices:Vault"];
const ITEM = "recoveryservices:ReplicationProtectedItem";

const native: Program = {
    ...SURROUNDINGS,
    original: disk({ over: { osType: "Linux" } }),
    restored: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
    web: vm({ osDisk: ref("restored.id") }),
    "web-replication": replicatedItem(ref("web.id"), [ref("original.id")]),
};
const classic: Program = {
    ...SURROUNDINGS,
    original: classicDisk(),
    restored: classicDisk({
        createOption: "Restore",
        sourceResourceId: fromRestorePoint()["sourceResourceId"]!,
    }),
    web: classicVm("linux", ref("restored.id")),
    "web-replication": replicatedVm(ref("web.id"), [ref("original.id")]),
};

const FORMS: Readonly<Record<string, (module: string, name: string) => string>> = {
    "a version": (module, name) => `azure-native:${module}/v20240701:${name}`,
    "a preview": (module, name) => `azure-native:${module}/v20240701preview:${name}`,
    "a local package": (module, name) => `azure-native_${module}_v20240701:${module}:${name}`,
    "an early local package": (module, name) => `azure-native_${module}_v20240701:${module}/v20240701:${name}`,
    "azure-nextgen, latest": (module, name) => `azure-nextgen:${module}/latest:${name}`,
    "azure-nextgen, a version": (module, name) => `azure-nextgen:${module}/v20200601:${name}`,
    "azure-nextgen alone": (module, name) => `azure-nextgen:${module}:${name}`,
};

const tokensAs = (form: (module: string, name: string) => string): Record<string, string> =>
    Object.fromEntries(
        [...NATIVE, ITEM].map((key) => {
            const [module = "", name = ""] = key.split(":");
            return [`azure-native:${key}`, form(module, name)];
        }),
    );

const CLASSIC_TOKENS: Readonly<Record<string, Record<string, string>>> = {
    "version 1 of classic": {
        "azure:siterecovery/replicatedVM:ReplicatedVM": "azure:recoveryservices/replicatedVm:ReplicatedVm",
    },
    "short tokens of classic": {
        "azure:compute/managedDisk:ManagedDisk": "azure:compute:ManagedDisk",
        "azure:compute/linuxVirtualMachine:LinuxVirtualMachine": "azure:compute:LinuxVirtualMachine",
        "azure:siterecovery/replicatedVM:ReplicatedVM": "azure:siterecovery:ReplicatedVM",
    },
};

async function findings(round: SentRound): Promise<readonly string[]> {
    const violations = await new Pack().analyze(round);
    return violations
        .map(({ policyId, on, message }) => `${policyId} ${on ?? "-"} ${message.split("\n")[0] ?? ""}`)
        .sort();
}

const ALL: readonly (readonly [string, Program, Record<string, string>])[] = [
    ...Object.entries(FORMS).map(([name, form]) => [name, native, tokensAs(form)] as const),
    ...Object.entries(CLASSIC_TOKENS).map(([name, tokens]) => [name, classic, tokens] as const),
];

describe.each(["first preview", "exported state"] as const)("%s", (phase) => {
    test.each(ALL)("%s", async (_, program, tokens) => {
        const round = roundOf(program, phase);
        const usual = await findings(round);
        expect(usual.some((finding) => finding.startsWith("BCDR121 web "))).toBe(true);
        expect(await findings(retokened(round, tokens))).toEqual(usual);
    });
});

test("one that no reader knows is told", async () => {
    const round = retokened(
        new Stack().preview({ ...native, item: replicatedItem(ref("web.id"), [osDiskOf("web")]) }),
        {
            [`azure-native:${ITEM}`]: "azure-native:recoveryservices:ItemOfTomorrow",
        },
    );
    const violations = await new Pack().analyze(round);
    const told = violations.find(({ policyId }) => policyId === "BCDR490");
    expect(told?.message).toMatch(/azure-native:recoveryservices:ItemOfTomorrow/);
    expect(told?.message).toMatch(/not checked|could not be decided/);
});
