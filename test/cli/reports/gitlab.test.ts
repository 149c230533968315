import { gitlab } from "../../../src/cli/reports/gitlab";
import type { Report } from "../../../src/cli/report";
import { cleanReport, failedReport, richReport } from "./a-report";

interface Issue {
    readonly description: string;
    readonly check_name: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const issues = (report: Report): readonly Issue[] => JSON.parse(gitlab(report)) as readonly Issue[];

test("known and suppressed findings are left out", () => {
    expect(issues(richReport()).map(({ check_name }) => check_name)).toEqual([
        "azure-bcdr-guard",
        "BCDR121",
        "BCDR131",
        "BCDR401",
        "BCDR501",
        "azure-bcdr-guard",
        "azure-bcdr-guard",
    ]);
});

/** Reports with findings alone. */
const bareReport = (): Report => ({ ...cleanReport(), lookedAt: undefined });

test("level and severity make GitLab's severity", () => {
    const [finding] = richReport().findings;
    const severities = (level: "mandatory" | "advisory") =>
        issues({
            ...bareReport(),
            findings: (["critical", "high", "medium", "low"] as const).map((severity) => ({
                ...finding!,
                level,
                severity,
            })),
        }).map(({ severity }) => severity);
    expect(severities("mandatory")).toEqual(["blocker", "critical", "major", "minor"]);
    expect(severities("advisory")).toEqual(["critical", "major", "minor", "info"]);
});

test("what has no place is shown in the project's file", () => {
    const [stack] = issues(richReport()).filter(({ check_name }) => check_name === "BCDR401");
    expect(stack!.location).toEqual({ path: "Pulumi.yaml", lines: { begin: 1 } });
});

test("a path begins with a folder or a file, as GitLab asks for", () => {
    const [finding] = richReport().findings;
    const [issue] = issues({
        ...cleanReport(),
        findings: [
            {
                ...finding!,
                location: { file: "./infra/index.ts", line: 2, column: undefined, exact: true, basis: "run" },
            },
        ],
    });
    expect(issue!.location).toEqual({ path: "infra/index.ts", lines: { begin: 2 } });
});

test("a run that failed is no empty list, which would tell that all is resolved", () => {
    expect(issues({ ...failedReport(), lookedAt: undefined }).map(({ severity }) => severity)).toEqual([
        "blocker",
        "info",
    ]);
    expect(issues(bareReport())).toEqual([]);
});

test("one entry says how much was looked at, the same one for GitLab whatever the numbers", () => {
    const clean = cleanReport();
    const [few] = issues(clean);
    const [more] = issues({ ...clean, lookedAt: { ...clean.lookedAt!, resources: 1_000_000 } });
    expect(few).toMatchObject({ severity: "info", check_name: "azure-bcdr-guard" });
    expect(few!.description).toMatch(/^Looked at 44 resources/);
    expect(more!.description).toMatch(/^Looked at 1000000 resources/);
    expect(more!.fingerprint).toBe(few!.fingerprint);
});

test("fingerprints are unique", () => {
    const all = issues(richReport()).map(({ fingerprint }) => fingerprint);
    expect(new Set(all).size).toBe(all.length);
});
