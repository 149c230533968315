// UPDATE_EXPECTED=1 writes the pages into fixtures/html, to be read before they are kept.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { htmlReport } from "../../../src/cli/reports/html";
import { CONTRASTS, DARK, LIGHT } from "../../../src/cli/reports/html/colours";
import { html, link, Markup } from "../../../src/cli/reports/html/markup";
import type { SummaryVm } from "../../../src/cli/estate-summary";
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
    const card = page.slice(page.indexOf('id="vm-2"'), page.indexOf("</article></div></article>"));
    expect(card).toContain(rich.findings[0]!.message.headline.slice(0, 3));
    expect(card).toContain("finding-1");
});

describe("the order of the page", () => {
    /** The names on the cards, from top to bottom. */
    const cardsOf = (report: Report): readonly string[] =>
        [...htmlReport(report).matchAll(/<article class="card[^>]*>[^]*?<h3>[^]*?<span>([^<]*)<\/span>/g)].map(
            ([, name = ""]) => name,
        );
    const rich = richReport();
    const vault = rich.findings.find(({ rule }) => rule === "BCDR501")!;

    test("is that of the worst finding, whatever the region and whatever has it; then open, settled and clean", () => {
        expect(cardsOf(rich).slice(0, 8)).toEqual([
            "app", // mandatory, critical
            "erp-1", // mandatory, high
            "backup-westeurope", // advisory, medium, as the next one
            "this stack",
            "web-3", // known
            "erp-2", // suppressed
            "batch-1", // clean
            "elsewhere",
        ]);
    });

    test("begins with a vault where that has the worst finding", () => {
        const worst = { ...vault, level: "mandatory", severity: "critical" } as const;
        const report = { ...rich, findings: [...rich.findings.filter(({ rule }) => rule !== "BCDR121"), worst] };
        expect(cardsOf(report)[0]).toBe("backup-westeurope");
        const page = htmlReport(report);
        const first = page.slice(page.indexOf("Most urgent"), page.indexOf('class="counts"'));
        expect(first).toMatch(/href="#resource-\d">backup-westeurope</);
        expect(first).toContain("keeps deleted backups for 14 days only");
    });

    test("puts VMs with open questions before settled and clean ones", () => {
        const report = { ...rich, findings: rich.findings.filter(({ state }) => state !== "new") };
        // The question about "app", and "erp-1", of which not all is decided.
        expect(cardsOf(report).slice(0, 3)).toEqual(["app", "erp-1", "web-3"]);
        expect(htmlReport(report)).not.toContain("Most urgent");
    });

    test("keeps the findings of one VM together, the most urgent first", () => {
        const [first, second] = rich.findings;
        const page = htmlReport({
            ...rich,
            findings: [
                { ...second!, machine: first!.machine, severity: "low" },
                { ...first!, severity: "critical" },
            ],
        });
        expect(page.indexOf('id="finding-2"')).toBeLessThan(page.indexOf('id="finding-1"'));
        expect([...page.matchAll(/class="card concerned/g)]).toHaveLength(1);
    });

    test("goes by number within names", () => {
        const names = ["web-10", "web-9", "web-1"];
        const machines = names.map((name) => ({ ...rich.picture!.machines[4]!, id: name, urn: undefined, name }));
        const report = { ...cleanReport(), picture: { machines, vaults: [], recoveryPlans: [] } };
        expect(cardsOf(report)).toEqual(["web-1", "web-9", "web-10"]);
    });
});

describe("the picture of a VM's disks", () => {
    const rich = richReport();
    const app = rich.picture!.machines[0]!;
    const rowsOf = (vm: Partial<SummaryVm>): readonly string[] => {
        const picture = { machines: [{ ...app, ...vm }], vaults: [], recoveryPlans: [] };
        const [table = ""] =
            /<table class="compare">[^]*?<\/table>/.exec(htmlReport({ ...cleanReport(), picture })) ?? [];
        return [...table.matchAll(/<caption>[^]*?<\/caption>|<tr[^>]*>[^]*?<\/tr>/g)].map(([row]) =>
            row
                .replace(/<svg[^]*?<\/svg>/g, "")
                .replace(/<\/td>\s*<td>/g, " | ")
                .replace(/<[^>]+>/g, " ")
                .replace(/\s+/g, " ")
                .trim(),
        );
    };

    test("holds them against the list of its item", () => {
        expect(rowsOf({})).toEqual([
            "Disks: 1 attached only, 1 replicated only, 1 in both",
            "The VM has Site Recovery replicates",
            "app-os-restored OS disk restored | Not replicated",
            "app-data LUN 0 | app-data",
            "Not attached | app-os",
        ]);
    });

    test("shows what is unknown as unknown, and never as a difference", () => {
        const [os, data] = app.disks;
        expect(
            rowsOf({
                disks: [{ ...os!, restored: "maybe", replicated: "unknown" }, data!],
                listedOnly: { names: [], undecided: true },
            }),
        ).toEqual([
            "Disks: 1 not known yet, 1 in both",
            "The VM has Site Recovery replicates",
            "app-os-restored OS disk maybe restored | Not known yet",
            "app-data LUN 0 | app-data",
            "The list may hold more disks: not known yet",
        ]);
    });

    test.each<[string, Partial<SummaryVm>]>([
        ["both have the same", { disks: [{ ...app.disks[1]! }], listedOnly: { names: [], undecided: false } }],
        [
            "all that could differ is unknown",
            { disks: [{ ...app.disks[1]!, replicated: "unknown" }], listedOnly: undefined },
        ],
        ["the VM is not replicated", { disks: [{ ...app.disks[0]!, replicated: undefined }], listedOnly: undefined }],
    ])("is not drawn where %s", (_, vm) => {
        expect(rowsOf(vm)).toEqual([]);
    });

    test("folds disks without a difference where there are many", () => {
        const [os, data] = app.disks;
        const disks = [os!, ...Array.from({ length: 20 }, (_, lun) => ({ ...data!, name: `data-${lun}`, lun }))];
        expect(rowsOf({ disks })).toEqual([
            "Disks: 1 attached only, 1 replicated only, 20 in both",
            "The VM has Site Recovery replicates",
            "app-os-restored OS disk restored | Not replicated",
            "Not attached | app-os",
        ]);
        const picture = { machines: [{ ...app, disks }], vaults: [], recoveryPlans: [] };
        expect(htmlReport({ ...cleanReport(), picture })).toContain("20 more disks");
    });
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
    expect(page).toContain("1,950 more VMs");
    const quiet = htmlReport(largeReport(2000, 30));
    expect(quiet).toMatch(/<summary>329 VMs: 329 not known yet/);
    expect(quiet).toMatch(/<summary>1,641 VMs: \d+ backed up and replicated/);
});
