// Looked at as a forge would show it: through a renderer of Markdown that lets HTML through and makes links of addresses.
import MarkdownIt from "markdown-it";
import * as fc from "fast-check";
import { markdown } from "../../../src/cli/reports/markdown";
import type { Report } from "../../../src/cli/report";
import { plain } from "../../../src/cli/reports/plain";
import { PAGES } from "../../../src/facts/page";
import { aFinding, aMessage, HOSTILE_NAME, hostileReport, richReport, urnOf } from "./a-report";

const renderer = new MarkdownIt({ html: true, linkify: true, breaks: true });
// No forge takes `osDisk.managedDisk.id` for an address.
renderer.linkify.set({ fuzzyLink: false });

function tagsIn(html: string): readonly string[] {
    return [...new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag = ""]) => tag))].sort();
}

/** The tags that this format writes itself, or that a renderer makes of its Markdown. */
const OWN_TAGS = tagsIn(renderer.render(markdown(richReport())));

/** Links that a renderer makes, by where they lead. */
function linksIn(html: string): readonly string[] {
    return [...html.matchAll(/href="([^"]*)"/g)].map(([, address = ""]) => address);
}

const withName = (name: string): Report => {
    const message = aMessage(name, {
        why: name,
        facts: [name],
        fix: {
            kind: "in order",
            intro: name,
            steps: [{ do: name, commands: [name], where: name, note: name }],
        },
        notes: [name],
        sources: [{ ...PAGES.DISKS_MISSING, title: name }],
    });
    const finding = aFinding("BCDR121", name, { urn: urnOf("a:b:C", name), message, stack: name });
    return {
        ...richReport(),
        subject: name,
        findings: [
            finding,
            { ...finding, state: "known" },
            { ...finding, state: "suppressed", exemption: { reason: name, expires: "2027-01-31" } },
        ],
        missing: [name],
        failures: [name],
        verdict: { ...richReport().verdict, sentence: name },
        picture: {
            ...richReport().picture!,
            machines: richReport().picture!.machines.map((vm, index) => ({
                ...vm,
                region: `${name}${index}`,
                protections: vm.protections.map((each) => ({ ...each, to: name })),
            })),
        },
    };
};

