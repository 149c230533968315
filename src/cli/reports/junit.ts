import { createCB } from "xmlbuilder2";
import type { XMLBuilderCB } from "xmlbuilder2/lib/interfaces";
import { pushTo } from "../../model/lists";
import type { Urn } from "../../model/planned-resource";
import { parseUrn } from "../../model/ids/urn";
import { singleLine } from "../../findings/plain-text";
import { formatMessage } from "../../findings/text";
import { inspectedLines, isFailing, referenceIn, suppressionText, TITLES } from "./groups";
import type { Threshold, Report, ReportedFinding, ReportedQuestion, ReportedPolicy } from "../report";

/**
 * JUnit's XML, as Azure DevOps, GitLab and Jenkins read it. A policy is a suite. A finding is a test that fails where it
 * counts against the threshold, so that the tests fail where the command does; all other findings, and what could not be
 * decided, are skipped, with the reason. A policy that ran and has nothing to say is a test that passes.
 */
export function junit(report: Report): string {
    const suites = [runSuite(report), ...policySuites(report)];
    const chunks: string[] = [];
    // Written as it is put together: a tree of many findings would take several times the memory of the text.
    const xml = createCB({ prettyPrint: true, data: (chunk: string) => chunks.push(chunk) });
    xml.dec({ version: "1.0", encoding: "UTF-8" });
    xml.ele("testsuites", { name: report.tool.name, ...counts(suites.flatMap(({ cases }) => cases)) });
    for (const { name, cases } of suites) {
        xml.ele("testsuite", { name, ...counts(cases) });
        unique(cases).forEach((each) => writeCase(xml, name, each));
        xml.up();
    }
    xml.end();
    return `${chunks.join("").replace(FORBIDDEN, "\ufffd")}\n`;
}

/** What XML 1.0 cannot hold, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

function writeCase(xml: XMLBuilderCB, classname: string, { name, file, outcome, output }: Case): void {
    xml.ele("testcase", { name, classname, ...(file === undefined ? {} : { file }) });
    if (outcome.kind !== "passed") {
        const { kind, message, type, text } = outcome;
        xml.ele(kind, { message, ...(type === undefined ? {} : { type }) });
        if (text !== undefined) {
            xml.txt(text);
        }
        xml.up();
    }
    if (output !== undefined) {
        xml.ele("system-out").txt(output).up();
    }
    xml.up();
}

interface Suite {
    readonly name: string;
    readonly cases: readonly Case[];
}

interface Case {
    /** The same from run to run: Azure DevOps and GitLab compare names to tell new failures from earlier ones. */
    readonly name: string;
    readonly file?: string;
    readonly outcome: Outcome;
    readonly output?: string;
}

type Outcome = { readonly kind: "passed" } | SourcedEntry;

interface SourcedEntry {
    readonly kind: "failure" | "error" | "skipped";
    /** One line. */
    readonly message: string;
    /** `mandatory` and the like. */
    readonly type?: string;
    readonly text?: string;
}

const PASSED: Outcome = { kind: "passed" };

function counts(cases: readonly Case[]): Readonly<Record<"tests" | "failures" | "errors" | "skipped", number>> {
    const number = (kind: Outcome["kind"]): number => cases.filter(({ outcome }) => outcome.kind === kind).length;
    return { tests: cases.length, failures: number("failure"), errors: number("error"), skipped: number("skipped") };
}

/** Names that stand twice in a suite get their ordinal. */
function unique(cases: readonly Case[]): readonly Case[] {
    const seen = new Map<string, number>();
    return cases.map((each) => {
        const before = seen.get(each.name) ?? 0;
        seen.set(each.name, before + 1);
        return before === 0 ? each : { ...each, name: `${each.name} (${before + 1})` };
    });
}

