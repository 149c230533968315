import { readdirSync, readFileSync, writeFileSync, appendFileSync } from "node:fs";
import * as path from "node:path";
import { keep, withEventLog, withoutDebugText } from "../../src/cli/event-log";
import { readEngineRun } from "../../src/cli/reading/engine-run";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

const MARK = "MARK-SECRET";
const recorded = readFileSync(path.join(__dirname, "fixtures", "events", "changes.jsonl"), "utf8")
    .trimEnd()
    .split("\n");

/** As Node's SDK sends it, among the events of a run: with what the engine has answered. */
const debug = {
    diagnosticEvent: {
        urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
        prefix: "debug: ",
        message: `RegisterResource RPC finished: resource:web; err: null, resp: "severity":"info",${MARK}\n`,
        color: "raw",
        severity: "debug",
    },
};

/** The recorded run with such a message after its first event. */
const log = [recorded[0], JSON.stringify(debug), ...recorded.slice(1)].map((line, sequence) =>
    JSON.stringify({ ...(JSON.parse(line ?? "") as object), sequence, timestamp: 1 }),
);

afterAll(removeScratchFolders);

/** Plays a Pulumi that writes these lines, and keeps what it has written. */
async function kept(lines: readonly string[]): Promise<string> {
    const folder = scratchFolder();
    const [file, to] = [path.join(folder, "events.json"), path.join(folder, "kept.json")];
    writeFileSync(file, "");
    await withEventLog(file, "the log", async (eventLog) => {
        appendFileSync(eventLog.file, lines.map((line) => `${line}\n`).join(""));
        await keep(eventLog, to);
    });
    return readFileSync(to, "utf8");
}

test("what is kept has each event, and no text of a debug message", async () => {
    const text = await kept(log);
    expect(log.join("")).toContain(MARK);
    expect(text).not.toContain(MARK);
    expect(text.trimEnd().split("\n")).toHaveLength(log.length);
    const [before, after] = [await readEngineRun(log, "log"), await readEngineRun(text.split("\n"), "kept")];
    expect(after).toEqual(before);
});

test.each([
    [
        "of another kind, in which it is only quoted",
        JSON.stringify({ sequence: 1, policyEvent: { message: '"severity":"debug"' } }),
    ],
    ["that is an error", JSON.stringify({ diagnosticEvent: { message: "no such luck", severity: "error" } })],
])("a line %s is kept as it is", (_, line) => {
    expect(withoutDebugText(line)).toBe(line);
});

test("nothing is kept of a line that is torn", () => {
    expect(withoutDebugText(JSON.stringify(debug).slice(0, -4))).toBe("");
});

test("the log has no name once it is written to, and is read all the same", async () => {
    const folder = scratchFolder();
    const file = path.join(folder, "events.json");
    writeFileSync(file, "");
    const lines = await withEventLog(file, "the log", async (eventLog) => {
        appendFileSync(file, "one\ntwo\n");
        while (readdirSync(folder).length > 0) {
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        const read: string[] = [];
        // Once for whoever keeps it, and once for the report.
        for (const _ of [1, 2]) {
            for await (const line of eventLog.lines()) {
                read.push(line);
            }
        }
        return read;
    });
    expect(lines).toEqual(["one", "two", "one", "two"]);
});
