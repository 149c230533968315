import * as fc from "fast-check";
import { AZURE_NATIVE_READERS } from "../../src/model/readers/azure-native";
import type { Verdict } from "../../src/findings/finding";
import { isArray, isMap, UNKNOWN, type KnownValue, type ValueMap } from "../../dev/offline/providers/values";
import type { Policy } from "../../policies/policy";
import type { ConfiguredPolicy } from "../../policies/policy";
import {
    attached,
    backupItem,
    disk,
    diskBackup,
    fromRestorePoint,
    vm,
    osDiskOf,
    replicatedItem,
    SURROUNDINGS,
} from "../harness/azure";
import { RESTORE_POLICIES } from "../harness/catalogue";
import { Pack, type Violation } from "../harness/pack";
import { PHASES, roundOf } from "../harness/phases";
import { ref, type Program } from "../harness/program";
import type { SentRound } from "../harness/stack";
import { unrelatedResources } from "./unrelated";

const SECRET = "hunter2";

const program: Program = {
    ...SURROUNDINGS,
    data: disk(),
    restored: disk({ creationData: fromRestorePoint() }),
    web: vm({ dataDisks: [attached(0, ref("data.id")), attached(1, ref("restored.id"))] }),
    webBackup: backupItem(ref("web.id"), "shop;web"),
    dataBackup: diskBackup(ref("data.id")),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
};
const round = roundOf(program, "first preview");

/** `BCDR101 web`, each once, in order. */
function told(violations: readonly Violation[]): readonly string[] {
    return violations.map(({ policyId, on }) => `${policyId} ${on}`).sort();
}

const isInternal = ({ message }: Violation): boolean => message.includes("Internal error");

type AnyCheck = Partial<Pick<ConfiguredPolicy<unknown>, "evaluate" | "message">>;

const BROKEN_POLICY = { name: "broken", id: "BCDR999" } as const;

/** The catalogue with one more policy, before the others of its kind, that is like one of them but for what it checks. */
function withBroken(scope: Policy["scope"], over: AnyCheck): readonly Policy[] {
    const message = {
        headline: "Told.",
        why: "",
        fix: { kind: "in order" as const, intro: "", steps: [] },
        sources: [],
    };
    const check = { ...BROKEN_POLICY, evaluate: () => [], message: () => message, ...over };
    const broken = RESTORE_POLICIES.filter((policy) => policy.scope === scope)
        .slice(0, 1)
        .map((policy): Policy =>
            policy.scope === "resource"
                ? { ...policy, ...BROKEN_POLICY, configure: (values) => ({ ...policy.configure(values), ...check }) }
                : { ...policy, ...BROKEN_POLICY, configure: (values) => ({ ...policy.configure(values), ...check }) },
        );
    return [...broken, ...RESTORE_POLICIES];
}

function fail(): never {
    throw new Error(`cannot read ${SECRET}`);
}

const violated = { verdict: "violated", subject: {}, parameters: undefined } as unknown as Verdict<unknown>;
const BROKEN: readonly [string, AnyCheck][] = [
    ["at once", { evaluate: fail }],
    [
        "halfway",
        {
            *evaluate() {
                yield violated;
                fail();
            },
        },
    ],
    [
        "while it tells",
        {
            *evaluate() {
                yield violated;
            },
            message: fail,
        },
    ],
    [
        "something that is no error",
        {
            evaluate: () => {
                // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a library may do
                throw SECRET;
            },
        },
    ],
];

describe("a bug in a policy", () => {
    const expected = (async () => new Pack(RESTORE_POLICIES).analyze(round))();

    test.each(BROKEN)("of the stack that throws %s is told as its own, and all others are told", async (_, over) => {
        const violations = await new Pack(withBroken("stack", over)).analyze(round, {
            [BROKEN_POLICY.name]: { enforcementLevel: "mandatory" },
        });
        expect(violations.filter(isInternal)).toMatchObject([
            { policy: BROKEN_POLICY.name, policyId: BROKEN_POLICY.id, level: "mandatory", on: undefined },
        ]);
        expect(told(violations.filter((each) => !isInternal(each)))).toEqual(told(await expected));
        expect(JSON.stringify(violations)).not.toContain(SECRET);
    });

    test.each(BROKEN)(
        "of resources that throws %s is told on each resource, and all others are told",
        async (_, over) => {
            const violations = await new Pack(withBroken("resource", over)).analyze(round, {
                [BROKEN_POLICY.name]: { enforcementLevel: "advisory" },
            });
            const internal = violations.filter(isInternal);
            expect(internal.map(({ policyId, on }) => `${policyId} ${on}`)).toContain(`${BROKEN_POLICY.id} restored`);
            expect(internal.every(({ policy, level }) => policy === BROKEN_POLICY.name && level === "advisory")).toBe(
                true,
            );
            expect(violations.filter((each) => !isInternal(each))).toEqual(await expected);
            expect(JSON.stringify(violations)).not.toContain(SECRET);
        },
    );
});

