// What the pack told the engine in one, because each by itself was too much for it (ENG-31): the report has each.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { packConfiguration } from "../../../src/config/configuration-file";
import type { Message } from "../../../src/findings/message";
import { manyInOne } from "../../../src/findings/many-in-one";
import { formatMessage, headlineIn } from "../../../src/findings/text";
import { referenceTo } from "../../../policies/documentation";
import { catalogue, reportedPolicies } from "../../../src/cli/judging/reported-policies";
import { reportOf } from "../../../src/cli/judging/inspection";
import { inspectPlan } from "../../../src/cli/judging/plan-inspection";
import { TOOL } from "../../../src/cli/package";
import { readPlan } from "../../../src/cli/reading/plan-reading";
import type { Report } from "../../../src/cli/report";

const FIXTURES = path.join(__dirname, "..", "fixtures", "events");
const CONFIGURATION = packConfiguration({}, catalogue);

interface Event {
    sequence: number;
    policyEvent?: { message: string; policyName: string; resourceUrn: string };
}

const linesOf = (file: string): readonly string[] =>
    readFileSync(path.join(FIXTURES, file), "utf8").trimEnd().split("\n");
const STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const POLICY = reportedPolicies.find(({ id }) => id === "BCDR401")!;
const REFERENCE = referenceTo({ id: POLICY.id, name: POLICY.policy });

const isOfPolicy = ({ policyEvent }: Event): boolean => headlineIn(policyEvent?.message ?? "")?.policyId === POLICY.id;
const isRecorded = (line: string): boolean => line.includes(`"policyId":"${POLICY.id}"`);

const messageAbout = (urn: string): Message => ({
    headline: `VM "${urn.split("::").at(-1) ?? ""}" must be backed up.`,
    why: "Because.",
    fix: { kind: "one of", intro: "Do one of these:", steps: [{ do: "Back it up:", commands: ["az backup"] }] },
    sources: [],
});

/** The recorded run, with the policy and messages of today. */
const events = linesOf("changes.jsonl")
    .map((line) => JSON.parse(line) as Event)
    .map((event) =>
        event.policyEvent !== undefined && isOfPolicy(event)
            ? {
                  ...event,
                  policyEvent: {
                      ...event.policyEvent,
                      policyName: POLICY.policy,
                      message: `About it.\n${formatMessage(REFERENCE, messageAbout(event.policyEvent.resourceUrn))}`,
                  },
              }
            : event,
    );
const record = linesOf("changes.record.jsonl").map((line) => {
    const parsed = JSON.parse(line) as { readonly urn?: string };
    return isRecorded(line)
        ? JSON.stringify({ ...parsed, policy: POLICY.policy, message: messageAbout(parsed.urn ?? "") })
        : line;
});

const MANY = manyInOne(
    events.filter(isOfPolicy).map(({ policyEvent }) => headlineIn(policyEvent?.message ?? "")?.headline ?? ""),
    POLICY,
);

/** The same run, in which the engine got one in the place of all findings of a policy. */
function reportedInOne(): readonly Event[] {
    const first = events.find(isOfPolicy);
    return events
        .filter((event) => event === first || !isOfPolicy(event))
        .map((event, sequence) => ({
            ...event,
            sequence,
            ...(event === first && event.policyEvent !== undefined
                ? {
                      policyEvent: {
                          ...event.policyEvent,
                          message: `About it.\n${formatMessage(REFERENCE, MANY)}`,
                          resourceUrn: STACK,
                      },
                  }
                : {}),
        }));
}

const IN_ONE = JSON.stringify({ line: "in one", policy: POLICY.policy, count: 2, message: MANY });

async function reported(run: readonly Event[], recorded: readonly string[] | undefined) {
    const reading = await readPlan({
        events: { name: "events", texts: run.map((event) => JSON.stringify(event)) },
        state: undefined,
        record: recorded && { name: "record", texts: recorded },
        kind: "update",
        external: undefined,
    });
    const inspection = inspectPlan("preview", reading, CONFIGURATION, () => undefined);
    return reportOf([inspection], { threshold: "advisory", baseline: undefined, tool: TOOL });
}

test("with the record, the report is that of a run in which each was reported by itself", async () => {
    const one = await reported(reportedInOne(), [...record, IN_ONE]);
    const each = await reported(events, record);
    const ofPolicy = ({ findings }: Report): Report["findings"] => findings.filter(({ rule }) => rule === POLICY.id);
    expect(ofPolicy(each)).toHaveLength(2);
    expect(withoutTargets(one)).toEqual(withoutTargets(each));
    // An exception of Pulumi's has to name the URN of the one.
    expect(ofPolicy(one).map(({ target }) => target)).toEqual([STACK, STACK]);
    expect(ofPolicy(each).map(({ target }) => target)).toEqual([undefined, undefined]);
});

function withoutTargets({ findings, ...report }: Report): object {
    return { ...report, findings: findings.map(({ target: _, ...finding }) => finding) };
}

test.each([
    ["no record", undefined],
    ["a record without them", [...record.filter((line) => !isRecorded(line)), IN_ONE]],
])("with %s, the one finding is reported and counts", async (_, recorded) => {
    const { findings, verdict } = await reported(reportedInOne(), recorded);
    expect(findings.filter(({ rule: policyId }) => policyId === POLICY.id)).toEqual([
        expect.objectContaining({
            urn: STACK,
            message: expect.objectContaining({ headline: expect.stringMatching(/^2 findings: /) as string }) as object,
        }),
    ]);
    expect(verdict.exitCode).toBe(1);
});
