/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The page in a real browser: what it looks like, what it asks for, what a keyboard and a printer make of it.
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { summaryOf } from "../../../src/cli/summary-of-estate";
import type { Report } from "../../../src/cli/report";
import { htmlReport } from "../../../src/cli/reports/html";
import { estateOf } from "../../harness/estate-of";
import { roundOf } from "../../harness/phases";
import { removeScratchFolders, scratchFolder } from "../../dev/offline/scratch";
import { changed } from "../../reference-estates/change";
import { FAULTS } from "../../reference-estates/faults";
import { landingZone } from "../../reference-estates/landing-zone";
import { aFinding, aMessage, REPORTS, richReport } from "./a-report";
import { startBrowser } from "./browser";
import { contrast } from "./contrast";
import { largeReport } from "./large-reports";

const WIDTHS = [1280, 400] as const;
const SCHEMES = ["light", "dark"] as const;

/** A real estate, with a finding on every other VM. */
function landingZoneReport(): Report {
    const program = FAULTS.reduce((before, { change }) => changed(before, change), landingZone());
    const summary = summaryOf(estateOf(roundOf(program, "exported state")));
    const { message } = richReport().findings[0]!;
    const findings = summary.machines
        .filter((_, index) => index % 2 === 0)
        .map(({ name, urn }) => aFinding("BCDR121", name, { urn, machine: urn, message }));
    return { ...richReport(), findings, picture: summary };
}

/** Names of 80 characters without a place to break them. */
function longNamesReport(): Report {
    const long = (name: string): string => name.padEnd(80, "x");
    const rich = richReport();
    const { machines: vms, vaults, recoveryPlans } = rich.picture!;
    return {
        ...rich,
        subject: long("subject"),
        findings: rich.findings.map((finding) => ({ ...finding, message: aMessage(`VM "${long("m")}" fails.`) })),
        undecided: rich.undecided.slice(0, 5).map((open) => ({ ...open, resource: long("r"), property: long("p") })),
        picture: {
            machines: vms.map((vm) => ({
                ...vm,
                name: long(vm.name),
                region: long("region"),
                disks: vm.disks.map((disk) => ({ ...disk, name: long(disk.name) })),
                listedOnly: vm.listedOnly && { ...vm.listedOnly, names: vm.listedOnly.names.map(long) },
                protections: vm.protections.map((each) => ({
                    ...each,
                    name: long("i"),
                    to: long("t"),
                    vaultName: long("v"),
                })),
            })),
            vaults: vaults.map((vault) => ({ ...vault, name: long(vault.name), region: long("region") })),
            recoveryPlans: recoveryPlans.map((plan) => ({ ...plan, name: long(plan.name) })),
        },
    };
}

const PAGES: Readonly<Record<string, Report>> = {
    ...REPORTS,
    "landing zone": landingZoneReport(),
    "long names": longNamesReport(),
    large: largeReport(300, 60),
};

let browser: Browser;
const files = new Map<string, string>();

beforeAll(async () => {
    browser = await startBrowser();
    const folder = scratchFolder();
    for (const [name, report] of Object.entries(PAGES)) {
        const file = path.join(folder, `${name.replace(" ", "-")}.html`);
        writeFileSync(file, htmlReport(report));
        files.set(name, file);
    }
});

afterAll(async () => {
    await browser.close();
    removeScratchFolders();
});

interface Visit {
    readonly page: Page;
    /** What the page asked for, said, or asked the person. */
    readonly requests: readonly string[];
    readonly messages: readonly string[];
}

async function visit(
    name: string,
    options: BrowserContextOptions,
    inspection: (visit: Visit) => Promise<void>,
): Promise<void> {
    const context = await browser.newContext(options);
    try {
        const page = await context.newPage();
        const requests: string[] = [];
        const messages: string[] = [];
        page.on("request", (request) => requests.push(request.url()));
        page.on("console", (message) => messages.push(message.text()));
        page.on("pageerror", ({ message }) => messages.push(message));
        page.on("dialog", (dialog) => {
            messages.push(dialog.message());
            void dialog.dismiss();
        });
        await page.goto(`file://${files.get(name)!}`);
        await inspection({ page, requests, messages });
    } finally {
        await context.close();
    }
}

