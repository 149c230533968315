import { azureDevOps } from "../../../src/cli/reports/azure-devops";
import { plain, plainText } from "../../../src/cli/reports/plain";
import type { Report } from "../../../src/cli/report";
import { anOpenFinding, cleanReport, hostileReport, richReport } from "./a-report";

interface Command {
    readonly name: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly message: string;
}

/** Reads commands as the agent does, which shows all other lines as they are: up to the first `]`, properties by semicolon, percent signs last. */
function commandsOf(output: string): readonly Command[] {
    const lines = output.split("\n");
    expect(lines.pop()).toBe("");
    return lines
        .filter((line) => line.includes("##vso["))
        .map((line) => {
            const end = line.indexOf("]");
            const [name = "", ...rest] = line.slice("##vso[".length, end).split(" ");
            const pairs = rest
                .join(" ")
                .split(";")
                .filter((pair) => pair !== "")
                .map((pair) => {
                    const [key = "", ...value] = pair.split("=");
                    return [key, unescaped(value.join("="))] as const;
                });
            return { name, properties: Object.fromEntries(pairs), message: unescaped(line.slice(end + 1)) };
        });
}

function unescaped(text: string): string {
    return text
        .replaceAll("%3B", ";")
        .replaceAll("%0D", "\r")
        .replaceAll("%0A", "\n")
        .replaceAll("%5D", "]")
        .replaceAll("%AZP25", "%");
}

const result = (report: Report): string | undefined => commandsOf(azureDevOps(report)).at(-1)?.properties["result"];

test("names arrive as they are, wherever they stand", () => {
    const report = plain(hostileReport());
    const commands = commandsOf(azureDevOps(report));
    expect(commands.map(({ name, properties }) => properties["type"] ?? name)).toEqual([
        "error",
        "error",
        "warning",
        "warning",
        "task.complete",
    ]);
    const { properties, message } = commands[1]!;
    expect(Object.keys(properties)).toEqual(["type", "sourcepath", "linenumber", "columnnumber", "code"]);
    expect(properties["sourcepath"]).toBe(plainText(hostileReport().findings[0]!.location!.file));
    expect(message.split("\n")).toHaveLength(11);
    expect(message).toContain("100%0A%AZP25;x=y");
});

test("the outcome of the step is that of the command", () => {
    const advisory = { ...cleanReport(), findings: richReport().findings.filter(({ level }) => level === "advisory") };
    const known = { ...cleanReport(), findings: richReport().findings.filter(({ state }) => state !== "new") };
    expect(result(cleanReport())).toBe("Succeeded");
    expect(result(known)).toBe("Succeeded");
    expect(result(advisory)).toBe("SucceededWithIssues");
    expect(result({ ...cleanReport(), missing: ["The state."] })).toBe("SucceededWithIssues");
    expect(result(richReport())).toBe("Failed");
});

test("open questions are an error only where the threshold is that low", () => {
    const open = { ...cleanReport(), undecided: [anOpenFinding("BCDR101", "app", "storageProfile")] };
    const [first] = commandsOf(azureDevOps(open));
    expect(first!.properties["type"]).toBe("warning");
    const [strict] = commandsOf(azureDevOps({ ...open, verdict: { ...open.verdict, bar: "undecided", exitCode: 1 } }));
    expect(strict!.properties["type"]).toBe("error");
});
