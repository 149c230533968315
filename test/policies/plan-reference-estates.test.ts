import type { PlanContent } from "../../src/model/plan";
import { planPolicies } from "../../policies";
import { deployed, planFindings } from "../harness/plan-cases";
import type { Program } from "../harness/program";
import { landingZone } from "../reference-estates/landing-zone";
import { smallEstate } from "../reference-estates/small-estate";

/** Whole estates with both providers, shared disks, assignments and recovery plans. */

const RULES = planPolicies.map(({ id }) => id);

interface Said {
    readonly found: readonly string[];
    readonly open: readonly string[];
}

function said(content: PlanContent): Said {
    const all = RULES.map((policyId) => planFindings(policyId, content));
    return {
        found: all.flatMap(({ reported }) =>
            reported.map(({ policyId, subject }) => `${policyId} ${subject.urn?.split("::").at(-1) ?? "-"}`),
        ),
        open: all.flatMap(({ open }) =>
            open.map(({ policyId, resource, property }) => `${policyId} ${resource} ${property}`),
        ),
    };
}

const TAGGED = /:(Linux|Windows)?VirtualMachine$|Disk$|Vault$/;

/** Updates in place of each VM, disk and vault: a preview then knows little of what Azure will answer. */
function withTags(program: Program): Program {
    return Object.fromEntries(
        Object.entries(program).map(([name, declaration]) => [
            name,
            TAGGED.test(declaration.type)
                ? { ...declaration, properties: { ...declaration.properties, tags: { changed: "yes" } } }
                : declaration,
        ]),
    );
}

describe.each([
    {
        name: "the landing zone",
        program: landingZone(),
        vaults: ["disks-westeurope", "backup-northeurope", "backup-westeurope"],
    },
    { name: "the small estate", program: smallEstate(), vaults: ["backup"] },
])("$name", ({ program, vaults }) => {
    const stack = deployed(program);

    test.each([
        { name: "its first deployment", plan: () => deployed({}).plan(program) },
        { name: "a plan that changes nothing", plan: () => stack.plan(program) },
        { name: "a plan that updates each VM, disk and vault", plan: () => stack.plan(withTags(program)) },
        { name: "a refresh", plan: () => stack.planRefresh() },
    ])("$name breaks nothing and leaves nothing open", ({ plan }) => {
        expect(said(plan())).toEqual({ found: [], open: [] });
    });

    test("its destruction is told once a vault", () => {
        expect(said(stack.planDestroy())).toEqual({ found: vaults.map((name) => `BCDR606 ${name}`), open: [] });
    });
});
