import type { PolicyId } from "../../src/findings/policy-id";
import { policies } from "../../policies";
import type { ResourcePolicy } from "../../policies/policy";
import { embedded, TEMPLATES } from "../harness/embedded";
import { onlyPolicies } from "../harness/catalogue";
import { Pack } from "../harness/pack";
import { Ref, Text, type Program } from "../harness/program";
import { allCases, roundOf, type Case } from "../harness/policy-cases";
import { Stack } from "../harness/stack";

// What a resource policy says of a resource, it says of the same one in a template or in a generic resource. The cases are
// those of its policies, with every azure-native resource that the policy looks at put into a template.

interface Answers {
    readonly on: readonly string[];
    readonly isOpen: boolean;
}

/** How many resources of the programs of one round were put into templates, and whether one of them is a text with references. */
let count = 0;
let isOpenText = false;

async function answers(
    { name, level }: ResourcePolicy,
    policyId: PolicyId,
    each: Case,
    respell: (program: Program) => Program,
): Promise<Answers> {
    count = 0;
    isOpenText = false;
    const methods = (["preview", "up"] as const).map((method) => {
        const plain = Stack.prototype[method];
        return jest.spyOn(Stack.prototype, method).mockImplementation(function (
            this: Stack,
            ...[program]: readonly [Program, ...unknown[]]
        ) {
            const respelt = respell(program);
            const changed = Object.keys(program).filter((key) => respelt[key] !== program[key]);
            count += changed.length;
            isOpenText ||= changed.some((key) => hasReferences(respelt[key]?.properties["templateContent"]));
            return plain.call(this, respelt);
        });
    });
    try {
        const enabled = level === "disabled" ? { enforcementLevel: "advisory" } : {};
        const configuration = { ...each.configuration, [name]: { ...each.configuration?.[name], ...enabled } };
        const pack = new Pack(onlyPolicies((id) => id === policyId || id === "BCDR490"));
        const violations = await pack.analyze(roundOf(each), configuration);
        expect(violations.filter(({ message }) => /can't run|internal error/i.test(message))).toEqual([]);
        return {
            on: violations.filter((violation) => violation.policyId === policyId).map(({ on }) => on ?? "-"),
            isOpen: violations.some((violation) => violation.policyId === "BCDR490"),
        };
    } finally {
        methods.forEach((method) => method.mockRestore());
    }
}

function hasReferences(text: unknown): boolean {
    return text instanceof Text && text.parts.some((part) => part instanceof Ref);
}

const SUBJECTS = policies
    .filter((policy): policy is ResourcePolicy => policy.scope === "resource")
    .map((policy) => ({ policyId: policy.id, policy, kinds: policy.configure({}).kinds }));

const FORMS = SUBJECTS.flatMap((subject) => TEMPLATES.map((form) => ({ ...subject, form })));

function casesOf(policyId: PolicyId): readonly Case[] {
    return allCases()
        .filter((cases) => cases.policyId === policyId)
        .flatMap(({ holds, violated, undecided, limits }) => [
            ...holds,
            ...violated,
            ...undecided,
            ...limits.flatMap(({ allowed, refused }) => [allowed, refused]),
        ]);
}

test.each(FORMS)("$policyId says the same of a $form", async ({ policyId, policy, kinds, form }) => {
    let respelt = 0;
    for (const each of casesOf(policyId)) {
        const plain = await answers(policy, policyId, each, (program) => program);
        const told = await answers(policy, policyId, each, (program) => embedded(program, kinds, form));
        respelt += count;
        // Where one part of a text is not known yet, none of it is, and that is told.
        const isNotKnown = isOpenText && told.isOpen;
        const expected: Answers = isNotKnown ? { on: [], isOpen: true } : plain;
        expect({ case: each.name, ...told }).toEqual({ case: each.name, ...expected });
    }
    expect(respelt).toBeGreaterThan(3);
});
