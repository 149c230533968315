// UPDATE_EXPECTED=1 writes the pages into fixtures/html, to be read before they are kept.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { htmlReport } from "../../../src/cli/reports/html";
import { CONTRASTS, DARK, LIGHT } from "../../../src/cli/reports/html/colours";
import { html, link, Markup } from "../../../src/cli/reports/html/markup";
import type { Report } from "../../../src/cli/report";
import { cleanReport, REPORTS, richReport } from "./a-report";
import { contrast } from "./contrast";
import { largeReport } from "./large-reports";

const FIXTURES = path.join(__dirname, "fixtures", "html");

/** The page without its style, which is the same for all. */
function withoutStyle(page: string): string {
    return page.replace(/<style>[^]*<\/style>/, "<style>…</style>").replace(/sha256-[^&]+/g, "sha256-…");
}

test.each(Object.entries(REPORTS))("the page of the %s report is as expected", (name, report) => {
    const page = withoutStyle(htmlReport(report));
    const file = path.join(FIXTURES, `${name}.html`);
    if (process.env["UPDATE_EXPECTED"]) {
        mkdirSync(FIXTURES, { recursive: true });
        writeFileSync(file, page);
    }
    expect(page).toBe(readFileSync(file, "utf8"));
});

describe("text that goes into a page", () => {
    test.each([
        ["a tag", "</style><script>", "&lt;/style&gt;&lt;script&gt;"],
        ["quotes", `"'`, "&quot;&#39;"],
        ["what is escaped already", "&amp;", "&amp;amp;"],
        ["line breaks", "a\r\n\tb\u2028c", "a b c"],
        ["control characters", "\u001b[31m\u0000", "[U+001B][31m[U+0000]"],
        ["what turns the writing around", "\u202ea\u2066b", "[U+202E]a[U+2066]b"],
        ["half a character, and none", "\ud800\ufffe", "\ufffd\ufffd"],
    ])("is harmless: %s", (_, text, expected) => {
        expect(html`<b title="${text}">${text}</b>`.text).toBe(`<b title="${expected}">${expected}</b>`);
    });

    test("is escaped in lists, too, and what is a piece of a page is not", () => {
        expect(html`${["<", html`<i>${"&"}</i>`, [1, undefined, false]]}`.text).toBe("&lt;<i>&amp;</i>1");
        expect(html`${new Markup("<br>")}`.text).toBe("<br>");
    });

    test.each([
        ["https://example.org/a?b=c&d", '<a href="https://example.org/a?b=c&amp;d" rel="noopener noreferrer">x</a>'],
        ["javascript:alert(1)", "x"],
        ["http://example.org/", "x"],
        ['https://example.org/"onclick="', "x"],
    ])("leads to %s only where that is a page", (address, expected) => {
        expect(link(address, "x").text).toBe(expected);
    });
});

describe.each([
    ["light", LIGHT],
    ["dark", DARK],
])("the %s colours", (_, colours) => {
    test.each(CONTRASTS.flatMap(({ of, on, atLeast }) => on.map((ground) => [of, ground, atLeast] as const)))(
        "let people see %s on %s: at least %d to 1",
        (of, ground, atLeast) => {
            expect(contrast(colours[of], colours[ground])).toBeGreaterThanOrEqual(atLeast);
        },
    );
});

test("the contrast of known pairs is what it is known to be", () => {
    expect(contrast("#000000", "rgb(255, 255, 255)")).toBeCloseTo(21, 5);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test("VMs that share a template's URN get their findings by name", () => {
    const rich = richReport();
    const [first, second, ...others] = rich.picture!.machines;
    const urn = first!.urn;
    const report: Report = {
        ...rich,
        picture: { ...rich.picture!, machines: [{ ...second!, urn, name: "other" }, first!, ...others] },
    };
    const page = htmlReport(report);
    const card = page.slice(page.indexOf('id="machine-2"'), page.indexOf('id="machine-1"'));
    expect(card).toContain(rich.findings[0]!.message.headline.slice(0, 3));
    expect(card).toContain("finding-1");
});

test("rules that ran and found nothing are told, too", () => {
    const rich = richReport();
    const page = htmlReport({ ...rich, findings: rich.findings.slice(0, 1) });
    expect(page).toContain(`${rich.rules.length - 1} policies without findings`);
    expect(htmlReport({ ...cleanReport(), rules: rich.rules })).toContain(
        `${rich.rules.length} policies without findings`,
    );
});

test("an exit code other than 0 never looks passed", () => {
    for (const exitCode of [1, 2, 3, 4] as const) {
        const page = htmlReport({ ...cleanReport(), verdict: { exitCode, bar: "never", sentence: "So it is." } });
        expect(page).toContain('class="verdict blocked"');
        expect(page).not.toContain("Passed");
    }
    expect(htmlReport(cleanReport())).toContain('class="verdict passed"');
});

test("a page of 2,000 VMs with as many findings is there in no time, folded", () => {
    const started = performance.now();
    const page = htmlReport(largeReport(2000, 2000));
    expect(performance.now() - started).toBeLessThan(4000);
    expect(page.length).toBeLessThan(10_000_000);
    expect(page).toContain("617 more VMs with findings");
    expect(htmlReport(largeReport(2000, 30))).toMatch(/657 VMs without findings: \d+ backed up and replicated/);
});
