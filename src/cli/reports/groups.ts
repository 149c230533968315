import type { OpenCause } from "../../findings/finding";
import { formatMessage, type PolicyReference } from "../../findings/text";
import type {
    Location,
    LocationBasis,
    Report,
    ReportedFinding,
    ReportedLevel,
    ReportedQuestion,
    Threshold,
} from "../report";

/** The findings of a report by what became of them, each group in the report's order. */
export interface Groups {
    readonly mandatory: readonly ReportedFinding[];
    readonly advisory: readonly ReportedFinding[];
    readonly known: readonly ReportedFinding[];
    readonly suppressed: readonly ReportedFinding[];
    /** By exceptions of Pulumi's. */
    readonly excepted: readonly ReportedFinding[];
}

export function groupsOf({ findings }: Report): Groups {
    const news = findings.filter(({ state }) => state === "new");
    return {
        mandatory: news.filter(({ level }) => level === "mandatory"),
        advisory: news.filter(({ level }) => level === "advisory"),
        known: findings.filter(({ state }) => state === "known"),
        suppressed: findings.filter((finding) => finding.state === "suppressed" && !isExcepted(finding)),
        excepted: findings.filter(isExcepted),
    };
}

export function isExcepted({ exceptions }: Pick<ReportedFinding, "exceptions">): boolean {
    return exceptions !== undefined;
}

/** What fails the command, in the formats that say for each finding whether it does. */
const FAILING: Readonly<Record<Threshold, readonly (ReportedLevel | "undecided")[]>> = {
    mandatory: ["mandatory"],
    advisory: ["mandatory", "advisory"],
    undecided: ["mandatory", "advisory", "undecided"],
    never: [],
};

/** Whether a new finding of a level, or an open question, fails the command. */
export function isFailing(level: ReportedLevel | "undecided", threshold: Threshold): boolean {
    return FAILING[threshold].includes(level);
}

/** What each part of a report is called, in every format. */
export const TITLES = {
    mandatory: "Mandatory",
    advisory: "Advisory",
    known: "Known (in the baseline)",
    suppressed: "Suppressed",
    excepted: "Excepted by Pulumi",
    undecided: "Undecided",
    gone: "Fixed since the baseline",
    missing: "Not checked",
    failures: "Failed",
} as const;

/** More open questions than these would bury what matters; the rest is counted. */
const MOST_QUESTIONS = 20;

/** A line for each open question, and one for those that are left out. */
export function questionLines(report: Asked): readonly string[] {
    const { undecided } = report;
    const left = undecided.length - MOST_QUESTIONS;
    const lines = undecided.slice(0, MOST_QUESTIONS).map((question) => questionLine(question, report));
    return [...lines, ...(left > 0 ? [`and ${left} more`] : [])];
}

/** What was asked, and whether of a plan. */
type Asked = Pick<Report, "undecided" | "changes">;

function questionLine(question: ReportedQuestion, report: Asked): string {
    const { rule: policyId, resource, property } = question;
    return `${policyId} "${resource}": ${property} (${whyOpen(question, report)})`;
}

export function whyOpen({ cause }: ReportedQuestion, { changes }: Asked): string {
    const words = WHY_OPEN[cause];
    return typeof words === "string" ? words : changes === undefined ? "not in the state" : words.ofPlan;
}

const WHY_OPEN: Readonly<Record<OpenCause, string | { readonly ofPlan: string }>> = {
    output: { ofPlan: "made from an output that the plan does not know" },
    azure: { ofPlan: "not set in the program, so Azure decides" },
    change: { ofPlan: "the plan changes the resource" },
    template: "made by a template, of which Pulumi reads nothing back",
    "unread template": "the template cannot be evaluated",
    external: "outside of this stack",
    version: "not known to this version",
    target: "left out by --target",
};

/** What could not be decided as one text, for formats that would drown in a line for each. */
export function undecidedText(report: Asked): string {
    return [`${TITLES.undecided}: ${report.undecided.length}`, ...questionLines(report)].join("\n");
}

/** More types, or files, than these would bury what matters; the rest is counted. */
const MOST_NAMES = 10;