const expectHarmless = (report: Report): void => {
    const page = markdown(plain(report));
    const html = renderer.render(page);
    // Forges look for no mention and no reference in a block of code, and a command has to be what it is.
    const source = page.replace(/^ *(`{3,})sh\n[^]*?\n *\1$/gm, "");
    expect(tagsIn(html).filter((tag) => !OWN_TAGS.includes(tag))).toEqual([]);
    linksIn(html).forEach((address) =>
        expect(address).toMatch(
            /^https:\/\/github\.com\/azure-bcdr-guard\/.*\/BCDR\d{3}\.md$|^https:\/\/github\.com\/Azure\/terraform|^https:\/\/learn\.microsoft\.com\/azure\//,
        ),
    );
    expect([...html.matchAll(/<details>/g)].length).toBe([...html.matchAll(/<\/details>/g)].length);
    expect(source).not.toMatch(/@\w/);
    const outside = html.replace(/<pre><code[^]*?<\/code><\/pre>/g, "");
    const shown = outside.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)));
    expect(shown).not.toMatch(/@\w|#\d|\bGH-\d/);
};

test("its own tags are few", () => {
    expect(OWN_TAGS).toEqual(
        [
            "a",
            "code",
            "details",
            "h2",
            "h3",
            "h4",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "sub",
            "summary",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ].sort(),
    );
});

test("a hostile name makes no tag, no link, no mention and no reference", () => {
    expectHarmless(hostileReport());
    expectHarmless(withName(HOSTILE_NAME));
});

test.each([
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2) item",
    "> quote",
    "    code",
    "```",
    "~~~",
    "===",
    "---",
    "***",
    "* item",
    "| a | b |",
    "<details>",
    "</details>",
    "<!-- comment",
    "[a]: https://example.invalid",
    "![image](https://example.invalid/x.png)",
    "http://example.invalid www.example.invalid ftp://example.invalid user@example.invalid",
    "&commat;octocat &num;1 &lt;b&gt;",
    "octo/cat#12 octo@cafe GH-12",
    "\\",
    "$$x$$",
    ":tada:",
])("a name that begins a block or a reference: %s", (name) => {
    expectHarmless(withName(name));
});

test("any name is harmless", () => {
    const parts = fc.constantFrom(
        ..."<>`*_[]()|~#@!&;:/.-+= \\$\n1aG".split(""),
        "</details>",
        "www.",
        "https://",
        "GH-1",
    );
    fc.assert(
        fc.property(fc.array(parts, { minLength: 1, maxLength: 25 }), (pieces) => {
            expectHarmless(withName(`x${pieces.join("")}`));
            expectHarmless(withName(pieces.join("")));
        }),
        { numRuns: 150 },
    );
});

test("names are shown as they are", () => {
    const name = `a <b> & *c* _d_ [e](f) | g ~h~ $i$ #j \`k\` \\l "m" 'n'`;
    const html = renderer.render(markdown(withName(name)));
    const text = html
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&");
    expect(text).toContain(`<li>${name}</li>`);
});

describe("the diagram of regions", () => {
    const manyRegions = (): Report => {
        const [, , erp] = richReport().picture!.machines;
        const machines = Array.from({ length: 80 }, (_, index) => ({ ...erp!, region: `region-${index}` }));
        return { ...richReport(), picture: { ...richReport().picture!, machines } };
    };

    test("comes after what to act on, and before what is folded", () => {
        const page = markdown(richReport());
        expect(page).toContain("### Regions and replication\n\n```mermaid\ngraph LR\n");
        const [act, diagram, folded] = ["### Mandatory", "```mermaid", "<details><summary>Undecided"].map((text) =>
            page.indexOf(text),
        );
        expect(act).toBeLessThan(diagram!);
        expect(diagram).toBeLessThan(folded!);
    });

    test("is left out where nothing is replicated, and where no picture exists", () => {
        const { picture } = richReport();
        const machines = picture!.machines.map((vm) => ({ ...vm, protections: [] }));
        expect(markdown({ ...richReport(), picture: { ...picture!, machines } })).not.toContain("mermaid");
        expect(markdown({ ...richReport(), picture: undefined })).not.toContain("mermaid");
    });

    test("is folded where it cannot show every region", () => {
        expect(markdown(manyRegions())).toContain(
            "<details><summary>Regions and replication</summary>\n\n```mermaid\ngraph LR\n",
        );
    });

    test("counts against the length of the page", () => {
        const whole = markdown(manyRegions());
        const page = markdown(manyRegions(), { maximumLength: Buffer.byteLength(whole) - 2_000 });
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(Buffer.byteLength(whole) - 2_000);
        expect(page).not.toContain("mermaid");
        expect(page).toMatch(/\*\*Left out, because this page may not be longer:\*\*.* 1 diagram of regions/);
    });
});

describe("a page that is too long", () => {
    const finding = (index: number) =>
        aFinding("BCDR121", `web-${index}`, {
            urn: urnOf("a:b:C", `web-${index}`),
            message: aMessage(`VM "web-${index}" is broken.`),
        });
    const long = (count: number): Report => ({
        ...richReport(),
        findings: Array.from({ length: count }, (_, index) => finding(index)),
    });

    test.each([2_000, 5_000, 20_000, 65_000])(
        "is cut to %d bytes after a whole finding, and says how many are left out",
        (maximumLength) => {
            const page = markdown(long(1_000), { maximumLength });
            expect(Buffer.byteLength(page)).toBeLessThanOrEqual(maximumLength);
            const reported = [...page.matchAll(/^#### /gm)].length;
            expect(page).toContain(
                `**Left out, because this page may not be longer:** ${1_000 - reported} mandatory findings, 1 fixed findings`,
            );
            expect([...page.matchAll(/<details>/g)].length).toBe([...page.matchAll(/<\/details>/g)].length);
            expect(page).toMatch(/\.\n$/);
        },
    );

    test("may be as long as a comment on GitHub without being told so", () => {
        expect(markdown(long(1_000)).length).toBeLessThanOrEqual(65_000);
        expect(markdown(long(1_000)).length).toBeGreaterThan(60_000);
    });

    test("is not cut where it fits", () => {
        expect(markdown(long(20))).not.toContain("Left out");
        expect([...markdown(long(1_000), { maximumLength: 1_000_000 }).matchAll(/^#### /gm)]).toHaveLength(1_000);
    });

    test("keeps its verdict, whatever the length of that", () => {
        const page = markdown({
            ...richReport(),
            subject: "s".repeat(100_000),
            verdict: { ...richReport().verdict, sentence: "<".repeat(100_000) },
        });
        expect(Buffer.byteLength(page)).toBeLessThanOrEqual(65_000);
        expect(page).toContain("| 2 | 2 | 1 | 23 | 1 | 1 |");
    });
});

test("no name begins a line with a slash, which GitLab would obey", () => {
    expect(markdown(plain(withName("/close")))).not.toMatch(/^\//m);
});

test("a page for a comment has the marker in its first line, and says where the rest is if it is cut", () => {
    const findings = Array.from({ length: 40 }, (_, index) => ({ ...richReport().findings[0]!, name: `vm-${index}` }));
    const options = { maximumLength: 20_000, marker: "<!-- mine -->", link: "https://example.com/run?a=1" };
    const page = markdown({ ...richReport(), findings }, options);
    expect(page).toMatch(/^<!-- mine -->\n## azure-bcdr-guard: /);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(20_000);
    const shown = page.match(/^#### /gm)?.length ?? 0;
    expect(page).toContain(`not be longer:** ${40 - shown} mandatory findings, `);
    expect(page).toMatch(/\. \[The run\]\(<https:\/\/example\.com\/run\?a=1>\) has the whole report\.\n$/);
    expect(markdown(richReport(), { link: options.link })).not.toContain("example.com");
});
