import { problemsOf, packConfiguration, type ConfigurationFile } from "../../../src/config/configuration-file";
import { catalogue } from "../../../src/cli/judging/reported-policies";
import type { ReportedFinding, Threshold } from "../../../src/cli/report";
import { FORMATS } from "../../../src/cli/reports";
import { aFinding, aMessage, cleanReport, urnOf } from "./a-report";

const STACK = urnOf("pulumi:pulumi:Stack", "fleet-dev");
const web = urnOf("azure-native:compute:VirtualMachine", "web");
const message = aMessage("It is so.");
const RESTORED = aFinding("BCDR121", "web", { urn: web, message });

interface Printed extends ConfigurationFile {
    readonly version: number;
    readonly exceptions: Readonly<
        Record<string, { readonly reason: string; readonly match: readonly Record<string, unknown>[] }>
    >;
}

function printed(findings: readonly ReportedFinding[], bar: Threshold = "mandatory"): Printed {
    const report = { ...cleanReport(), findings, verdict: { ...cleanReport().verdict, bar } };
    return JSON.parse(FORMATS["pulumi-exceptions"].print(report, { colours: false, width: undefined })) as Printed;
}

const matches = ({ exceptions }: Printed): unknown => Object.values(exceptions).map(({ match }) => match);

test("has an exception for each finding that fails, which nothing takes until somebody says why", () => {
    const file = printed([RESTORED]);
    const id = `BCDR121-${RESTORED.fingerprint.slice(0, 8)}`;
    expect(file).toEqual({
        version: 2,
        exceptions: {
            [id]: { reason: "", match: [{ policies: ["restored-os-disk-not-replicated"], targets: [web] }] },
        },
    });
    expect(problemsOf(file, catalogue)).toEqual([expect.stringContaining(`"exceptions.${id}.reason" is empty`)]);
    const filled = { ...file, exceptions: { [id]: { ...file.exceptions[id], reason: "It is rebuilt." } } };
    expect(problemsOf(filled, catalogue)).toEqual([]);
    expect(packConfiguration(filled, catalogue).exceptionsFrom(RESTORED.policy, web)).toEqual([
        { id, reason: "It is rebuilt." },
    ]);
});

test("names the URN on which Pulumi reports a finding, where that is another one", () => {
    const outside = aFinding("BCDR131", "elsewhere", { urn: undefined, target: STACK, message });
    expect(matches(printed([outside]))).toEqual([[{ policies: ["replicated-disk-not-attached"], targets: [STACK] }]]);
});

test("has one for several findings of a policy on a URN, and none where no URN is known", () => {
    const second = { ...RESTORED, fingerprint: "0123456789" };
    const lost = aFinding("BCDR131", "elsewhere", { urn: undefined, message });
    expect(matches(printed([RESTORED, second, lost]))).toHaveLength(1);
});

test.each<[Threshold, number]>([
    ["mandatory", 1],
    ["advisory", 2],
    ["undecided", 2],
    ["never", 0],
])("with the threshold %s: %d", (bar, count) => {
    const advisory = aFinding("BCDR401", "erp", { urn: urnOf("azure-native:compute:VirtualMachine", "erp"), message });
    const known = aFinding("BCDR131", "crm", { urn: web, state: "known", message });
    expect(matches(printed([RESTORED, advisory, known], bar))).toHaveLength(count);
});
