import { policies } from "../../policies";
import type { Policy } from "../../policies/policy";
import { pulumiPolicies } from "../../src/pack/pack";
import {
    attached,
    backupItem,
    disk,
    fromRestorePoint,
    vm,
    osDiskOf,
    replicatedItem,
    SURROUNDINGS,
} from "../harness/azure";
import { analyzeRequest, nextEvent, Pack, stackRequest, type Analyzer, type Configuration } from "../harness/pack";
import { PHASES, roundOf } from "../harness/phases";
import { ref, type Program } from "../harness/program";
import type { SentResource, SentRound } from "../harness/stack";
import { unrelatedResources } from "./unrelated";

// The SDK makes the properties of a resource for every function of every policy (SEE-32).
const sdk = require("@pulumi/policy/deserialize") as { deserializeProperties(...args: unknown[]): unknown };
const making = jest.spyOn(sdk, "deserializeProperties");

const [unrelated] = unrelatedResources(1) as [SentResource];
const both: Program = {
    ...SURROUNDINGS,
    web: vm(),
    webBackup: backupItem(ref("web.id"), "shop;web"),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};
const faulty: Program = {
    ...both,
    restored: disk({ creationData: fromRestorePoint() }),
    db: vm({ dataDisks: [attached(0, ref("restored.id"))] }),
    dbReplication: replicatedItem(ref("db.id"), [osDiskOf("db")]),
};

/** Properties of providers are made with those of resources, and would be counted with them. */
function alone(resource: SentResource): SentResource {
    return { ...resource, provider: undefined };
}

async function madeDuring(request: () => Promise<unknown>): Promise<number> {
    making.mockClear();
    await request();
    await nextEvent();
    return making.mock.calls.length;
}

describe("properties are made", () => {
    const enabled = policies.filter(({ level }) => level !== "disabled");
    const ofResources = enabled.filter(({ scope }) => scope === "resource").length;
    const ofStacks = enabled.filter(({ scope }) => scope === "stack").length;
    const resources = roundOf(faulty, "first preview").resources.map(alone);
    const ofType = (type: string): SentResource => {
        const found = resources.find((each) => each.type === type);
        if (found === undefined) {
            throw new Error(`The program has no ${type}.`);
        }
        return found;
    };
    const lookingAt = (kind: "disk" | "vault"): number =>
        enabled.filter((policy) => policy.scope === "resource" && policy.configure({}).kinds.has(kind)).length;

    async function counts(asked: readonly SentResource[], configuration: Configuration): Promise<readonly number[]> {
        const analyzer = new Pack().analyzer(true, configuration);
        const made: number[] = [];
        for (const resource of asked) {
            made.push(await madeDuring(() => analyzer.analyze(analyzeRequest(resource))));
        }
        return made;
    }

    test("of the first resource for every policy, then for those that look at such a resource", async () => {
        expect(lookingAt("vault")).toBeGreaterThan(1);
        const asked = [
            unrelated,
            ofType("azure-native:compute:VirtualMachine"),
            ofType("azure-native:compute:Disk"),
            ofType("azure-native:recoveryservices:ProtectedItem"),
            ofType("azure-native:recoveryservices:Vault"),
            unrelated,
        ];
        expect(await counts(asked, {})).toEqual([
            1 + ofResources + ofStacks,
            // None of its disks is a copy of anything.
            1,
            // It is restored.
            1 + lookingAt("disk"),
            1,
            1 + lookingAt("vault"),
            1,
        ]);
    });

    test("for every policy of resources where the shared settings are disabled: nobody says what comes", async () => {
        const disabled = { "shared-settings": { enforcementLevel: "disabled" } };
        expect(await counts([unrelated, unrelated], disabled)).toEqual([ofResources, ofResources]);
    });

    /** What the vaults of every program here are told. */
    const WITHOUT_VAULTS: Configuration = Object.fromEntries(
        ["vault-immutability", "vault-redundancy", "vault-cross-region-restore"].map((name) => [
            name,
            { enforcementLevel: "disabled" },
        ]),
    );

    test.each<[string, Program, number]>([
        ["there is nothing to find", SURROUNDINGS, 0],
        ["one policy finds something", both, 1],
        ["three policies find something", faulty, 3],
    ])("of the stack for no policy, because the pack has made them: %s", async (_, program, telling) => {
        const asked = roundOf(program, "exported state").resources.map(alone);
        const analyzer = new Pack().analyzer(true, WITHOUT_VAULTS);
        for (const resource of asked) {
            await analyzer.analyze(analyzeRequest(resource));
            await nextEvent();
        }
        making.mockClear();
        const response = await analyzer.analyzeStack(stackRequest(asked));
        const names = new Set(response.getDiagnosticsList().map((each) => each.getPolicyname()));
        expect(names.size).toBe(telling);
        expect(making).not.toHaveBeenCalled();
    });
});