const EVERYWHERE = Object.keys(PAGES).flatMap((name) =>
    SCHEMES.flatMap((colorScheme) => WIDTHS.map((width) => [name, colorScheme, width] as const)),
);

test.each(EVERYWHERE)(
    "%s, %s, %d pixels wide: asks for nothing, fits, can be read",
    async (name, colorScheme, width) => {
        await visit(name, { colorScheme, viewport: { width, height: 900 } }, async ({ page, requests, messages }) => {
            expect(requests).toEqual([`file://${files.get(name)!}`]);
            expect(messages).toEqual([]);
            expect(await overflowing(page, width)).toEqual([]);
            const unreadable = (await textColours(page)).filter(
                ({ colour, ground, isLarge }) => contrast(colour, ground) < (isLarge ? 3 : 4.5),
            );
            expect(unreadable).toEqual([]);
        });
    },
);

/** What stands out of the window on either side, itself visible. */
function overflowing(page: Page, width: number): Promise<readonly string[]> {
    return page.evaluate((right) => {
        const beyond = [...document.querySelectorAll("body *")].filter((element) => {
            const { left, right: end, width: own } = element.getBoundingClientRect();
            const isHidden = element.closest(".skip, thead") !== null || !element.checkVisibility();
            return own > 0 && !isHidden && (end > right + 1 || left < -1);
        });
        const isWide = document.documentElement.scrollWidth > right;
        return [...(isWide ? ["the page itself"] : []), ...beyond.map(({ outerHTML }) => outerHTML.slice(0, 120))];
    }, width);
}

interface TextColour {
    readonly text: string;
    readonly colour: string;
    readonly ground: string;
    readonly isLarge: boolean;
}

/** The colour of each visible text, and of what it stands on. */
function textColours(page: Page): Promise<readonly TextColour[]> {
    return page.evaluate(() => {
        const found = new Map<string, TextColour>();
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode() !== null) {
            const text = texts.currentNode.textContent?.trim() ?? "";
            const element = texts.currentNode.parentElement!;
            if (text !== "" && element.checkVisibility()) {
                let ground: Element | null = element;
                while (ground !== null && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") {
                    ground = ground.parentElement;
                }
                const { color, fontSize, fontWeight } = getComputedStyle(element);
                const pixels = parseFloat(fontSize);
                const isLarge = pixels >= 24 || (pixels >= 18.66 && Number(fontWeight) >= 700);
                const colours = { colour: color, ground: getComputedStyle(ground!).backgroundColor, isLarge };
                found.set(JSON.stringify(colours), { text, ...colours });
            }
        }
        return [...found.values()];
    });
}

test.each(Object.keys(PAGES))("%s: is in order for those who do not see it", async (name) => {
    await visit(name, {}, async ({ page }) => {
        const outline = await page.evaluate(() => ({
            language: document.documentElement.lang,
            title: document.title,
            landmarks: ["header", "main", "footer"].map((each) => document.querySelectorAll(`body > ${each}`).length),
            headings: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map(({ tagName }) => Number(tagName[1])),
            ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
            targets: [...document.querySelectorAll("a[href^='#']")].map((each) => each.getAttribute("href")!.slice(1)),
            labels: [...document.querySelectorAll("[aria-labelledby]")].map(
                (each) => document.getElementById(each.getAttribute("aria-labelledby")!)?.textContent ?? "",
            ),
            unlabelled: [...document.querySelectorAll("input")].filter(({ labels }) => labels?.[0]?.textContent === "")
                .length,
            foreign: document.querySelectorAll("script[src], img, iframe, object, link, form, [style], [onclick]")
                .length,
        }));
        expect(outline.language).toBe("en");
        expect(outline.title).not.toBe("");
        expect(outline.landmarks).toEqual([1, 1, 1]);
        expect(outline.headings.filter((level) => level === 1)).toHaveLength(1);
        outline.headings.forEach((level, index) =>
            expect(level).toBeLessThanOrEqual((outline.headings[index - 1] ?? 0) + 1),
        );
        expect(new Set(outline.ids).size).toBe(outline.ids.length);
        expect(outline.ids).toEqual(expect.arrayContaining(outline.targets));
        expect(outline.labels).not.toContain("");
        expect(outline.unlabelled).toBe(0);
        expect(outline.foreign).toBe(0);
    });
});