/** The run itself: it passes only where everything could be looked at that was to be. */
function runSuite({ tool, subject, failures, missing, lookedAt: inspected, verdict }: Report): Suite {
    const sentence = singleLine(verdict.sentence);
    const broken = failures.length > 0 ? failures.map(singleLine) : verdict.exitCode > 1 ? [sentence] : [];
    const run: Case = {
        name: singleLine(subject),
        outcome:
            broken.length > 0
                ? {
                      kind: "error",
                      message: broken[0] ?? "",
                      type: `exit code ${verdict.exitCode}`,
                      text: broken.join("\n"),
                  }
                : PASSED,
        output: [...inspectedLines(inspected).map(singleLine), sentence].join("\n"),
    };
    const notInspected = missing.map((text): Case => ({
        name: TITLES.missing,
        outcome: { kind: "skipped", message: singleLine(text) },
    }));
    return { name: tool.name, cases: [run, ...notInspected] };
}

function policySuites(report: Report): readonly Suite[] {
    const { findings, undecided, rules, verdict } = report;
    const suites = new Map<string, Case[]>(rules.map(({ policy }) => [policy, []]));
    const add = (policy: string, each: Case): void => pushTo(suites, policy, each);
    const policies = new Map(rules.map(({ id, policy }) => [id, policy]));
    const spoken = new Set([...findings, ...undecided].map(({ rule }) => rule));
    findings.forEach((finding) => add(finding.policy, ofFinding(finding, report)));
    undecided.forEach((open) => add(policies.get(open.rule) ?? "undecided", ofOpenFinding(open, verdict.bar)));
    rules.filter(({ id }) => !spoken.has(id)).forEach((policy) => add(policy.policy, ofQuietPolicy(policy)));
    return [...suites].map(([name, cases]) => ({ name, cases }));
}

function ofQuietPolicy({ id, finds }: ReportedPolicy): Case {
    return { name: `${id} ${singleLine(finds)}`, outcome: PASSED };
}

function ofFinding(finding: ReportedFinding, report: Report): Case {
    const threshold = report.verdict.bar;
    const { rule: policyId, urn, name, stack, level, severity, message, location } = finding;
    const subject = urn === undefined ? name : resourceIn(urn);
    const text = formatMessage(referenceIn(report, finding), message);
    const each = {
        name: singleLine(`${policyId} ${subject}${stack === undefined ? "" : ` in ${stack}`}`),
        ...(location === undefined ? {} : { file: location.file }),
    };
    const reason = reasonToSkip(finding, threshold);
    return reason === undefined
        ? {
              ...each,
              outcome: {
                  kind: "failure",
                  message: singleLine(message.headline),
                  type: `${level}, severity ${severity}`,
                  text,
              },
          }
        : { ...each, outcome: { kind: "skipped", message: singleLine(reason) }, output: text };
}

/** Undefined where the finding counts. */
function reasonToSkip(finding: ReportedFinding, threshold: Threshold): string | undefined {
    const { state, level, message } = finding;
    if (state === "suppressed") {
        return suppressionText(finding);
    }
    if (state === "known") {
        return `In the baseline: ${message.headline}`;
    }
    return isFailing(level, threshold)
        ? undefined
        : `Does not count (${level}, and the threshold is ${threshold}): ${message.headline}`;
}

function ofOpenFinding({ rule: policyId, urn, resource, property }: ReportedQuestion, threshold: Threshold): Case {
    const message = singleLine(`${TITLES.undecided}: ${property} of "${resource}" is not known.`);
    return {
        name: singleLine(`${policyId} ${urn === undefined ? resource : resourceIn(urn)}: ${property}`),
        outcome: isFailing("undecided", threshold)
            ? { kind: "failure", message, type: "undecided" }
            : { kind: "skipped", message },
    };
}

/** `web (azure-native:compute:VirtualMachine)`: unlike the name in the message, it does not change with what is known. */
function resourceIn(urn: Urn): string {
    const { name, type } = parseUrn(urn);
    return `${name} (${type})`;
}
