import { packConfiguration } from "../../../src/config/configuration-file";
import type { Message } from "../../../src/findings/message";
import { PAGES } from "../../../src/facts/page";
import { formatMessage } from "../../../src/findings/text";
import { referenceTo } from "../../../policies/documentation";
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
    fix: { kind: "one of", intro: "Do one of these:", steps: [{ do: "Think.", commands: ["pulumi up"] }] },
    sources: [PAGES.INTEROPERABILITY],
};
const TEXT = `A VM is both backed up and replicated.\n${formatMessage(referenceTo({ id: "BCDR101", name: POLICY }), MESSAGE)}`;

const violation = (name: string): EngineViolation => ({
    pack: "azure-bcdr-guard",
    version: "1.0.0",
    policy: POLICY,
    level: "advisory",
    severity: "medium",
    urn: urnOf(name),
    text: TEXT,
    exceptions: [],
});

const recorded = (name: string, exemption?: RecordedFinding["exemption"]): RecordedFinding => ({
    policy: POLICY,
    policyId: "BCDR101",
    urn: urnOf(name),
    vm: urnOf(name),
    message: exemption === undefined ? MESSAGE : undefined,
    exemption,
});

test("takes messages in parts and VMs from the record", () => {
    const record = { findings: [recorded("erp"), recorded("web")], inOne: [] };
    const { findings, notices } = packFindings([violation("web"), violation("erp")], record, CONFIGURATION);
    expect(findings.map(({ urn, vm, name }) => [urn, vm, name])).toEqual([
        [urnOf("web"), urnOf("web"), "web"],
        [urnOf("erp"), urnOf("erp"), "erp"],
    ]);
    expect(findings.map(({ message }) => message)).toEqual([MESSAGE, MESSAGE]);
    expect(notices).toEqual([]);
});

test.each([
    [
        "the engine has masked more than the pack knows to be secret",
        [recorded("web")],
        TEXT.replace("Think", "[secret]"),
    ],
    ["there is no record", undefined, TEXT],
])("is the engine's text line by line, where %s", (_, findings, text) => {
    const found = packFindings([{ ...violation("web"), text }], findings && { findings, inOne: [] }, CONFIGURATION);
    const [headline = "", ...facts] = text.split("\n").slice(1);
    expect(found.findings.map(({ message }) => message)).toEqual([
        {
            headline: headline.replace("[BCDR101] ", ""),
            why: "",
            facts,
            fix: { kind: "in order", intro: "", steps: [] },
            sources: [],
        },
    ]);
});

test("a text that is no finding of this pack is a notice", () => {
    const text = "can't run policy 'vm-backed-up-and-replicated' during preview:\n  x";
    const { findings, notices } = packFindings([{ ...violation("web"), text }], undefined, CONFIGURATION);
    expect(findings).toEqual([]);
    expect(notices).toEqual([`${POLICY}: can't run policy 'vm-backed-up-and-replicated' during preview: x`]);
});

test("has no more findings than the engine told, whatever the record says", () => {
    const { findings } = packFindings(
        [violation("web")],
        { findings: [recorded("web"), recorded("erp")], inOne: [] },
        CONFIGURATION,
    );
    expect(findings.map(({ urn }) => urn)).toEqual([urnOf("web")]);
});

test("keeps the exceptions of Pulumi's, for each finding that was reported in one, too", () => {
    const exceptions = [{ id: "EXC-7", reason: "It is rebuilt in May." }];
    const excepted = { ...violation("web"), exceptions };
    const alone = packFindings([excepted, violation("erp")], undefined, CONFIGURATION).findings;
    expect(alone.map(({ name, target, exceptions: those }) => [name, target, those])).toEqual([
        ["web", urnOf("web"), exceptions],
        ["erp", urnOf("erp"), []],
    ]);
    const inOne = [{ policy: POLICY, urn: urnOf("web"), count: 2, message: MESSAGE }];
    const record = { findings: [recorded("crm"), recorded("erp")], inOne };
    const { findings } = packFindings([excepted], record, CONFIGURATION);
    expect(findings.map(({ name, target, exceptions: those }) => [name, target, those])).toEqual([
        ["crm", urnOf("web"), exceptions],
        ["erp", urnOf("web"), exceptions],
    ]);
});

test("tells of what is exempted, although the engine does not", () => {
    const exemption = { reason: "rebuilt on Monday", expires: "2999-01-31" };
    const { findings } = packFindings([], { findings: [recorded("web", exemption)], inOne: [] }, CONFIGURATION);
    expect(findings).toEqual([
        expect.objectContaining({ policyId: "BCDR101", name: "web", level: "advisory", exemption }),
    ]);
    expect(findings[0]?.message.headline).toBe("Exempted: A VM is both backed up and replicated.");
});