test("every finding is there to be seen, and beside its VM", async () => {
    await visit("rich", {}, async ({ page }) => {
        const { findings, picture: summary } = PAGES["rich"]!;
        for (const { message, machine: vm, name: ownName } of findings) {
            const heading = page.getByRole("heading", { name: message.headline, exact: true });
            expect(await heading.isVisible()).toBe(true);
            const name = summary!.machines.find(({ urn }) => urn !== undefined && urn === vm)?.name;
            const card = page.locator("article.card", { has: heading }).locator("h3");
            expect(await card.allTextContents()).toEqual([name ?? ownName]);
        }
    });
});

test.each(
    ["rich", "landing zone", "large", "long names"].flatMap((name) => WIDTHS.map((width) => [name, width] as const)),
)(
    "%s, %d pixels wide: the most urgent finding is on the first screen, with a way to its steps",
    async (name, width) => {
        await visit(name, { viewport: { width, height: 800 } }, async ({ page }) => {
            const first = page.getByRole("region", { name: "Most urgent finding" });
            const { y, height } = (await first.boundingBox())!;
            expect(y).toBeGreaterThan(0);
            expect(y + height).toBeLessThan(800);
            const { message } = PAGES[name]!.findings[0]!;
            expect(await first.innerText()).toContain(message.headline);
            const target = (await first.getByRole("link", { name: /^What to do/ }).getAttribute("href"))!;
            expect(await page.locator(target).getByRole("heading").innerText()).toBe(message.headline);
        });
    },
);

test.each(WIDTHS)("%d pixels wide: the rows of the picture show both sides beside each other", async (width) => {
    await visit("rich", { viewport: { width, height: 800 } }, async ({ page }) => {
        const table = page.getByRole("table").first();
        expect(await table.getByRole("columnheader").allInnerTexts()).toEqual([
            "The VM has",
            "Site Recovery replicates",
        ]);
        const rows = await table.locator("tbody tr").all();
        expect(rows).toHaveLength(3);
        for (const row of rows) {
            const [left, right] = await Promise.all((await row.locator("td").all()).map((cell) => cell.boundingBox()));
            expect(left!.y).toBeCloseTo(right!.y, 0);
            expect(left!.x + left!.width).toBeLessThanOrEqual(right!.x + 1);
            expect(left!.width).toBeGreaterThan(120);
        }
        expect(await table.getByRole("cell", { name: "Not replicated" }).count()).toBe(1);
        expect(await table.getByRole("cell", { name: "Not attached" }).count()).toBe(1);
    });
});

test("the picture tells what people look for", async () => {
    await visit("rich", {}, async ({ page }) => {
        const card = (name: string) =>
            page.locator("article.card", { has: page.getByRole("heading", { name, exact: true }) }).first();
        const app = await card("app").innerText();
        [
            "under both services",
            "westeurope → northeurope",
            "backup-westeurope",
            "consistency group shop",
            "restored",
            "Not replicated",
            "Not attached",
        ].forEach((text) => expect(app).toContain(text));
        const erp = await card("erp-1").innerText();
        ["failed over", "not all decided", "maybe restored", "Not known yet"].forEach((text) =>
            expect(erp).toContain(text),
        );
        expect(await card("batch-1").innerText()).toMatch(/Not backed up\s+Not replicated/);
        expect(await card("elsewhere").innerText()).toContain("outside of this stack");
        expect(await card("shop-plan").innerText()).toMatch(/Brings up 2 VMs:\s+app\s+erp-2/);
        expect(await card("recovery-northeurope").innerText()).toMatch(/outside of this stack\s+Replicates 4 VMs/);
    });
});

