// What the pack told the engine in one, because each by itself was too much for it (ENG-31): the report has each.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { packConfiguration } from "../../../src/config/configuration-file";
import { manyInOne } from "../../../src/findings/many-in-one";
import { formatMessage, parseMessage } from "../../../src/findings/text";
import { catalogue, reportedPolicies } from "../../../src/cli/judging/reported-policies";
import { reportOf } from "../../../src/cli/judging/inspection";
import { inspectPlan } from "../../../src/cli/judging/plan-inspection";
import { tool } from "../../../src/cli/package";
import { readPlan } from "../../../src/cli/reading/plan-reading";
import type { ReportedFinding } from "../../../src/cli/report";

const FIXTURES = path.join(__dirname, "..", "fixtures", "events");
const CONFIGURATION = packConfiguration({}, catalogue);

interface Event {
    sequence: number;
    policyEvent?: { message: string; policyName: string; resourceUrn: string };
}

const linesOf = (file: string): readonly string[] =>
    readFileSync(path.join(FIXTURES, file), "utf8").trimEnd().split("\n");
const events = linesOf("changes.jsonl").map((line) => JSON.parse(line) as Event);
const record = linesOf("changes.record.jsonl");
const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const IN_ONE = "BCDR401";

const policyOf = ({ policyEvent }: Event): string | undefined => parseMessage(policyEvent?.message ?? "")?.policyId;

/** The same run, in which the engine got one in the place of all findings of a policy. */
function reportedInOne(): readonly Event[] {
    const ofPolicy = events.filter((event) => policyOf(event) === IN_ONE);
    const headlines = ofPolicy.map(
        ({ policyEvent }) => parseMessage(policyEvent?.message ?? "")?.message.headline ?? "",
    );
    const common = reportedPolicies.find(({ id }) => id === IN_ONE);
    const text = formatMessage(IN_ONE, manyInOne(headlines, common ?? { finds: "", remediation: "" }));
    const [first] = ofPolicy;
    expect([headlines.length, common?.id]).toEqual([2, IN_ONE]);
    return events
        .filter((event) => event === first || policyOf(event) !== IN_ONE)
        .map((event, sequence) => ({
            ...event,
            sequence,
            ...(event === first && event.policyEvent !== undefined
                ? { policyEvent: { ...event.policyEvent, message: `About it.\n${text}`, resourceUrn: STACK } }
                : {}),
        }));
}

async function reported(run: readonly Event[], recorded: readonly string[] | undefined) {
    const reading = await readPlan({
        events: { name: "events", texts: run.map((event) => JSON.stringify(event)) },
        state: undefined,
        record: recorded && { name: "record", texts: recorded },
        kind: "update",
        external: undefined,
    });
    const inspection = inspectPlan("preview", reading, CONFIGURATION, () => undefined);
    return reportOf([inspection], { threshold: "advisory", baseline: undefined, tool: tool() });
}

/** When the events were recorded, the pack called the VM by its name in Azure. */
const asText = ({ rule: policyId, urn, name, level, severity, fingerprint, message }: ReportedFinding): string =>
    [policyId, urn, name, level, severity, fingerprint, message.headline.replace('"web2" owes', '"web" owes')].join(
        " | ",
    );

const stepsOf = ({ message }: ReportedFinding): readonly string[] => message.steps.list;

test("with the record, the report is that of a run in which each was told by itself", async () => {
    const one = await reported(reportedInOne(), record);
    const each = await reported(events, record);
    expect(one.findings.map(asText)).toEqual(each.findings.map(asText));
    expect(one.findings.map(stepsOf)).toEqual(each.findings.map(stepsOf));
    expect(one.findings.map(({ machine: vm }) => vm)).toEqual(each.findings.map(({ machine: vm }) => vm));
    expect([one.verdict, one.undecided]).toEqual([each.verdict, each.undecided]);
});

test("what the gate does not find itself is told in general", async () => {
    const unknown = record.map((line) =>
        line.includes(`"policyId":"${IN_ONE}"`) ? line.replace("VirtualMachine::web", "VirtualMachine::other") : line,
    );
    const { findings } = await reported(reportedInOne(), unknown);
    const headlines = findings
        .filter(({ rule: policyId }) => policyId === IN_ONE)
        .map(({ message }) => message.headline);
    expect(headlines).toHaveLength(2);
    expect(headlines).toContainEqual(expect.stringMatching(/^"other": A VM that must be backed up is not\./));
});

test.each([
    ["no record", undefined],
    ["a record without them", record.filter((line) => !line.includes(`"policyId":"${IN_ONE}"`))],
])("with %s, the one finding is reported and counts", async (_, recorded) => {
    const { findings, verdict } = await reported(reportedInOne(), recorded);
    expect(findings.filter(({ rule: policyId }) => policyId === IN_ONE)).toEqual([
        expect.objectContaining({
            urn: STACK,
            message: expect.objectContaining({ headline: expect.stringMatching(/^2 findings: /) as string }) as object,
        }),
    ]);
    expect(verdict.exitCode).toBe(1);
});
