import { packConfiguration } from "../../../src/config/configuration-file";
import type { Message } from "../../../src/findings/message";
import { formatMessage } from "../../../src/findings/text";
import type { RecordedFinding } from "../../../src/findings/record";
import type { EngineViolation } from "../../../src/cli/reading/engine-run";
import { catalogue } from "../../../src/cli/judging/reported-policies";
import { packFindings } from "../../../src/cli/judging/violations";

const CONFIGURATION = packConfiguration({}, catalogue);
const POLICY = "vm-backed-up-and-replicated";
const urnOf = (name: string): string => `urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::${name}`;
const MESSAGE: Message = {
    headline: 'VM "[secret]" is backed up as a whole and replicated.',
    why: "A restore breaks it.",
    steps: { occasion: "Before that:", list: ["Think."] },
};

const violation = (name: string): EngineViolation => ({
    pack: "azure-bcdr-guard",
    version: "1.0.0",
    policy: POLICY,
    level: "advisory",
    severity: "medium",
    urn: urnOf(name),
    text: `A VM is both backed up and replicated.\n${formatMessage("BCDR101", MESSAGE)}`,
});

const recorded = (name: string, exemption?: RecordedFinding["exemption"]): RecordedFinding => ({
    policy: POLICY,
    policyId: "BCDR101",
    urn: urnOf(name),
    vm: urnOf(name),
    exemption,
});

test("takes messages as the engine masked them, and VMs from the record", () => {
    const record = { findings: [recorded("erp"), recorded("web")] };
    const { findings, notices } = packFindings([violation("web"), violation("erp")], record, CONFIGURATION);
    expect(findings.map(({ urn, vm, name }) => [urn, vm, name])).toEqual([
        [urnOf("web"), urnOf("web"), "web"],
        [urnOf("erp"), urnOf("erp"), "erp"],
    ]);
    expect(findings[0]?.message).toEqual(expect.objectContaining({ headline: MESSAGE.headline, steps: MESSAGE.steps }));
    expect(notices).toEqual([]);
});

test("has no more findings than the engine told, whatever the record says", () => {
    const { findings } = packFindings(
        [violation("web")],
        { findings: [recorded("web"), recorded("erp")] },
        CONFIGURATION,
    );
    expect(findings.map(({ urn }) => urn)).toEqual([urnOf("web")]);
});

test("tells of what is exempted, although the engine does not", () => {
    const exemption = { reason: "rebuilt on Monday", expires: "2999-01-31" };
    const { findings } = packFindings([], { findings: [recorded("web", exemption)] }, CONFIGURATION);
    expect(findings).toEqual([
        expect.objectContaining({ policyId: "BCDR101", name: "web", level: "advisory", exemption }),
    ]);
    expect(findings[0]?.message.headline).toBe("Exempted: A VM is both backed up and replicated.");
});
