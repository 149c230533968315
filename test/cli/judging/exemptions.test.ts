import { exemptionInUse, exemptionsMessage } from "../../../policies/coverage/exemption-in-use";
import { referenceTo } from "../../../policies/documentation";
import type { RecordedFinding } from "../../../src/findings/record";
import { formatMessage } from "../../../src/findings/text";
// Which exemptions count where only the command looks, and that each of them is told.
import { packConfiguration, type ConfigurationFile } from "../../../src/config/configuration-file";
import { Plan, type PlanContent } from "../../../src/model/plan";
import type { EngineRun } from "../../../src/cli/reading/engine-run";
import { evaluatePlan } from "../../../src/cli/judging/evaluation";
import { inspectPlan } from "../../../src/cli/judging/plan-inspection";
import type { PlanReading } from "../../../src/cli/reading/plan-reading";
import { catalogue } from "../../../src/cli/judging/reported-policies";
import { SOON } from "../../harness/days";
import { change } from "../../harness/plan-cases";
import type { Properties } from "../../harness/program";
import { native } from "../../policies/plan-estates";

/** Removes a replicated data disk (BCDR608, advisory). */
const removal = (before: Properties, after: Properties): PlanContent =>
    change(native({ vm: before }), native({ vm: after, data: [] }))();

/** Swaps one for another (BCDR601, mandatory). */
const swap = (tags: Properties): PlanContent =>
    change(native({ vm: tags, data: ["data"] }), native({ vm: tags, data: ["spare"] }))();

const tagged = (policyId: string, expires = SOON): Properties => ({
    tags: { "bcdr-exempt": `${policyId} ${expires} MARK-REASON` },
});

function states(content: PlanContent, file: ConfigurationFile = {}): readonly string[] {
    const { findings } = evaluatePlan(new Plan(content), packConfiguration(file, catalogue));
    return findings.map(
        ({ policyId, exemption }) => `${policyId} ${exemption === undefined ? "reported" : "suppressed"}`,
    );
}

function notes(content: PlanContent): string {
    const { findings } = evaluatePlan(new Plan(content), packConfiguration({}, catalogue));
    return findings.flatMap(({ message }) => message.notes ?? []).join("\n");
}

test("a tag that was there before the plan exempts from an advisory finding on it", () => {
    expect(states(removal({}, {}))).toEqual(["BCDR608 reported"]);
    expect(states(removal(tagged("BCDR608"), tagged("BCDR608")))).toEqual(["BCDR608 suppressed"]);
});

test.each<[string, Properties, Properties]>([
    ["adds", {}, tagged("BCDR608")],
    ["makes of another one", tagged("BCDR607"), tagged("BCDR608")],
    ["makes of one that had ended", tagged("BCDR608", "2020-01-31"), tagged("BCDR608")],
])("a tag that the plan %s does not", (_, before, after) => {
    expect(states(removal(before, after))).toEqual(["BCDR608 reported"]);
    expect(notes(removal(before, after))).toContain(
        'Tag ignored: bcdr-exempt on "web" does not count: this plan adds it',
    );
});

test("no tag exempts from a mandatory finding, at whatever level that became so, unless the configuration allows it", () => {
    const mandatory = { "plan-removes-replicated-data-disk": "mandatory" };
    expect(states(swap(tagged("BCDR601")))).toEqual(["BCDR601 reported"]);
    expect(notes(swap(tagged("BCDR601")))).toContain("BCDR601 is mandatory");
    expect(states(removal(tagged("BCDR608"), tagged("BCDR608")), mandatory)).toEqual(["BCDR608 reported"]);
    expect(states(swap(tagged("BCDR601")), { "shared-settings": { tagExemptions: "all" } })).toEqual([
        "BCDR601 suppressed",
    ]);
    expect(states(swap(tagged("BCDR601")), { "plan-swaps-replicated-disk": { enforcementLevel: "advisory" } })).toEqual(
        ["BCDR601 suppressed"],
    );
});