/** How much was looked at, one sentence each. The first is always there; the others say where there was little to see. */
export function inspectedLines(inspected: Report["lookedAt"]): readonly string[] {
    if (inspected === undefined) {
        return [];
    }
    const { resources, read, vms, unreadable, notChecked, withoutResources, withoutVms } = inspected;
    const types = notChecked.map(({ type, count }) => `${count} ${type}`);
    const isFound = resources > 0;
    return [
        isFound
            ? `Looked at ${counted(resources, "resource")}: ${read} of types that policies read, with ${vms === 0 ? "no VMs" : counted(vms, "VM")}.`
            : "There are no resources to look at.",
        ...(unreadable === 0 ? [] : [`Could not be read: ${counted(unreadable, "resource")}.`]),
        ...(types.length === 0 ? [] : [`Not checked, because no policy reads their types: ${named(types)}.`]),
        ...(withoutResources.length > 0 && isFound ? [`No resources: ${named(withoutResources)}.`] : []),
        ...(withoutVms.length > 0 && vms > 0 ? [`No VMs: ${named(withoutVms)}.`] : []),
    ];
}

function named(names: readonly string[]): string {
    const more = names.length - MOST_NAMES;
    return [...names.slice(0, MOST_NAMES), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function counted(count: number, noun: string): string {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function notInspected(sentence: string): string {
    return `${TITLES.missing}: ${sentence}`;
}

/** The file for a finding that has no place: GitHub and GitLab show no finding without a file. */
export const PROJECT_FILE = "Pulumi.yaml";

/**
 * `infra/index.ts:42:7`; `near infra/index.ts:42` where the line is not certain; the file alone where it is merely the
 * project's. Undefined where nothing is known.
 */
export function place(location: Location | undefined): string | undefined {
    if (location === undefined || location.basis === "project file") {
        return location?.file;
    }
    const { file, line, column, exact } = location;
    return exact ? [file, line, ...(column === undefined ? [] : [column])].join(":") : `near ${file}:${line}`;
}

/** What a format has to say beside a line that it shows as if it were certain. Undefined where it is. */
export function remarkOn(location: Pick<Location, "basis"> | undefined): string | undefined {
    return REMARKS[location?.basis ?? "project file"];
}

/** How the messages of a report name the policy of a finding. */
export function referenceIn({ rules }: Pick<Report, "rules">, { rule: id, policy }: ReportedFinding): PolicyReference {
    return { id, name: policy, url: rules.find((each) => each.id === id)?.url ?? "" };
}

/** A finding with the line that it is shown at, where a format puts all its words into one text. */
export function textAtPlace(report: Report, finding: ReportedFinding): string {
    const { message, location } = finding;
    const remark = location === undefined ? undefined : remarkOn(location);
    return [formatMessage(referenceIn(report, finding), message), ...(remark === undefined ? [] : [remark])].join("\n");
}

const REMARKS: Readonly<Record<LocationBasis, string | undefined>> = {
    run: undefined,
    declaration: undefined,
    confirmed: undefined,
    name: "This line was found by the resource's class and name; Pulumi does not tell it.",
    call: "This line leads to where the resource is made; Pulumi tells no other.",
    recorded: "This line is that of the last deployment; the program may have changed since.",
    component: "This line makes the component that the resource is in.",
    "project file": "Where the program declares the resource is not known.",
};

/** `2 create, 1 update`; undefined where there is no plan. */
export function changesText({ changes }: Report): string | undefined {
    return (
        changes &&
        Object.entries(changes)
            .map(([operation, count]) => `${count} ${operation}`)
            .join(", ")
    );
}

/** Why a suppressed finding does not count. */
export function suppressionText({ exemption, exceptions = [] }: Suppressed): string {
    return exemption === undefined
        ? exceptions.map(({ id, reason }) => `Pulumi's exception ${id}: ${reason}`).join(" ")
        : `Exempted until ${exemption.expires}: ${exemption.reason}`;
}

type Suppressed = Pick<ReportedFinding, "exemption" | "exceptions">;
