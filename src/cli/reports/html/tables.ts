import { pushTo } from "../../../model/lists";
import type { Report, ReportedFinding, ReportedQuestion, ReportedPolicy } from "../../report";
import { TITLES, whyOpen } from "../groups";
import { levelBadge, type FindingsOnPage } from "./findings";
import { counted, html, link, type Content, type Markup } from "./markup";

/** More rows than these are folded. */
const MOST_ROWS = 20;

/** What was found, policy by policy, in the order of the findings. */
export function policyTable({ findings, rules: policies }: Report, onPage: FindingsOnPage): Content {
    const byPolicy = new Map<string, ReportedFinding[]>();
    findings.forEach((finding) => pushTo(byPolicy, finding.rule, finding));
    const finds = new Map<string, string>(policies.map((policy) => [policy.id, policy.finds]));
    const rows = [...byPolicy].map(
        ([policyId, those]) =>
            html`<tr>
                <td class="brief">
                    ${those.slice(0, 1).map((first) => html`<a href="#${onPage.anchorOf(first)}">${policyId}</a>`)}
                </td>
                <td class="brief">${those.slice(0, 1).map(({ level }) => levelBadge(level))}</td>
                <td>${finds.get(policyId)}</td>
                ${STATES.map((state) => numberCell(those, state))}
            </tr>`,
    );
    const quiet = policies.filter(({ id }) => !byPolicy.has(id));
    return (
        rows.length + quiet.length > 0 &&
        html`<section aria-labelledby="rules">
            <h2 id="rules">By policy</h2>
            ${onPage.areFolded && html`<p class="note">There are many findings, so their steps are folded: open those that you work on. Printing shows them all.</p>`}
            ${rows.length > 0 && table(["Policy", "Level", "Finds", "New", "Known", "Suppressed"], rows)}
            ${quiet.length > 0 && quietPolicies(quiet)}
        </section>`
    );
}

/** The policies that found nothing: without them, a page without findings would not show that anything ran. */
function quietPolicies(policies: readonly ReportedPolicy[]): Markup {
    const rows = policies.map(
        ({ id, finds, url }) =>
            html`<tr>
                <td class="brief">${link(url, id)}</td>
                <td>${finds}</td>
            </tr>`,
    );
    return html`<details class="fold">
        <summary>${counted(policies.length, "policy", "policies")} without findings</summary>
        ${table(["Policy", "Finds"], rows)}
    </details>`;
}

const STATES = ["new", "known", "suppressed"] as const;

function numberCell(findings: readonly ReportedFinding[], state: ReportedFinding["state"]): Markup {
    const number = findings.filter((each) => each.state === state).length;
    return number === 0
        ? html`<td class="number zero">–</td>`
        : html`<td class="number" data-head="${state}">${number}</td>`;
}

/** One row for each property that is not known, with all policies that wait for it. */
export function undecidedTable(report: Report): Content {
    const { undecided } = report;
    const questions = new Map<string, { policyIds: Set<string>; question: ReportedQuestion }>();
    for (const question of undecided) {
        const key = `${question.urn ?? ""}\n${question.resource}\n${question.property}`;
        const same = questions.get(key) ?? { policyIds: new Set<string>(), question };
        same.policyIds.add(question.rule);
        questions.set(key, same);
    }
    const rows = [...questions.values()].map(
        ({ policyIds, question }) =>
            html`<tr>
                <td class="brief">${[...policyIds].join(", ")}</td>
                <td>${question.resource}</td>
                <td><code>${question.property}</code></td>
                <td class="quiet">${whyOpen(question, report)}</td>
            </tr>`,
    );
    const all = table(["Policies", "Resource", "Not known yet", "Because"], rows);
    return (
        rows.length > 0 &&
        html`<section aria-labelledby="undecided">
            <h2 id="undecided">${TITLES.undecided}</h2>
            <p class="note">These are neither findings nor passes. Each is decided once the property is known.</p>
            ${
                rows.length > MOST_ROWS
                    ? html`<details class="fold">
                          <summary>${counted(rows.length, "property", "properties")} not known yet</summary>
                          ${all}
                      </details>`
                    : all
            }
        </section>`
    );
}

export function fixedTable({ gone }: Report): Content {
    const rows = gone.map(
        ({ rule: policyId, headline }) =>
            html`<tr>
                <td class="brief">${policyId}</td>
                <td>${headline}</td>
            </tr>`,
    );
    return (
        rows.length > 0 &&
        html`<section aria-labelledby="gone">
            <h2 id="gone">${TITLES.gone}</h2>
            <p class="note">They are in the baseline, and this run did not find them.</p>
            ${table(["Policy", "Finding"], rows)}
        </section>`
    );
}

/** On a narrow screen each row becomes a separate block. */
function table(heads: readonly string[], rows: readonly Markup[]): Markup {
    const isNumber = (head: string): boolean => STATES.some((state) => state === head.toLowerCase());
    return html`<div class="table">
        <table class="wide">
            <thead>
                <tr>
                    ${heads.map((head) =>
                        isNumber(head)
                            ? html`<th scope="col" class="number">${head}</th>`
                            : html`<th scope="col">${head}</th>`,
                    )}
                </tr>
            </thead>
            <tbody>
                ${rows}
            </tbody>
        </table>
    </div>`;
}