describe("which exemptions are in use", () => {
    const RUN: PlanReading["run"] = {
        kind: "update",
        violations: [],
        evaluated: { stackPolicies: new Set(["exemption-in-use"]), resourcePolicies: new Set(), resources: 1 },
        packs: new Map(),
        errors: [],
        outcome: "succeeded",
        isPreview: true,
        changes: {},
        others: new Map(),
    };
    const exempting = {
        "shared-settings": {
            exemptions: [{ policies: ["BCDR608"], resource: "web", reason: "It is read out.", expires: SOON }],
        },
    };
    const inspection = (
        content: PlanContent,
        file: ConfigurationFile,
        violations: EngineRun["violations"] = [],
        recorded: readonly RecordedFinding[] = [],
    ) =>
        inspectPlan(
            "",
            {
                run: { ...RUN, violations },
                plan: new Plan(content),
                resources: content.after,
                others: [],
                record: { findings: recorded, inOne: [], open: [], stackTags: new Map(), evaluated: new Set() },
                recordedPlaces: undefined,
                parents: new Map(),
                interrupted: [],
            },
            packConfiguration(file, catalogue),
            () => undefined,
        ).findings.filter(({ policyId }) => policyId === "BCDR491");
    const toldMessage = exemptionsMessage([`BCDR110 (disk-restored-from-backup) on "os" until ${SOON}: Known.`]);
    const engineTold = {
        pack: "azure-bcdr-guard",
        version: "1",
        policy: "exemption-in-use",
        level: "advisory",
        severity: "low",
        urn: undefined,
        text: `Exemptions leave findings out.\n${formatMessage(referenceTo(exemptionInUse), toldMessage)}`,
        exceptions: [],
    } as const;
    const toldFinding: RecordedFinding = {
        policy: exemptionInUse.name,
        policyId: exemptionInUse.id,
        urn: undefined,
        vm: undefined,
        message: toldMessage,
        exemption: undefined,
    };

    test("is told where nothing else tells of them", () => {
        expect(inspection(removal({}, {}), exempting).map(({ level, message }) => [level, message.facts])).toEqual([
            ["advisory", [`BCDR608 (plan-removes-replicated-data-disk) on "web" until ${SOON}: It is read out.`]],
        ]);
    });

    test("is told together with what the pack has told", () => {
        expect(
            inspection(removal({}, {}), exempting, [engineTold], [toldFinding]).map(({ message }) => message),
        ).toEqual([
            expect.objectContaining({
                headline: "2 exemptions are in use: the findings that they cover are not reported and block nothing.",
                facts: [
                    `BCDR110 (disk-restored-from-backup) on "os" until ${SOON}: Known.`,
                    `BCDR608 (plan-removes-replicated-data-disk) on "web" until ${SOON}: It is read out.`,
                ],
            }),
        ]);
    });

    test("is told without the reason in a tag, unless the settings allow it", () => {
        const content = removal(tagged("BCDR608"), tagged("BCDR608"));
        expect(JSON.stringify(inspection(content, {}))).toContain("see the tag bcdr-exempt");
        expect(JSON.stringify(inspection(content, {}))).not.toContain("MARK-REASON");
        expect(JSON.stringify(inspection(content, { "shared-settings": { showTagReasons: true } }))).toContain(
            "MARK-REASON",
        );
    });

    test("is not told where there are none, nor where that is disabled", () => {
        expect(inspection(removal({}, {}), {})).toEqual([]);
        expect(inspection(removal({}, {}), { ...exempting, "exemption-in-use": "disabled" })).toEqual([]);
    });
});

describe("an exception of Pulumi's", () => {
    const URN = "urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web";
    const excepting = (policy: string, target: string): ConfigurationFile => ({
        version: 2,
        exceptions: { "EXC-1": { reason: "It is read out.", match: [{ policies: [policy], targets: [target] }] } },
    });
    const found = (file: ConfigurationFile) =>
        evaluatePlan(new Plan(swap({})), packConfiguration(file, catalogue)).findings;

    test("counts where only the command looks, by policy and URN", () => {
        const [finding] = found({});
        expect(finding).toMatchObject({ policyId: "BCDR601", exceptions: [] });
        const { policy, target = URN } = finding!;
        expect(target).toBe(finding!.urn);
        expect(found(excepting(policy, target)).map(({ level, exceptions }) => [level, exceptions])).toEqual([
            ["mandatory", [{ id: "EXC-1", reason: "It is read out." }]],
        ]);
        expect(found(excepting(policy, `${target}-2`)).map(({ exceptions }) => exceptions)).toEqual([[]]);
        expect(found(excepting("vault-alerts", target)).map(({ exceptions }) => exceptions)).toEqual([[]]);
    });
});
