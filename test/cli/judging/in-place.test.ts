import { packConfiguration } from "../../../src/config/configuration-file";
import { Plan, type PlanContent } from "../../../src/model/plan";
import { catalogue } from "../../../src/cli/judging/reported-policies";
import { inspectPlan } from "../../../src/cli/judging/plan-inspection";
import type { PlanReading } from "../../../src/cli/reading/plan-reading";
import { deployed } from "../../harness/plan-cases";
import { Pack, configurationFrom, type ConfigurationFile } from "../../harness/pack";
import type { Program } from "../../harness/program";
import { classic, native, OUTSIDE } from "../../policies/replication/programs";

// What a preview does not show of the classic provider, and the steps of the plan do: an update in place.

const RUN: Omit<PlanReading["run"], "violations"> = {
    kind: "update",
    evaluated: { stackPolicies: new Set(["replicated-vm-arm64"]), resourcePolicies: new Set(), resources: 1 },
    packs: new Map(),
    errors: [],
    outcome: "succeeded",
    isPreview: true,
    changes: {},
    others: new Map(),
};

const HOST = `${OUTSIDE}/providers/Microsoft.Compute/hostGroups/hosts`;
const ARM64 = "Standard_D4ps_v5";

interface Told {
    readonly pack: readonly string[];
    readonly command: readonly string[];
}

/** What the pack says at the preview of a change, and what the command makes of it; of policies of 2xx and BCDR430. */
async function findings(
    before: Program,
    after: Program,
    file: ConfigurationFile = {},
    isPreview = true,
): Promise<Told> {
    const stack = deployed(before);
    const content: PlanContent = stack.plan(after);
    const violations = await new Pack().analyze(stack.preview(after), configurationFrom(file));
    const { findings: all } = inspectPlan(
        "",
        {
            run: {
                ...RUN,
                isPreview,
                violations: violations.map(({ policy, level, urn, message }) => ({
                    pack: "azure-bcdr-guard",
                    version: "1",
                    policy,
                    level: level === "mandatory" ? "mandatory" : "advisory",
                    severity: "high",
                    urn,
                    text: message,
                    exceptions: [],
                })),
            },
            plan: new Plan(content),
            resources: content.after,
            others: [],
            record: { findings: [], inOne: [], open: [], stackTags: new Map(), evaluated: new Set() },
            recordedPlaces: undefined,
            parents: new Map(),
            interrupted: [],
        },
        packConfiguration(file, catalogue),
        () => undefined,
    );
    const isOfLimits = (id: string): boolean => /^BCDR(2\d\d|430)$/.test(id);
    return {
        pack: violations.filter(({ policyId }) => isOfLimits(policyId)).map(({ policyId, on }) => `${policyId} ${on}`),
        command: all
            .filter(({ policyId }) => isOfLimits(policyId))
            .map(({ policyId, name, level }) => `${policyId} ${name} ${level}`),
    };
}

test("a classic VM that the plan resizes in place to Arm64 breaks the limit itself", async () => {
    const told = await findings(classic(), classic({ vm: { size: ARM64 } }));
    expect(told).toEqual({ pack: ["BCDR430 web"], command: ["BCDR206 web mandatory"] });
});

test("and where nothing lists what is in place", async () => {
    const told = await findings(classic(), classic({ vm: { size: ARM64 } }), {
        "unsupported-protection-in-place": "disabled",
    });
    expect(told).toEqual({ pack: [], command: ["BCDR206 web mandatory"] });
});

test("after an update, Azure has accepted it", async () => {
    const told = await findings(classic(), classic({ vm: { size: ARM64 } }), {}, false);
    expect(told.command).toEqual(["BCDR430 web advisory"]);
});

test("what the plan leaves alone stays in place", async () => {
    const program = classic({ vm: { dedicatedHostGroupId: HOST } });
    expect(await findings(program, program)).toEqual({ pack: ["BCDR430 web"], command: ["BCDR430 web advisory"] });
});

test("of azure-native, the preview shows it", async () => {
    const onHost = native({ vm: { host: { id: `${HOST}/hosts/one` } } });
    const tagged = native({ vm: { host: { id: `${HOST}/hosts/one` }, tags: { a: "b" } } });
    expect(await findings(onHost, tagged)).toEqual({ pack: ["BCDR204 web"], command: ["BCDR204 web mandatory"] });
});
