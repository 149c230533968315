import type { OpenFinding } from "../../findings/finding";
import type { Location, Report, ReportedFinding } from "../report";

/** The findings of a report by what became of them, each group in the report's order. */
export interface Groups {
    readonly mandatory: readonly ReportedFinding[];
    readonly advisory: readonly ReportedFinding[];
    readonly known: readonly ReportedFinding[];
    readonly suppressed: readonly ReportedFinding[];
}

export function groupsOf({ findings }: Report): Groups {
    const news = findings.filter(({ state }) => state === "new");
    return {
        mandatory: news.filter(({ level }) => level === "mandatory"),
        advisory: news.filter(({ level }) => level === "advisory"),
        known: findings.filter(({ state }) => state === "known"),
        suppressed: findings.filter(({ state }) => state === "suppressed"),
    };
}

/** More open questions than these would bury what matters; the rest is counted. */
const MOST_QUESTIONS = 20;

/** A line for each open question, and one for those that are left out. */
export function questionLines(undecided: readonly OpenFinding[]): readonly string[] {
    const left = undecided.length - MOST_QUESTIONS;
    return [...undecided.slice(0, MOST_QUESTIONS).map(questionLine), ...(left > 0 ? [`and ${left} more`] : [])];
}

function questionLine({ rule, resource, property, skipped, inTemplate, changing }: OpenFinding): string {
    const because = skipped
        ? " (left out by --target)"
        : inTemplate
          ? " (made by a template)"
          : changing
            ? " (this plan changes it)"
            : "";
    return `${rule} "${resource}": ${property}${because}`;
}

/** `infra/index.ts:42:7`; without a line where it is merely the project's file. Undefined where nothing is known. */
export function place(location: Location | undefined): string | undefined {
    if (location === undefined || !location.exact) {
        return location?.file;
    }
    const { file, line, column } = location;
    return [file, line, ...(column === undefined ? [] : [column])].join(":");
}

/** `2 create, 1 update`; undefined where there is no plan. */
export function changesText({ changes }: Report): string | undefined {
    return (
        changes &&
        Object.entries(changes)
            .map(([operation, count]) => `${count} ${operation}`)
            .join(", ")
    );
}

export function exemptionText({ exemption }: ReportedFinding): string {
    return exemption === undefined ? "exempted" : `exempted until ${exemption.expires}: ${exemption.reason}`;
}
