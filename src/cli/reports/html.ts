import { createHash } from "node:crypto";
import { pushTo } from "../../model/lists";
import type { EstateSummary, SummaryVm } from "../estate-summary";
import type { Report, ReportedFinding, RunVerdict } from "../report";
import { changesText, inspectedLines, TITLES } from "./groups";
import { estateSection, vaultsAndPlans } from "./html/estate";
import { FindingsOnPage } from "./html/findings";
import { icon } from "./html/icons";
import type { VmOnPage } from "./html/vms";
import { html, link, Markup, type Content } from "./html/markup";
import { SCRIPT } from "./html/script";
import { STYLE } from "./html/style";
import { fixedTable, policyTable, undecidedTable } from "./html/tables";

/** One page that needs nothing but itself, for people who would rather look than read. */
export function htmlReport(report: Report): string {
    const { tool, subject, findings, rules: policies, picture: summary } = report;
    const onPage = new FindingsOnPage(findings, policies);
    const vms = vmsOnPage(summary, findings);
    const placed = new Set(vms.flatMap((vm) => vm.findings));
    const others = findings.filter((finding) => !placed.has(finding));
    return html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="referrer" content="no-referrer" />
                <meta name="color-scheme" content="light dark" />
                <title>${outcome(report.verdict)}: ${subject}, ${tool.name}</title>
                ${STYLE_ELEMENT}
            </head>
            <body>
                <a class="skip" href="#content">Skip to the content</a>
                ${top(report, vms, others)}
                <main id="content" class="width">
                    ${alarm(report.failures)} ${gaps(report.missing)} ${policyTable(report, onPage)}
                    ${vms.length > 0 && estateSection(vms, onPage)} ${otherFindings(others, onPage, vms.length > 0)}
                    ${summary !== undefined && vaultsAndPlans(summary, vms)} ${undecidedTable(report)}
                    ${fixedTable(report)}
                </main>
                <footer>
                    <div class="width">
                        ${link(tool.url, tool.name)} ${tool.version}. This page loads nothing and stores nothing: it
                        forgets your ticks when you close it.
                    </div>
                </footer>
                ${SCRIPT_ELEMENT}
            </body>
        </html> `.text;
}

/** Put together here: the policy's hash is of the text between the tags, to the last blank. */
const STYLE_ELEMENT = new Markup(`<style>${STYLE}</style>`);

const SCRIPT_ELEMENT = new Markup(`<script>${SCRIPT}</script>`);

const hashed = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const POLICY = [
    "default-src 'none'",
    `style-src ${hashed(STYLE)}`,
    `script-src ${hashed(SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
].join("; ");

/** Every VM with the findings that concern it. VMs of one template share a URN; then the name decides. */
function vmsOnPage(summary: EstateSummary | undefined, findings: readonly ReportedFinding[]): readonly VmOnPage[] {
    const vms = summary?.machines ?? [];
    const byUrn = new Map<string, SummaryVm[]>();
    for (const vm of vms) {
        if (vm.urn !== undefined) {
            pushTo(byUrn, vm.urn, vm);
        }
    }
    const findingsOf = new Map<string, ReportedFinding[]>();
    for (const finding of findings) {
        const those = byUrn.get(finding.machine ?? finding.urn ?? "") ?? [];
        const vm = those.length === 1 ? those[0] : those.find(({ name }) => name === finding.name);
        if (vm !== undefined) {
            pushTo(findingsOf, vm.id, finding);
        }
    }
    return vms.map((vm, index) => ({
        vm,
        anchor: `machine-${index + 1}`,
        findings: findingsOf.get(vm.id) ?? [],
    }));
}

/** The outcome in a word or two: the verdict begins with it. */
function outcome({ sentence }: RunVerdict): string {
    return sentence.split(/[:,]/, 1).join("");
}

function top(report: Report, vms: readonly VmOnPage[], others: readonly ReportedFinding[]): Markup {
    const { tool, subject, verdict, findings, picture: summary } = report;
    const passed = verdict.exitCode === 0;
    const count = (state: ReportedFinding["state"], level?: string): number =>
        findings.filter((each) => each.state === state && (level === undefined || each.level === level)).length;
    const plan = changesText(report);
    const contents: readonly (readonly [string, string, boolean])[] = [
        ["rules", "By policy", findings.length + report.rules.length > 0],
        ["estate", "The estate", vms.length > 0],
        ["others", vms.length > 0 ? "Other findings" : "Findings", others.length > 0],
        ["vaults", "Vaults", (summary?.vaults.length ?? 0) > 0],
        ["plans", "Recovery plans", (summary?.recoveryPlans.length ?? 0) > 0],
        ["undecided", TITLES.undecided, report.undecided.length > 0],
        ["gone", TITLES.gone, report.gone.length > 0],
    ];
    const entries = contents.filter(([, , isThere]) => isThere);
    return html`<header>
        <div class="width">
            <p class="tool">${tool.name} ${tool.version}</p>
            <h1>${subject}</h1>
            <p class="verdict ${passed ? "passed" : "blocked"}">
                ${icon(passed ? "check" : "cross")}<span>${verdict.sentence}</span>
            </p>
            <ul class="counts">
                ${tile(count("new", "mandatory"), "new, mandatory", "mandatory")}
                ${tile(count("new", "advisory"), "new, advisory", "advisory")}
                ${tile(report.undecided.length, "undecided", "undecided")}
                ${count("known") > 0 && tile(count("known"), "known", "settled")}
                ${count("suppressed") > 0 && tile(count("suppressed"), "suppressed", "settled")}
                ${report.gone.length > 0 && tile(report.gone.length, "gone", "settled")}
                ${vms.length > 0 && tile(vms.length, vms.length === 1 ? "VM" : "VMs", "settled")}
            </ul>
            ${plan !== undefined && html`<p class="changes">Plan: ${plan}</p>`}
            ${inspectedLines(report.lookedAt).map((line) => html`<p class="changes">${line}</p>`)}
            ${entries.length > 1 && html`<nav class="contents" aria-label="On this page">${entries.map(([anchor, title]) => html`<a href="#${anchor}">${title}</a>`)}</nav>`}
        </div>
    </header>`;
}

/** A tile at nought takes no accent: there is nothing to look for. */
function tile(number: number, label: string, kind: string): Markup {
    return html`<li class="${number > 0 ? kind : "settled"}">
        <b>${number.toLocaleString("en-US")}</b><span>${label}</span>
    </li>`;
}

function alarm(failures: readonly string[]): Content {
    return (
        failures.length > 0 &&
        html`<section class="alarm" aria-labelledby="failures">
            <h2 id="failures">${TITLES.failures}</h2>
            <ul>
                ${failures.map((line) => html`<li>${line}</li>`)}
            </ul>
        </section>`
    );
}

function gaps(missing: readonly string[]): Content {
    return (
        missing.length > 0 &&
        html`<section class="gap" aria-labelledby="missing">
            <h2 id="missing">${TITLES.missing}</h2>
            <ul>
                ${missing.map((line) => html`<li>${line}</li>`)}
            </ul>
        </section>`
    );
}

function otherFindings(others: readonly ReportedFinding[], onPage: FindingsOnPage, besideVms: boolean): Content {
    return (
        others.length > 0 &&
        html`<section aria-labelledby="others">
            <h2 id="others">${besideVms ? "Other findings" : "Findings"}</h2>
            ${besideVms && html`<p class="note">They concern no VM, or one that is not seen here.</p>`}
            <div class="apart">${onPage.list(others, 3)}</div>
        </section>`
    );
}