test("a keyboard reaches the checklist and ticks a step", async () => {
    await visit("rich", {}, async ({ page }) => {
        await page.keyboard.press("Tab");
        expect(await page.locator(":focus").innerText()).toBe("Skip to the content");
        const first = page.getByRole("checkbox").first();
        await page.keyboard.press("Enter");
        for (
            let presses = 0;
            presses < 60 && !(await first.evaluate((box) => box === document.activeElement));
            presses++
        ) {
            await page.keyboard.press("Tab");
        }
        await page.keyboard.press("Space");
        expect(await first.isChecked()).toBe(true);
    });
});

test("a link to a VM opens what it is folded in", async () => {
    await visit("large", {}, async ({ page }) => {
        const vm = page.locator("details.fold article.card").first();
        expect(await vm.isVisible()).toBe(false);
        const anchor = (await vm.getAttribute("id"))!;
        for (const summary of await page.locator("details.holds > summary").all()) {
            await summary.click();
        }
        await page.locator(`.names a[href="#${anchor}"]`).first().click();
        expect(await vm.isVisible()).toBe(true);
    });
});

test.each(["rich", "large"])("%s: printed, it shows each step with its box, however it was folded", async (name) => {
    await visit(name, { colorScheme: "dark" }, async ({ page }) => {
        await page.emulateMedia({ media: "print" });
        const steps = PAGES[name]!.findings.flatMap(({ message }) => message.fix.steps);
        const shown = await page.evaluate(() =>
            [...document.querySelectorAll(".steps li")].map((step) => {
                const box = step.querySelector("input")!.getBoundingClientRect();
                return step.checkVisibility() && box.width > 0 && box.height > 0;
            }),
        );
        expect(shown).toEqual(steps.map(() => true));
        const [ground, link] = await page.evaluate(() => [
            getComputedStyle(document.body).backgroundColor,
            getComputedStyle(document.querySelector(".finding a")!).textDecorationLine,
        ]);
        expect(ground).toBe("rgb(255, 255, 255)");
        expect(link).toBe("none");
        const kept = await page.evaluate(() => getComputedStyle(document.querySelector(".finding")!).breakInside);
        expect(kept).toBe("avoid");
        expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
    });
});

test("a button copies its command", async () => {
    await visit("rich", { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, messages }) => {
        const command = page.locator(".command").filter({ visible: true }).first();
        await command.getByRole("button").click();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toMatch(/^(?:az|pulumi) /);
        expect(copied).toBe(await command.locator("code").textContent());
        expect(await command.getByRole("button").textContent()).toBe("Copied");
        expect(messages).toEqual([]);
    });
});

test("it all works where scripts are off", async () => {
    await visit("rich", { javaScriptEnabled: false }, async ({ page, messages }) => {
        expect(await page.locator(".copy").filter({ visible: true }).count()).toBe(0);
        const settled = page.locator("details.settled").first();
        await settled.locator("summary").click();
        expect(await settled.locator(".why").first().isVisible()).toBe(true);
        const box = page.getByRole("checkbox").first();
        await box.check();
        expect(await box.isChecked()).toBe(true);
        expect(messages).toEqual([]);
    });
});

test("2,000 VMs make a page that a browser opens", async () => {
    files.set("2000", path.join(scratchFolder(), "2000.html"));
    writeFileSync(files.get("2000")!, htmlReport(largeReport(2000, 1000)));
    await visit("2000", { viewport: { width: 400, height: 900 } }, async ({ page }) => {
        expect(await overflowing(page, 400)).toEqual([]);
        expect(await page.locator("article.card.concerned").count()).toBe(1000);
    });
});
