import type { Fix, Step } from "../../../advice/fix";
import type { Page } from "../../../facts/page";
import type { ReportedFinding, ReportedLevel, ReportedPolicy } from "../../report";
import { isExcepted, place, suppressionText } from "../groups";
import { html, link, type Content, type Markup } from "./markup";

/** With more findings than these, steps are folded, so that a page of two thousand findings can be looked through. */
const MOST_OPEN = 40;

/** Draws findings, each as an article with its steps as a checklist. */
export class FindingsOnPage {
    /** True where steps stand folded below their headlines. */
    readonly areFolded: boolean;
    private readonly policies: ReadonlyMap<string, ReportedPolicy>;
    private readonly numbers: ReadonlyMap<ReportedFinding, number>;

    constructor(findings: readonly ReportedFinding[], policies: readonly ReportedPolicy[]) {
        this.areFolded = findings.filter(({ state }) => state === "new").length > MOST_OPEN;
        this.policies = new Map(policies.map((policy) => [policy.id, policy]));
        this.numbers = new Map(findings.map((finding, index) => [finding, index + 1]));
    }

    anchorOf(finding: ReportedFinding): string {
        return `finding-${this.numbers.get(finding) ?? 0}`;
    }

    /** New findings are in full; known and suppressed ones are one line each, to be opened. */
    list(findings: readonly ReportedFinding[]): Markup {
        return html`<div class="findings">${findings.map((finding) => this.finding(finding))}</div>`;
    }

    private finding(finding: ReportedFinding): Markup {
        const { state, message, rule: policyId } = finding;
        const isFolded = state !== "new" || this.areFolded;
        const what = state === "new" ? "Why, and what to do" : `${policyId} in full`;
        return html`<article class="finding" id="${this.anchorOf(finding)}">
            ${this.meta(finding)}
            <h4>${message.headline}</h4>
            ${settledBecause(finding)}
            ${
                isFolded
                    ? html`<details class="settled">
                          <summary>${what}</summary>
                          ${body(finding)}
                      </details>`
                    : body(finding)
            }
        </article>`;
    }

    private meta(finding: ReportedFinding): Markup {
        const { rule: policyId, level, severity, state, stack, location } = finding;
        const url = this.policies.get(policyId)?.url;
        const where = place(location);
        return html`<p class="meta">
            ${state === "new" ? levelBadge(level) : html`<span class="badge">${isExcepted(finding) ? "excepted by Pulumi" : state}</span>`}
            ${url === undefined ? policyId : link(url, policyId)}
            <span>${state === "new" ? "" : `${level}, `}severity ${severity}</span>
            ${stack !== undefined && html`<span>in ${stack}</span>`}
            ${where !== undefined && html`<span>${where}</span>`}
        </p>`;
    }
}

export function levelBadge(level: ReportedLevel): Markup {
    return level === "mandatory"
        ? html`<span class="badge mandatory">mandatory</span>`
        : html`<span class="badge advisory">advisory</span>`;
}

function settledBecause(finding: ReportedFinding): Content {
    if (finding.state === "suppressed") {
        return html`<p class="why quiet">${suppressionText(finding)}</p>`;
    }
    return finding.state === "known" && html`<p class="why quiet">It is in the baseline, so it does not count.</p>`;
}

function body({ message }: ReportedFinding): Markup {
    const { why, facts = [], fix, notes = [], sources } = message;
    return html`${why !== "" && html`<p class="why">${why}</p>`}
    ${
        facts.length > 0 &&
        html`<ul class="lines">
            ${facts.map((line) => html`<li>${line}</li>`)}
        </ul>`
    }
    ${fix.steps.length > 0 && checklist(fix)} ${notes.map((note) => html`<p class="why">${note}</p>`)}
    ${sources.map((source) => html`<p class="source">Source: ${citation(source)}</p>`)}`;
}

function citation({ title, publisher, date, address }: Page): Markup {
    return html`${link(address, title)}, ${publisher}${date === undefined ? "" : `, ${date}`}`;
}

function checklist({ kind, intro, steps }: Fix): Markup {
    return html`<p class="occasion">${intro}</p>
        <ol class="steps">
            ${steps.map((step, index) => checklistItem(step, kind === "in order" ? `${index + 1}.` : "–"))}
        </ol>`;
}

/** Commands stand outside of the label: to select one must not tick the step off. */
function checklistItem({ do: text, commands = [], where, note }: Step, mark: string): Markup {
    return html`<li>
        <label><input type="checkbox" /><span class="number">${mark}</span> <span class="step">${text}</span></label>
        ${commands.map(
            (command) =>
                html`<div class="command">
                    <code>${command}</code><button type="button" class="copy" hidden>Copy</button>
                </div>`,
        )}
        ${where !== undefined && html`<p class="where">where: <code>${where}</code></p>`}
        ${note !== undefined && html`<p class="note">${note}</p>`}
    </li>`;
}
