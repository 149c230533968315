import { readWrittenReport } from "../../../src/cli/reading/written-report";
import { UnreadableInput } from "../../../src/cli/reading/unreadable";
import { json } from "../../../src/cli/reports/json";
import { markdown } from "../../../src/cli/reports/markdown";
import { REPORTS, richReport } from "../reports/a-report";

const read = (document: unknown): unknown => readWrittenReport(JSON.stringify(document), "report.json");
const written = (): Record<string, unknown> => JSON.parse(json(richReport())) as Record<string, unknown>;

test.each(Object.entries(REPORTS))("the %s report is read as it was written", (_name, report) => {
    const again = readWrittenReport(json(report), "report.json");
    expect(json(again)).toBe(json(report));
    expect(markdown(again)).toBe(markdown(report));
});

test("a mark of the byte order is no part of it", () => {
    expect(() => readWrittenReport(`\uFEFF${json(richReport())}`, "report.json")).not.toThrow();
});

test("what a later version adds is read over", () => {
    const [finding, ...others] = written()["findings"] as readonly object[];
    expect(() =>
        read({ ...written(), more: { a: [1] }, findings: [{ ...finding, more: "x" }, ...others] }),
    ).not.toThrow();
});

const withoutFirst = (list: string, name: string): unknown => {
    const [first = {}, ...others] = written()[list] as readonly Record<string, unknown>[];
    const { [name]: _left, ...rest } = first;
    return { ...written(), [list]: [rest, ...others] };
};

test.each([
    [
        "torn",
        json(richReport()).slice(0, -20),
        /^report\.json: It is no JSON report: torn, or something else\. Write it/,
    ],
    ["Markdown", markdown(richReport()), /^report\.json: It is no JSON report/],
    ["a list", "[]", /^report\.json: It is no JSON report/],
    ["a baseline", '{"version":1,"findings":[]}', /^report\.json, \$schema: It is no report of this command\. Write/],
    [
        "of a newer version",
        JSON.stringify({ ...written(), version: 2 }),
        /^report\.json, version: It is a report of ver/,
    ],
    ["of another tool", JSON.stringify({ ...written(), tool: { name: "x", version: "1", url: "" } }), /tool\.name: It/],
    [
        "without a headline",
        JSON.stringify(withoutFirst("findings", "message")),
        /findings\[0\]\.message: It is no report/,
    ],
    [
        "with a number as a name",
        JSON.stringify({ ...written(), subject: 7 }),
        /^report\.json, subject: It is no report/,
    ],
    [
        "with nothing in a list",
        JSON.stringify({ ...written(), missing: [null] }),
        /^report\.json, missing\[0\]: It is no/,
    ],
    [
        "without a URL of a policy",
        JSON.stringify(withoutFirst("rules", "url")),
        /^report\.json, rules\[0\]\.url: It is no/,
    ],
])("a file that is %s is refused, with the place", (_, text, says) => {
    const reading = (): unknown => readWrittenReport(text, "report.json");
    expect(reading).toThrow(UnreadableInput);
    expect(reading).toThrow(says);
});