describe("a bug in a reader", () => {
    const readers = AZURE_NATIVE_READERS as Map<string, NonNullable<ReturnType<typeof AZURE_NATIVE_READERS.get>>>;
    const readDisk = readers.get("compute:Disk")!;

    beforeEach(() => {
        readers.set("compute:Disk", {
            ...readDisk,
            read: (resource, identities) => (resource.name === "broken" ? fail() : readDisk.read(resource, identities)),
        });
    });
    afterEach(() => {
        readers.set("compute:Disk", readDisk);
    });

    test("is told on the resource that could not be read, and harms no other", async () => {
        const violations = await new Pack(RESTORE_POLICIES).analyze(
            roundOf({ ...program, broken: disk({ creationData: fromRestorePoint() }) }, "first preview"),
        );
        const internal = violations.filter(isInternal);
        expect(internal.map(({ policyId, on }) => `${policyId} ${on}`)).toEqual([
            "BCDR110 broken",
            "BCDR490 undefined",
        ]);
        // The stack's own finding names the resource, because what depends on it was not checked.
        expect(internal[1]?.message).toContain("azure-native:compute:Disk::broken");
        // BCDR490 tells open questions and bugs in one finding.
        const isOwn = (each: Violation): boolean => !isInternal(each) && each.policyId !== "BCDR490";
        const expected = await new Pack(RESTORE_POLICIES).analyze(round);
        expect(told(violations.filter(isOwn))).toEqual(told(expected.filter(isOwn)));
        expect(JSON.stringify(violations)).not.toContain(SECRET);
    });
});

describe("whatever stands in a bag", () => {
    type Path = readonly (string | number)[];

    function pathsIn(value: KnownValue, path: Path = []): readonly Path[] {
        const children: readonly (readonly [string | number, KnownValue])[] = isArray(value)
            ? value.map((each, index) => [index, each] as const)
            : isMap(value)
              ? Object.entries(value)
              : [];
        return [path, ...children.flatMap(([key, each]) => pathsIn(each, [...path, key]))];
    }

    function replaced(value: KnownValue, [first, ...rest]: Path, by: KnownValue): KnownValue {
        if (first === undefined) {
            return by;
        }
        if (isArray(value)) {
            return value.map((each, index) => (index === first ? replaced(each, rest, by) : each));
        }
        // An earlier change may have put a null or a text where the path leads through.
        return isMap(value)
            ? Object.fromEntries(
                  Object.entries(value).map(([key, each]) => [key, key === first ? replaced(each, rest, by) : each]),
              )
            : value;
    }

    const places = PHASES.flatMap((phase) => {
        const { resources } = roundOf(program, phase);
        return resources.flatMap(({ inputs, outputs }, index) =>
            [
                ...pathsIn(inputs).map((path) => ["inputs", path] as const),
                ...pathsIn(outputs).map((path) => ["outputs", path] as const),
            ]
                .filter(([, path]) => path.length > 0)
                .map(([bag, path]) => ({ phase, index, bag, path })),
        );
    });
    const content = fc.oneof(
        fc.constantFrom<KnownValue>(
            UNKNOWN,
            null,
            "",
            0,
            -1,
            true,
            [],
            {},
            [[]],
            [null],
            [UNKNOWN],
            "vm;iaasvmcontainerv2;;",
        ),
        fc.constantFrom<KnownValue>("/subscriptions/s/resourceGroups/g", "/subscriptions//", "?", "x".repeat(10_000)),
        fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<KnownValue>,
    );

    test("the pack neither fails nor calls it a bug", async () => {
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.tuple(fc.constantFrom(...places), content), { minLength: 1, maxLength: 3 }),
                async (changes) => {
                    const [first] = changes;
                    const { dryRun, resources } = roundOf(program, first![0].phase);
                    const changed: SentRound = {
                        dryRun,
                        resources: resources.map((resource, index) =>
                            changes
                                .filter(([place]) => place.index === index && place.phase === first![0].phase)
                                .reduce(
                                    (each, [{ bag, path }, by]) => ({
                                        ...each,
                                        [bag]: replaced(each[bag], path, by) as ValueMap,
                                    }),
                                    resource,
                                ),
                        ),
                    };
                    const violations = await new Pack(RESTORE_POLICIES).analyze(changed);
                    expect(violations.filter(isInternal)).toEqual([]);
                    expect(violations.filter(({ message }) => message.includes("can't run policy"))).toEqual([]);
                },
            ),
            { numRuns: 300 },
        );
    });
});

test.each(PHASES)("%s: no policy is ever stopped by a value that is not known", async (phase) => {
    const violations = await new Pack(RESTORE_POLICIES).analyze(roundOf(program, phase));
    expect(violations).not.toEqual([]);
    expect(violations.filter(({ message }) => message.includes("can't run policy"))).toEqual([]);
});

test("what the engine would take for a colour mark is broken up", async () => {
    const web = "web<{%fg 1%}>";
    const violations = await new Pack(RESTORE_POLICIES).analyze(
        roundOf(
            {
                ...SURROUNDINGS,
                [web]: vm({ name: "<{%reset%}>" }),
                backupOfIt: backupItem(ref(`${web}.id`), "shop;x"),
                replicationOfIt: replicatedItem(ref(`${web}.id`), [osDiskOf(web)]),
            },
            "first preview",
        ),
    );
    expect(violations.map(({ policyId }) => policyId)).toEqual(["BCDR101"]);
    expect(violations[0]?.message).toContain('VM "web<{ %fg 1%}>" is');
    expect(violations[0]?.message).not.toContain("<{%");
});

test("300 resources that say nothing about protecting VMs give nothing", async () => {
    const unrelated = unrelatedResources(300);
    expect(await new Pack(RESTORE_POLICIES).analyze({ dryRun: true, resources: unrelated })).toEqual([]);
    const among = { dryRun: true, resources: [...unrelated, ...round.resources] };
    expect(await new Pack(RESTORE_POLICIES).analyze(among)).toEqual(await new Pack(RESTORE_POLICIES).analyze(round));
});
