import { planPolicies, policies } from "../../policies";
import { pageOf } from "../../policies/documentation";
import { QUESTIONS, type Question } from "../../src/audit/questions";
import type { PolicyId } from "../../src/findings/policy-id";
import { table } from "./generated";

/** Values that differ from the defaults, to see which settings change a query. */
const SETTINGS = {
    restoreSource: "any-snapshot",
    tierTag: "tier",
    tiers: { gold: ["backup", "replication"] },
    defaultTier: "backup",
    acceptedRedundancies: ["LocallyRedundant"],
    retentionDays: 30,
    require: "Locked",
} as const;

/** The policies that the audit command asks Resource Graph about, by their ids. */
export function auditedPolicies(): string {
    const questions = [...QUESTIONS].sort((one, other) => (one.policy < other.policy ? -1 : 1));
    return table(
        ["Policy", "Query", "Asked in a second query", "Settings in the query"],
        questions.map((question) => [
            linked(question.policy),
            `\`${question.policy}.kql\``,
            secondQuery(question),
            settingsOf(question)
                .map((name) => `\`${name}\``)
                .join(", "),
        ]),
    );
}

function linked(id: PolicyId): string {
    const policy = policies.find((each) => each.id === id);
    if (policy === undefined) {
        throw new Error(`There is no policy ${id}.`);
    }
    return `[${id}](${pageOf(policy)}) \`${policy.name}\``;
}

function secondQuery({ protectionOf, needsVms, needsBackupInUse }: Question): string {
    return [
        ...(protectionOf === undefined ? [] : [`what protects these ${protectionOf}`]),
        ...(needsVms === true ? ["the VMs that the items name"] : []),
        ...(needsBackupInUse === true ? ["whether the scope has any backup"] : []),
    ].join("; ");
}

function settingsOf({ changes }: Question): readonly string[] {
    return Object.entries(SETTINGS).flatMap(([name, value]) =>
        (changes?.({ [name]: value }) ?? []).length > 0 ? [name] : [],
    );
}

interface NotAudited {
    readonly shown: string;
    readonly ids: RegExp;
    readonly because: string;
}

export const NOT_AUDITED: readonly NotAudited[] = [
    {
        shown: "BCDR122, BCDR414, BCDR490, BCDR601 to BCDR613",
        ids: /^BCDR(?:122|414|490|6\d\d)$/,
        because: "They are about a program or a plan.",
    },
    {
        shown: "BCDR123",
        ids: /^BCDR123$/,
        because:
            "It compares all VMs of a consistency group, and a page has only some of them. BCDR111 and BCDR121 report the restored VM.",
    },
    {
        shown: "BCDR201 to BCDR237, BCDR301 to BCDR334, BCDR430",
        ids: /^BCDR(?:2\d\d|3\d\d|430)$/,
        because:
            "They are about limits, most of which Azure checks when protection is enabled. No query reads the sizes, accounts and schedules that they compare.",
    },
    {
        shown: "BCDR403, BCDR411, BCDR413, BCDR418, BCDR508, BCDR509",
        ids: /^BCDR(?:403|41[138]|50[89])$/,
        because:
            "No query reads excluded disks, locks, recovery plans, resource guards, and what else these policies look at.",
    },
    {
        shown: "BCDR491",
        ids: /^BCDR491$/,
        because: "The report lists exempted findings itself.",
    },
];

export function policiesNotAudited(): string {
    return table(
        ["Policies", "Why"],
        NOT_AUDITED.map(({ shown, because }) => [shown, because]),
    );
}

/** Policies of the catalogue that the audit command does not ask about. */
export function idsNotAudited(): readonly PolicyId[] {
    const asked = new Set(QUESTIONS.map(({ policy }) => policy));
    return [...policies, ...planPolicies].map(({ id }) => id).filter((id) => !asked.has(id));
}