describe("what is found does not depend on it", () => {
    async function messages(
        responses: Promise<Awaited<ReturnType<Analyzer["analyze"]>>>[],
    ): Promise<readonly string[]> {
        const found = (await Promise.all(responses)).flatMap((response) => response.getDiagnosticsList());
        return found.map((each) => `${each.getPolicyname()} ${each.getUrn()} ${each.getMessage()}`).sort();
    }

    async function oneByOne({ dryRun, resources }: SentRound, pack: Pack): Promise<readonly string[]> {
        const analyzer = pack.analyzer(dryRun);
        const responses = [];
        for (const resource of resources) {
            const response = analyzer.analyze(analyzeRequest(resource));
            await response;
            await nextEvent();
            responses.push(response);
        }
        return messages([...responses, analyzer.analyzeStack(stackRequest(resources))]);
    }

    test.each(PHASES)("%s: all resources are asked about at once", async (phase) => {
        const { dryRun, resources } = roundOf(faulty, phase);
        const analyzer = new Pack().analyzer(dryRun);
        const atOnce = resources.map((resource) => analyzer.analyze(analyzeRequest(resource)));
        await Promise.all(atOnce);
        await nextEvent();
        const found = await messages([...atOnce, analyzer.analyzeStack(stackRequest(resources))]);
        expect(found).toEqual(await oneByOne({ dryRun, resources }, new Pack()));
        expect(found.some((each) => each.startsWith("disk-restored-from-backup "))).toBe(true);
        // Once more, and the round that the pack has seen already changes nothing.
        const again = resources.map((resource) => analyzer.analyze(analyzeRequest(resource)));
        await Promise.all(again);
        await nextEvent();
        expect(await messages([...again, analyzer.analyzeStack(stackRequest(resources))])).toEqual(found);
    });

    test("the same stack is analysed twice, without its resources between", async () => {
        const { dryRun, resources } = roundOf(faulty, "exported state");
        const analyzer = new Pack().analyzer(dryRun);
        const stack = async (): Promise<readonly string[]> => {
            const found = await messages([analyzer.analyzeStack(stackRequest(resources))]);
            await nextEvent();
            return found;
        };
        const first = await stack();
        expect(first).not.toEqual([]);
        expect(await stack()).toEqual(first);
    });

    test("an SDK reads the functions of a policy once and for all", async () => {
        const readOnce = (pulumiPolicies(policies) ?? []).map((policy) => ({ ...policy }));
        const round = roundOf(faulty, "first preview");
        expect(await oneByOne(round, new Pack(policies, readOnce))).toEqual(await oneByOne(round, new Pack()));
    });
});

test("settings of a stack policy that are wrong are told at the first resource, before anything is made", async () => {
    const wrong = { "shared-settings": { exemptions: [{ policies: ["BCDR301"], resource: "web", reason: "Known." }] } };
    const analyzer = new Pack().analyzer(true, wrong);
    await expect(analyzer.analyze(analyzeRequest(unrelated))).rejects.toThrow(
        'configuration of policy "shared-settings": "exemptions[0]" lacks "expires"',
    );
});

test("a stack policy that breaks outside of its check tells so itself, and all others are told", async () => {
    const broken = policies.map((policy): Policy =>
        policy.scope === "stack" && policy.name === "vm-not-backed-up"
            ? {
                  ...policy,
                  configure: (values) => ({
                      ...policy.configure(values),
                      summarise: () => {
                          throw new Error("broken");
                      },
                  }),
              }
            : policy,
    );
    const round = roundOf(faulty, "first preview");
    const found = await new Pack(broken).analyze(round);
    const internal = found.filter(({ message }) => message.includes("Internal error"));
    expect(internal.map(({ policy }) => policy)).toEqual(["vm-not-backed-up"]);
    const ofOthers = ({ policy }: { readonly policy: string }): boolean => policy !== "vm-not-backed-up";
    expect(found.filter(ofOthers)).toEqual((await new Pack().analyze(round)).filter(ofOthers));
});
