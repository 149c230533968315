import { configuredExemptions, policyExemptions } from "../../src/config/exemptions";
import { SHARED_SETTINGS, withShared } from "../../src/config/shared-settings";
import { Plan, type PlanContent } from "../../src/model/plan";
import { UNKNOWN_VALUE, type PropertyBag } from "../../src/model/property-bag";
import type { Step } from "../../src/advice/fix";
import type { Message } from "../../src/findings/message";
import type { OpenFinding } from "../../src/findings/finding";
import type { PolicyId } from "../../src/findings/policy-id";
import { stackSubject } from "../../src/findings/subject";
import type { ValueMap } from "../../dev/offline/providers/values";
import { planPolicies } from "../../policies";
import { run, type PolicyFindings } from "../../policies/run";
import { casesIn, whenRun } from "./case-files";
import { syntaxIn } from "./in-words";
import type { Configuration } from "./pack";
import type { Program } from "./program";
import { Stack } from "./stack";

/** What a policy says of plans, one group for each answer. The policy's page in docs/policies is made from them, too. */
export interface PlanCases {
    readonly policyId: PolicyId;
    /** On the policy's page: what is deployed, and the change that breaks the policy. */
    readonly example: { readonly before: Program; readonly after: Program };
    /** For an example that no change of the program breaks: what happens instead. */
    readonly exampleLater?: { readonly says: string; readonly plan: () => PlanContent };
    /** The change once it is right: the page shows what differs. */
    readonly fixed: FixedChange;
    /** What the page shows of the example beside what the change and the fix change: `web.storageProfile.osDisk`. */
    readonly shows?: readonly string[];
    readonly holds: readonly PlanCase[];
    readonly violated: readonly ViolatedPlan[];
    readonly undecided: readonly UndecidedPlan[];
    /** The last that is allowed and the first that is not, where numbers are compared. */
    readonly limits?: readonly { readonly allowed: PlanCase; readonly refused: ViolatedPlan }[];
}

export interface FixedChange {
    /** The program that may be deployed; left out where the fix is not in the program. */
    readonly after?: Program;
    /** The plan, where it needs more than the change of the program. */
    readonly plan?: () => PlanContent;
    /** To read before the program, or instead of it: what else has to be done, and what the change removes. */
    readonly says: string;
}

export interface PlanCase {
    readonly name: string;
    readonly plan: () => PlanContent;
}

export interface ViolatedPlan extends PlanCase {
    /** The names of the resources on which it is reported. */
    readonly on: readonly string[];
    /** What the message must say. */
    readonly says?: RegExp;
}

export interface UndecidedPlan extends PlanCase {
    /** `"web": storageProfile.osDisk.managedDisk.id` */
    readonly waitsFor: string;
}

/** The plan of a change, and of what `--replace` names. */
export function change(before: Program, after: Program, ...replace: readonly string[]): () => PlanContent {
    return () => deployed(before).plan(after, { replace });
}

export function destroyed(before: Program, target?: readonly string[]): () => PlanContent {
    return () => deployed(before).planDestroy(target);
}

/** What a refresh shows of a change that somebody makes in Azure itself. */
export function changedOutside(before: Program, act: (stack: Stack) => void): () => PlanContent {
    return () => {
        const stack = deployed(before);
        act(stack);
        return stack.planRefresh();
    };
}

/** A change once replication is disabled, and `pulumi refresh` has dropped the item from the state. */
export function afterDisabling(before: Program, after: Program): () => PlanContent {
    return () => {
        const stack = deployed(before);
        stack.deleteOutside("webReplication");
        stack.refresh();
        return stack.plan(after);
    };
}

export function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up(program);
    return stack;
}

/** The same where a value of the old state, or of the new one, is not known, such as a secret. */
export function notKnown(
    plan: () => PlanContent,
    moment: "before" | "after",
    name: string,
    ...way: readonly string[]
): () => PlanContent {
    return () => {
        const content = plan();
        return {
            ...content,
            [moment]: content[moment].map((resource) =>
                resource.name === name
                    ? {
                          ...resource,
                          inputs: resource.inputs && withUnknown(resource.inputs, way),
                          outputs: withUnknown(resource.outputs, way),
                          ...(resource.formerOutputs && { formerOutputs: withUnknown(resource.formerOutputs, way) }),
                      }
                    : resource,
            ),
        };
    };
}

function withUnknown(bag: PropertyBag, [first = "", ...rest]: readonly string[]): PropertyBag {
    const below = bag[first] as ValueMap | undefined;
    return rest.length === 0
        ? { ...bag, [first]: UNKNOWN_VALUE }
        : below === undefined
          ? bag
          : { ...bag, [first]: withUnknown(below, rest) };
}

