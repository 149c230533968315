import { github } from "../../../src/cli/reports/github";
import type { Report } from "../../../src/cli/report";
import { aFinding, aMessage, anOpenFinding, cleanReport, hostileReport, urnOf } from "./a-report";
import { plain, plainText } from "../../../src/cli/reports/plain";

interface Command {
    readonly kind: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly message: string;
}

/** Reads commands as GitHub's runner does: up to the second `::`, properties by comma, percent signs last. */
function commandsOf(output: string): readonly Command[] {
    const lines = output.split("\n");
    expect(lines.pop()).toBe("");
    return lines
        .filter((line) => line.startsWith("::"))
        .map((line) => {
            const end = line.indexOf("::", 2);
            const [kind = "", ...rest] = line.slice(2, end).split(" ");
            const pairs = rest
                .join(" ")
                .split(",")
                .map((pair) => {
                    const [key = "", ...value] = pair.split("=");
                    return [key, unescaped(value.join("=").replaceAll("%3A", ":").replaceAll("%2C", ","))] as const;
                });
            return { kind, properties: Object.fromEntries(pairs), message: unescaped(line.slice(end + 2)) };
        });
}

function unescaped(text: string): string {
    return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

function many(errors: number, warnings: number, known: number): Report {
    const findings = (count: number, policyId: "BCDR202" | "BCDR401", state: "new" | "known") =>
        Array.from({ length: count }, (_, index) =>
            aFinding(policyId, `web-${index}`, {
                urn: urnOf("azure-native:compute:VirtualMachine", `web-${index}`),
                state,
                message: aMessage(`VM "web-${index}" is broken.`),
            }),
        );
    return {
        ...cleanReport(),
        findings: [
            ...findings(errors, "BCDR202", "new"),
            ...findings(known, "BCDR202", "known"),
            ...findings(warnings, "BCDR401", "new"),
        ],
    };
}

const kinds = (report: Report): readonly string[] => commandsOf(github(report)).map(({ kind }) => kind);
const count = (report: Report, wanted: string): number => kinds(report).filter((kind) => kind === wanted).length;

test("names arrive as they are, wherever they stand", () => {
    const report = plain(hostileReport());
    const commands = commandsOf(github(report));
    expect(commands.map(({ kind }) => kind)).toEqual(["error", "error", "warning", "notice", "notice", "notice"]);
    const [{ name, location }] = report.findings as [Report["findings"][0]];
    const { properties, message } = commands[1]!;
    expect(Object.keys(properties)).toEqual(["file", "line", "col", "title"]);
    expect(properties["file"]).toBe(plainText(location!.file));
    expect(properties["title"]).toBe(`BCDR101 ${plainText(name)} (mandatory, high)`);
    expect(message.split("\n")).toHaveLength(11);
    expect(message).toContain("100%0A%AZP25;x=y");
});

test("ten of each kind are all that is said", () => {
    expect(kinds(many(10, 10, 10))).toHaveLength(30);
    expect(github(many(10, 10, 10))).not.toContain("Not shown");
});

test("where there are more, a last notice says so and is among those that GitHub shows", () => {
    const report = many(12, 11, 15);
    expect([count(report, "error"), count(report, "warning"), count(report, "notice")]).toEqual([12, 11, 10]);
    const last = commandsOf(github(report)).at(-1)!;
    expect(last.kind).toBe("notice");
    expect(last.message).toContain("Not shown: 2 errors, 1 warnings, 6 notices.");
});

test("with many errors and ten notices, the number of the notices that are left out is told, too", () => {
    const report = many(11, 0, 10);
    expect(count(report, "notice")).toBe(10);
    expect(commandsOf(github(report)).at(-1)!.message).toContain("Not shown: 1 errors, 1 notices.");
});

test("a clean run has nothing to say but how much it looked at, which is no annotation", () => {
    expect(github(cleanReport())).toBe("Looked at 44 resources: 0 of types that policies read, with no VMs.\n");
    expect(github({ ...cleanReport(), lookedAt: undefined })).toBe("");
});

test("suppressed findings are not told", () => {
    const [suppressed] = hostileReport().findings.filter(({ state }) => state === "suppressed");
    expect(commandsOf(github({ ...cleanReport(), findings: [suppressed!] }))).toEqual([]);
});

test("open questions are an error only where the threshold is that low", () => {
    const open = { ...cleanReport(), undecided: [anOpenFinding("BCDR101", "app", "storageProfile")] };
    expect(kinds(open)).toEqual(["notice"]);
    expect(kinds({ ...open, verdict: { ...open.verdict, bar: "undecided" } })).toEqual(["error"]);
});
