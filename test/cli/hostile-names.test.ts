// Names cannot speak to a CI system or to a terminal, whichever command prints them, on whichever stream.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { diffInventories, showInventory } from "../../src/cli/commands/inventory";
import { writeInventory } from "../../src/cli/inventory-output";
import { textOf } from "../../src/cli/printing";
import type { Inventory } from "../../src/inventory/document";
import { readInventory } from "../../src/inventory/read";
import { projectRoot } from "../../dev/offline/setting";
import { ALL_HOSTILE, HOSTILE, harmIn } from "../hostile-texts";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

const GATE = path.join(projectRoot(), "dist", "src", "cli", "main.js");
const SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups";

afterAll(removeScratchFolders);

test("lines are one line each, whatever is in them", () => {
    fc.assert(
        fc.property(fc.array(HOSTILE), (lines) => {
            const text = textOf(lines);
            expect(text.split("\n")).toHaveLength(lines.length + 1);
            expect(harmIn(text)).toEqual([]);
            expect(textOf(text.split("\n").slice(0, -1))).toBe(text);
        }),
        { numRuns: 1000 },
    );
});

function inventoryOf(name: string): Inventory {
    const vm = `${SUBSCRIPTION}/shop/providers/Microsoft.Compute/virtualMachines/${name}`;
    const vault = `${SUBSCRIPTION}/shop/providers/Microsoft.RecoveryServices/vaults/${name}`;
    const source = 0;
    return {
        version: 1,
        sources: [{ kind: "state", name, readAt: "2026-11-22T21:04:00Z", problem: name }],
        machines: [{ id: vm, source }],
        backupItems: [
            {
                id: `${vault}/backupFabrics/Azure/protectionContainers/c/protectedItems/${name}`,
                source,
                machine: vm,
                state: name,
                level: "machine",
            },
        ],
        diskBackups: [],
        replicatedItems: [],
        vaults: [],
        recoveryPlans: [],
    };
}

test("an inventory keeps every name, and its text holds nothing to obey", () => {
    const file = path.join(scratchFolder(), "inventory.json");
    const other = path.join(scratchFolder(), "other.json");
    writeInventory(inventoryOf("web"), other);
    fc.assert(
        fc.property(
            HOSTILE.filter((name) => name !== "" && !name.includes("/")),
            (name) => {
                const inventory = inventoryOf(name);
                writeInventory(inventory, file);
                const text = readFileSync(file, "utf8");
                expect(harmIn(text)).toEqual([]);
                expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(inventory)));
                expect(readInventory(text, "inventory")).toEqual(JSON.parse(JSON.stringify(inventory)));
                expect(harmIn(showInventory(file))).toEqual([]);
                expect(harmIn(diffInventories(other, file))).toEqual([]);
            },
        ),
        { numRuns: 200 },
    );
});

/** A VM under both services, all of whose names are hostile. */
function hostileState(name: string): string {
    const read = JSON.parse(readFileSync(path.join(__dirname, "fixtures", "events", "state.json"), "utf8")) as object;
    const renamed = (value: unknown): unknown => {
        if (typeof value === "string") {
            // The last name in an id, and the name in the program.
            return /^\/subscriptions\/.*[^/]$/.test(value)
                ? value.replace(/[^/]+$/, (last) => `${last}${name.replaceAll("/", "")}`)
                : value.startsWith("urn:") && !value.includes("pulumi:pulumi:Stack")
                  ? `${value}${name}`
                  : value;
        }
        if (Array.isArray(value)) {
            return value.map(renamed);
        }
        return typeof value === "object" && value !== null
            ? Object.fromEntries(
                  Object.entries(value).map(([key, held]) => [
                      key,
                      key === "vmName" || key === "name" ? `${String(held)}${name}` : renamed(held),
                  ]),
              )
            : value;
    };
    return JSON.stringify(renamed(read));
}

describe("every command", () => {
    const folder = mkdtempSync(path.join(scratchFolder(), "names-"));
    const at = (name: string): string => path.join(folder, name);
    const fileName = `a\n::error::forged ##vso[task.complete]\u001b[31m\u202e`;

    beforeAll(() => {
        writeFileSync(at("state.json"), hostileState(ALL_HOSTILE));
        writeInventory(inventoryOf(ALL_HOSTILE.replaceAll("/", "")), at("inventory.json"));
        writeInventory(inventoryOf("web"), at("other.json"));
        writeFileSync(at(fileName), "{");
        mkdirSync(at("torn"));
        writeFileSync(path.join(at("torn"), `${fileName}.json`), "{");
        writeFileSync(
            at("wrong.json"),
            JSON.stringify({ [ALL_HOSTILE]: { [ALL_HOSTILE]: ALL_HOSTILE }, all: ALL_HOSTILE }),
        );
        writeFileSync(at("wrong-inventory.json"), JSON.stringify({ version: 1, [ALL_HOSTILE]: [] }));
    });

    const commands: readonly (readonly string[])[] = [
        ["analyze", "state.json"],
        ["analyze", "state.json", "--report", "json"],
        ["analyze", "state.json", "--report", "markdown"],
        ["analyze", "torn"],
        ["analyze", fileName],
        ["analyze", `${fileName}-not-there`],
        ["analyze", "state.json", "--config", "wrong.json"],
        ["analyze", "state.json", "--config", fileName],
        ["analyze", "state.json", "--inventory", "wrong-inventory.json"],
        ["analyze", "state.json", "--report", ALL_HOSTILE.replaceAll("\u0000", "")],
        ["analyze", "state.json", "--report", `json=/dev/full/${fileName}`],
        ["analyze", "state.json", "--baseline", fileName],
        ["report", fileName],
        ["report", "state.json"],
        ["config", "check", "wrong.json"],
        ["config", "check", fileName],
        ["explain", ALL_HOSTILE.replaceAll("\u0000", "")],
        ["inventory", "from-states", "state.json"],
        ["inventory", "from-states", "torn"],
        ["inventory", "from-states", "state.json", "state.json", "--output", `/dev/full/${fileName}`],
        ["inventory", "show", "inventory.json"],
        ["inventory", "show", "wrong-inventory.json"],
        ["inventory", "show", fileName],
        ["inventory", "diff", "other.json", "inventory.json"],
        ["runbook", "app", "--state", "state.json"],
        ["runbook", `${fileName}x`, "--state", "state.json"],
        ["runbook", `app`, "--state", fileName],
        ["preview", "--", `--${fileName}`],
        ["preview", "--", fileName],
        ["preview", `--${fileName}`],
        [fileName],
        ["policies", fileName],
    ];

    /** Test runners print it, too. */
    const title = (args: readonly string[]): string =>
        args.map((arg) => (harmIn(arg).length === 0 ? arg : "HOSTILE")).join(" ");

    test.each(commands.map((args) => ({ title: title(args), args })))("$title", ({ args }) => {
        const run = spawnSync(process.execPath, [GATE, ...args], {
            cwd: folder,
            encoding: "utf8",
            env: { ...process.env, NO_COLOR: "1" },
        });
        expect([...harmIn(run.stdout), ...harmIn(run.stderr)]).toEqual([]);
        expect(run.stdout + run.stderr).not.toMatch(/Internal error|^\s+at .*:\d+:\d+/m);
        // It has come to something: what is hostile is in it, made harmless.
        expect(run.stdout + run.stderr).not.toBe("");
    });
});