/** The plan by which the example breaks the policy. */
export function examplePlan({ example, exampleLater }: PlanCases): PlanContent {
    return exampleLater === undefined ? change(example.before, example.after)() : exampleLater.plan();
}

/** The plan once it is right. */
function fixedPlan({ example, fixed }: PlanCases): PlanContent {
    const { after = example.after, plan = change(example.before, after) } = fixed;
    return plan();
}

/**
 * The cases of a policy about plans. They are tests where jest runs their file.
 *
 * @param file their file, which has the policy's name
 */
export function planCases(file: string, cases: PlanCases): PlanCases {
    whenRun(file, () => testPlanPolicy(cases));
    return cases;
}

export function allPlanCases(): readonly PlanCases[] {
    return casesIn(planPolicies);
}

/** What one policy says of a plan, as the gate asks it. */
export function planFindings(
    policyId: PolicyId,
    content: PlanContent,
    { dryRun = true, configuration = {} }: { readonly dryRun?: boolean; readonly configuration?: Configuration } = {},
): PolicyFindings & { readonly open: readonly OpenFinding[] } {
    const policy = planPolicies.find(({ id }) => id === policyId);
    if (policy === undefined) {
        throw new Error(`${policyId} is no policy about plans`);
    }
    const shared = configuration[SHARED_SETTINGS] ?? {};
    const configured = policy.configure(withShared(policy, configuration[policy.name] ?? {}, shared));
    const open: OpenFinding[] = [];
    const about = () => stackSubject(undefined);
    const plan = new Plan(content);
    const exemptions = policyExemptions(shared, configuredExemptions(shared, planPolicies), "2026-03-01", {
        isAdvisory: policy.level === "advisory",
        before: (vm) => plan.tagsBefore(vm),
    });
    const found = run(configured, plan, about, { dryRun }, exemptions, open);
    return { ...found, open };
}

function inWords({ headline, fix }: Message): string {
    return [headline, fix.intro, ...fix.steps.map(stepInWords)].join("\n");
}

function stepInWords({ do: text, commands = [], where = "", note = "" }: Step): string {
    return [text, ...commands, where, note].join("\n");
}

function testPlanPolicy(cases: PlanCases): void {
    const { policyId, holds, violated, undecided, limits = [] } = cases;
    function answers({ plan }: PlanCase) {
        const content = plan();
        const { reported, open } = planFindings(policyId, content);
        for (const dryRun of [true, false]) {
            for (const { message } of planFindings(policyId, content, { dryRun }).reported) {
                const steps = message.fix.steps.map(stepInWords);
                expect(message.headline).toMatch(/^.{20,160}$/);
                expect(message.why).not.toMatch(/ {2}|internal error|undefined/);
                expect(steps).not.toEqual([]);
                expect(steps.join("\n")).not.toMatch(/ {2}|undefined/);
                expect(steps.flatMap(syntaxIn)).toEqual([]);
                // Once it has been done, nothing of it is still to come.
                expect(dryRun ? "" : `${message.headline} ${message.fix.intro}`).not.toMatch(
                    /The plan |Before you apply|To apply/,
                );
            }
        }
        return {
            on: reported.map(({ subject }) => subject.urn?.split("::").at(-1) ?? "-"),
            open: [...new Set(open.map(({ resource, property }) => `"${resource}": ${property}`))],
            text: reported.map(({ message }) => inWords(message)).join("\n"),
        };
    }

    describe(policyId, () => {
        test("holds: the example, fixed", () => {
            const content = fixedPlan(cases);
            expect(answers({ name: "", plan: () => content })).toMatchObject({ on: [], open: [] });
            const mandatory = planPolicies.filter(({ level }) => level === "mandatory");
            const ofOthers = mandatory.flatMap(({ id }) => planFindings(id, content).reported);
            expect(ofOthers.map(({ message }) => message.headline)).toEqual([]);
        });
        test.each([...holds, ...limits.map(({ allowed }) => allowed)])("holds: $name", (each) => {
            expect(answers(each)).toMatchObject({ on: [], open: [] });
        });
        test.each<PlanCase & { readonly on?: readonly string[]; readonly says?: RegExp }>([
            { name: "the example", plan: () => examplePlan(cases) },
            ...violated,
            ...limits.map(({ refused }) => refused),
        ])("violated: $name", (each) => {
            const { on, text } = answers(each);
            expect(on).toEqual(each.on ?? [expect.any(String)]);
            expect(text).toMatch(each.says ?? /./);
        });
        test.each(undecided)("undecided: $name", (each) => {
            expect(answers(each)).toMatchObject({ on: [], open: [each.waitsFor] });
        });
    });
}
