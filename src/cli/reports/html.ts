import { createHash } from "node:crypto";
import type { Report, RunVerdict } from "../report";
import { changesText, groupsOf, inspectedLines, TITLES } from "./groups";
import { cards } from "./html/cards";
import { estateSection, vaultsAndPlans } from "./html/estate";
import { FindingsOnPage, levelBadge } from "./html/findings";
import { icon } from "./html/icons";
import { counted, html, link, Markup, type Content } from "./html/markup";
import { SCRIPT } from "./html/script";
import { STYLE } from "./html/style";
import { standingOf, subjectsOf, type Standing, type Subject } from "./html/subjects";
import { fixedTable, policyTable, undecidedTable } from "./html/tables";

/** One page that needs nothing but itself, for people who would rather look than read. */
export function htmlReport(report: Report): string {
    const { tool, subject, findings, rules: policies, picture: summary } = report;
    const onPage = new FindingsOnPage(findings, policies);
    const subjects = subjectsOf(report);
    const vms = summary?.machines ?? [];
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
                ${top(report, subjects, onPage)}
                <main id="content" class="width">
                    ${alarm(report.failures)} ${gaps(report.missing)}
                    ${STANDINGS.map((standing) => cardSection(standing, subjects, onPage))}
                    ${vms.length > 0 && estateSection(vms)}
                    ${summary !== undefined && vaultsAndPlans(summary, subjects)} ${policyTable(report, onPage)}
                    ${undecidedTable(report)} ${fixedTable(report)}
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

/** The most urgent cards come first. */
const STANDINGS = ["act", "open", "settled", "clean"] as const;

const SECTIONS: Readonly<Record<Standing, string>> = {
    act: "To act on",
    open: "With open questions",
    settled: "Known, suppressed or excepted",
    clean: "VMs without findings",
};

function cardSection(standing: Standing, subjects: readonly Subject[], onPage: FindingsOnPage): Content {
    const those = subjects.filter((subject) => standingOf(subject) === standing);
    return (
        those.length > 0 &&
        html`<section aria-labelledby="${standing}">
            <h2 id="${standing}">${SECTIONS[standing]}</h2>
            ${cards(those, standing, onPage)}
        </section>`
    );
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

/** The outcome in a word or two: the verdict begins with it. */
function outcome({ sentence }: RunVerdict): string {
    return sentence.split(/[:,]/, 1).join("");
}

function top(report: Report, subjects: readonly Subject[], onPage: FindingsOnPage): Markup {
    const { tool, subject, verdict, findings, picture: summary } = report;
    const { mandatory, advisory, known, suppressed, excepted } = groupsOf(report);
    const passed = verdict.exitCode === 0;
    const plan = changesText(report);
    const extent = [...(plan === undefined ? [] : [`Plan: ${plan}.`]), ...inspectedLines(report.lookedAt)].join(" ");
    const standings = new Set(subjects.map(standingOf));
    const contents: readonly (readonly [string, string, boolean])[] = [
        ...STANDINGS.map((standing) => [standing, SECTIONS[standing], standings.has(standing)] as const),
        ["estate", "The estate", (summary?.machines.length ?? 0) > 0],
        ["vaults", "Vaults", (summary?.vaults.length ?? 0) > 0],
        ["plans", "Recovery plans", (summary?.recoveryPlans.length ?? 0) > 0],
        ["rules", "By policy", findings.length + report.rules.length > 0],
        ["undecided", TITLES.undecided, report.undecided.length > 0],
        ["gone", TITLES.gone, report.gone.length > 0],
    ];
    const entries = contents.filter(([, , exists]) => exists);
    const vmCount = summary?.machines.length ?? 0;
    return html`<header>
        <div class="width">
            <p class="tool">${tool.name} ${tool.version}</p>
            <h1>${subject}</h1>
            <p class="verdict ${passed ? "passed" : "blocked"}">
                ${icon(passed ? "check" : "cross")}<span>${verdict.sentence}</span>
            </p>
            ${mostUrgent(subjects, onPage)}
            <ul class="counts">
                ${tile(mandatory.length, "mandatory", "mandatory")} ${tile(advisory.length, "advisory", "advisory")}
                ${tile(report.undecided.length, "undecided", "undecided")}
                ${known.length > 0 && tile(known.length, "known", "settled")}
                ${suppressed.length > 0 && tile(suppressed.length, "suppressed", "settled")}
                ${excepted.length > 0 && tile(excepted.length, "excepted", "settled")}
                ${report.gone.length > 0 && tile(report.gone.length, "fixed", "settled")}
                ${vmCount > 0 && tile(vmCount, vmCount === 1 ? "VM" : "VMs", "settled")}
            </ul>
            ${entries.length > 1 && html`<nav class="contents" aria-label="On this page">${entries.map(([anchor, title]) => html`<a href="#${anchor}">${title}</a>`)}</nav>`}
            ${extent.length > 0 && html`<p class="changes">${extent}</p>`}
        </div>
    </header>`;
}

/** On the first screen of any device: what to begin with. */
function mostUrgent(subjects: readonly Subject[], onPage: FindingsOnPage): Content {
    const [subject] = subjects;
    const [finding] = subject?.findings ?? [];
    if (subject === undefined || finding?.state !== "new") {
        return undefined;
    }
    const { level, severity, message } = finding;
    const steps = message.fix.steps.length;
    const anchor = onPage.anchorOf(finding);
    return html`<section class="first" aria-label="Most urgent finding">
        <p class="meta">
            <b>Most urgent</b> ${levelBadge(level)} <span>severity ${severity}</span>
            <a href="#${subject.anchor}">${subject.vm !== undefined && "VM "}${subject.name}</a>
        </p>
        <p class="headline">${message.headline}</p>
        <p><a href="#${anchor}">${steps > 0 ? `What to do: ${counted(steps, "step")}` : "Why it matters"}</a></p>
    </section>`;
}

/** A tile at nought takes no accent: there is nothing to look for. */
function tile(number: number, label: string, kind: string): Markup {
    return html`<li class="${number > 0 ? kind : "settled"}">
        <b>${number.toLocaleString("en-US")}</b> <span>${label}</span>
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
