import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { NEVER_EXEMPTED } from "../../src/config/exemptions";
import type { PolicyId } from "../../src/findings/policy-id";
import { planPolicies, policies } from "../../policies";
import { pageOf } from "../../policies/documentation";
import type { CataloguePolicy } from "../../policies/policy";
import { PackProcess } from "../harness/pack";
import { allPlanCases, type PlanCases } from "../harness/plan-cases";
import { allCases, exampleRound, fixedCase, roundOf, type PolicyCases } from "../harness/policy-cases";
import { expectGenerated, expectGeneratedPart, ROOT, UPDATES } from "../../dev/docs/generated";
import {
    cloudAccountPolicies,
    everyFinding,
    findingsOf,
    isVm,
    otherMoments,
    planPolicyPage,
    policiesByArea,
    policyPage,
    rowsOf,
    shortened,
    underTag,
} from "../../dev/docs/policy-pages";
import { Stack } from "../harness/stack";
import { SOON } from "../harness/days";

const casesOf = new Map<PolicyId, PolicyCases>(allCases().map((cases) => [cases.policyId, cases]));

const planCasesOf = new Map<PolicyId, PlanCases>(allPlanCases().map((cases) => [cases.policyId, cases]));

const PAGES = path.join(ROOT, "docs", "policies");

describe.each(policies)("$id", ({ id }) => {
    test("has cases for each answer, and a pair of neighbours", () => {
        const { holds, violated, undecided, limits } = casesOf.get(id) ?? {};
        for (const group of [holds, violated, undecided, limits]) {
            expect(group ?? []).not.toEqual([]);
        }
    });

    test("rests on something that is said", () => {
        // These list what other policies say.
        expect(rowsOf(id).length > 0).toBe(!["BCDR430", "BCDR490", "BCDR491"].includes(id));
    });
});

describe.each(planPolicies)("$id", (policy) => {
    const { id } = policy;
    const cases = planCasesOf.get(id);

    test("has cases for each answer, and neighbours where it compares numbers", () => {
        const { holds, violated, undecided, limits } = cases ?? {};
        for (const group of [holds, violated, undecided]) {
            expect(group ?? []).not.toEqual([]);
        }
        expect(limits !== undefined).toBe(["BCDR607", "BCDR612", "BCDR613"].includes(id));
    });

    test("rests on something that is said", () => expect(rowsOf(id)).not.toEqual([]));

    test("its page", () => {
        expectGenerated(`docs/${pageOf(policy)}`, cases === undefined ? "" : planPolicyPage(policy, cases));
    });
});

test("no cases are left over", () => {
    expect([...casesOf.keys()].sort()).toEqual(policies.map(({ id }) => id).sort());
    expect([...planCasesOf.keys()].sort()).toEqual(planPolicies.map(({ id }) => id).sort());
});

test("docs/publishing.md says which policies see cloud accounts", () => {
    expectGeneratedPart("docs/publishing.md", "cloud accounts", cloudAccountPolicies());
});

test("docs/policies.md has a row for each policy", () => {
    expectGeneratedPart("docs/policies.md", "policies", policiesByArea());
    const page = readFileSync(path.join(ROOT, "docs", "policies.md"), "utf8");
    for (const policy of [...policies, ...planPolicies]) {
        expect(page).toContain(`[${policy.id}](${pageOf(policy)})`);
    }
});

describe("the examples, over gRPC, in the pack's own process", () => {
    let pack: PackProcess;
    let outsideOfPreviews: PackProcess;

    beforeAll(async () => {
        // As in a preview: outside of one, messages speak of what has been done.
        [pack, outsideOfPreviews] = await Promise.all([
            PackProcess.start(ROOT, { PULUMI_NODEJS_DRY_RUN: "true" }),
            PackProcess.start(ROOT),
        ]);
    });
    afterAll(() => {
        pack.stop();
        outsideOfPreviews.stop();
    });

    function of({ id }: CataloguePolicy): PolicyCases {
        const cases = casesOf.get(id);
        if (cases === undefined) {
            throw new Error(`${id} has no cases`);
        }
        return cases;
    }

    test.each(policies)("$id: its page", async (policy) => {
        const whole = of(policy);
        const [found, ...others] = await findingsOf(pack, whole);
        expect(others).toEqual([]);
        if (found === undefined) {
            throw new Error(`the example of ${policy.id} does not break the policy`);
        }
        const short = shortened(whole);
        const says = await findingsOf(pack, short);
        const example = says[0]?.message === found.message ? short : whole;
        const tagsCount = { "shared-settings": { tagExemptions: "all" } };
        const isReachedByTag = (await findingsOf(pack, underTag(example), tagsCount)).length === 0;
        // A finding on a VM is about that VM, so the VM may carry the exemption.
        expect(isReachedByTag || !isVm(whole.example[found.on ?? ""])).toBe(true);
        const moments = await otherMoments({ preview: pack, state: outsideOfPreviews }, example, found);
        expectGenerated(`docs/${pageOf(policy)}`, policyPage(policy, example, found, moments, isReachedByTag));
    });

    test.each(policies)("$id: what its page shows as fixed passes, and breaks no other policy", async (policy) => {
        const cases = of(policy);
        const fixed = fixedCase(cases);
        const found = await everyFinding(pack, exampleRound(cases, cases.example), cases.exampleConfiguration);
        const after = await everyFinding(pack, roundOf(fixed), fixed.configuration);
        const before = found.map(({ policyId }) => policyId);
        const mandatory = after.filter(({ policyId, level }) => level === "mandatory" && !before.includes(policyId));
        expect(mandatory.map(({ message }) => message)).toEqual([]);
        expect(after.filter(({ policyId }) => policyId === policy.id)).toEqual([]);
    });

    const fixedChanges = [...planCasesOf].flatMap(([id, { fixed }]) =>
        fixed.after === undefined ? [] : [{ id, after: fixed.after }],
    );
    test.each(fixedChanges)(
        "$id: the program that its page shows as fixed breaks no policy of the pack",
        async ({ after }) => {
            const found = await everyFinding(pack, new Stack().preview(after));
            const mandatory = found.filter(({ level }) => level === "mandatory");
            expect(mandatory.map(({ message }) => message)).toEqual([]);
        },
    );

    const exemptible = policies.filter(({ id }) => !NEVER_EXEMPTED.has(id));
    test.each(exemptible)("$id: an exemption leaves it out, by the policy's id or its name", async (policy) => {
        const [found] = await findingsOf(pack, of(policy));
        for (const key of [policy.id, policy.name]) {
            const exemption = { policies: [key], resource: found?.on ?? "*", reason: "Known.", expires: SOON };
            expect(await findingsOf(pack, of(policy), { "shared-settings": { exemptions: [exemption] } })).toEqual([]);
        }
    });

    test.each(exemptible)("$id: an exemption that has ended is told", async (policy) => {
        const ended = { policies: [policy.id], resource: "*", reason: "Was known.", expires: "2020-01-31" };
        const [found] = await findingsOf(pack, of(policy), { "shared-settings": { exemptions: [ended] } });
        expect(found?.message).toContain(`An exemption from ${policy.id} ended on 2020-01-31: "Was known.".`);
    });
});

// Last: the pages that there should be are written above.
test("no page is left over", () => {
    const expected = [...policies, ...planPolicies].map((policy) => path.basename(pageOf(policy))).sort();
    if (UPDATES && existsSync(PAGES)) {
        for (const page of readdirSync(PAGES).filter((name) => !expected.includes(name))) {
            rmSync(path.join(PAGES, page));
        }
    }
    expect(readdirSync(PAGES).sort()).toEqual(expected);
});
