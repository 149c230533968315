/// <reference lib="dom" />
// What Mermaid itself makes of the diagram, in the version that forges use.
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";

import { estateDiagram } from "../../../src/cli/reports/estate-diagram";
import type { SummaryVm } from "../../../src/cli/estate-summary";
import { ALL_HOSTILE, HOSTILE } from "../../hostile-texts";
import { HOSTILE_NAME, richReport } from "./a-report";
import { startBrowser } from "./browser";
import { aVm, replicatedTo } from "./many-regions";

interface Mermaid {
    initialize(options: object): void;
    parse(text: string): Promise<object>;
    render(id: string, text: string): Promise<{ readonly svg: string }>;
}

declare const mermaid: Mermaid;

let browser: Browser;
let page: Page;

beforeAll(async () => {
    browser = await startBrowser();
    page = await browser.newPage();
    await page.setContent("<!doctype html><body></body>");
    await page.addScriptTag({ path: require.resolve("@mermaid-js/tiny") });
    await page.evaluate(() => mermaid.initialize({ startOnLoad: false, securityLevel: "strict" }));
});

afterAll(() => browser.close());

const textOf = (vms: readonly SummaryVm[]): string => estateDiagram(vms)!.lines.join("\n");

/** The texts of the nodes and of the edges, and what should not be in a drawing. */
async function drawn(text: string) {
    return page.evaluate(async (source) => {
        const { svg } = await mermaid.render("drawing", source);
        document.body.innerHTML = svg;
        const texts = (selector: string): readonly string[] =>
            [...document.querySelectorAll(selector)].map(({ textContent }) => textContent.trim());
        return {
            nodes: texts(".node .nodeLabel"),
            edges: texts(".edgeLabel .edgeLabel").filter((label) => label !== ""),
            foreign: document.body.querySelectorAll("script, img, a, b, i, ul, ol, details").length,
        };
    }, text);
}

test("draws regions and directions", async () => {
    expect(await drawn(textOf(richReport().picture!.machines))).toEqual({
        nodes: ["westeurope: 5 VMs", "northeurope", "Region not known yet: 1 VM"],
        edges: ["3 VMs", "1 VM failed over"],
        foreign: 0,
    });
});

const NAMES = [
    "end",
    "graph",
    "subgraph x",
    "click a",
    "style r1 fill:red",
    "%%{init: {}}%%",
    "1. list",
    "- list",
    "* list",
    "# heading",
    "**bold** `code`",
    "`code`",
    'a "quoted" name',
    "a]b[c(d)e{f}|g",
    "#35; &lt; &amp;",
    "<b>bold</b><img src=x onerror=alert(1)>",
    "$$x$$",
    "fa:fa-car",
    "---",
    "日本 🚀",
];

test.each(NAMES)("shows the name %s unchanged", async (name) => {
    const { nodes, foreign } = await drawn(textOf([aVm(name, replicatedTo("other"))]));
    expect(nodes).toContain(`${name}: 1 VM`);
    expect(foreign).toBe(0);
});

test.each([HOSTILE_NAME, ALL_HOSTILE])("draws a hostile name", async (name) => {
    const { nodes, edges, foreign } = await drawn(textOf([aVm(name, replicatedTo(`${name}x`), replicatedTo("other"))]));
    expect(nodes.length).toBeGreaterThanOrEqual(2);
    expect(edges).toEqual(["1 VM", "1 VM"]);
    expect(foreign).toBe(0);
});

test("can be parsed whatever the names", async () => {
    await fc.assert(
        fc.asyncProperty(fc.array(HOSTILE, { minLength: 2, maxLength: 6 }), async (names) => {
            const text = textOf(names.map((name, index) => aVm(name, replicatedTo(names[index - 1], index % 2 > 0))));
            expect(await page.evaluate((source) => mermaid.parse(source), text)).toMatchObject({
                diagramType: "flowchart-v2",
            });
        }),
        { numRuns: 100 },
    );
});

test("can be drawn however many regions there are", async () => {
    const vms = Array.from({ length: 3_000 }, (_, index) =>
        aVm(`r${index % 70}`, replicatedTo(`r${(index * 7) % 61}`)),
    );
    expect((await drawn(textOf(vms))).nodes).toHaveLength(50);
});
