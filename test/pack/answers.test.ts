// Answers that are too large for Pulumi, over the real protocol and with the limit of Pulumi's host for Node (ENG-31).
import * as path from "node:path";
import {
    AnalyzeDiagnostic,
    AnalyzeResponse,
    EnforcementLevel,
    PolicySeverity,
    Remediation,
    RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import fc from "fast-check";
import { disk, vm, replication, vault } from "../../dev/bench/shapes/resources";
import { internalError } from "../../src/findings/internal-error";
import { formatMessage, headlineIn } from "../../src/findings/text";
import { referenceTo } from "../../policies/documentation";
import type { FindingsInOne } from "../../src/findings/record";
import type { PolicyId } from "../../src/findings/policy-id";
import { toStruct } from "../../dev/offline/providers/values";
import { policies } from "../../policies";
import { fit, LARGEST_ANSWER } from "../../src/pack/answers";
import { pulumiPolicies } from "../../src/pack/pack";
import { analyzeRequest, PackProcess, stackRequest } from "../harness/pack";
import { sentOf, type ExportedResource } from "../harness/exported-state";
import type { SentResource } from "../harness/stack";

const PACK_FOLDER = path.resolve(__dirname, "../..");
const POLICIES = new Map(
    policies.map((policy) => {
        const { name, scope, summary, remediationSteps } = policy;
        return [name, { ...referenceTo(policy), scope, finds: summary, remediation: remediationSteps }] as const;
    }),
);
const policyWith = (id: PolicyId) => policies.find((policy) => policy.id === id)!;

interface SourcedEntry {
    readonly policyId: string;
    readonly level: EnforcementLevel;
    readonly urn: string;
    /** Undefined where it is told one by one. */
    readonly count: number | undefined;
    readonly text: string;
}

const toldIn = (response: AnalyzeResponse): readonly SourcedEntry[] =>
    response.getDiagnosticsList().map((diagnostic) => {
        const text = diagnostic.getMessage();
        const first = headlineIn(text);
        const [, count] = /^([\d,]+) findings?: /.exec(first?.headline ?? "") ?? [];
        return {
            policyId: first?.policyId ?? "none",
            level: diagnostic.getEnforcementlevel(),
            urn: diagnostic.getUrn(),
            count: count === undefined ? undefined : Number(count.replaceAll(",", "")),
            text,
        };
    });

const sent = (resources: readonly object[]): readonly SentResource[] =>
    sentOf({ version: 3, deployment: { manifest: {}, resources: [...resources] as ExportedResource[] } }).resources;

const names = (count: number, prefix: string): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe("a stack with 10,000 findings of one policy", () => {
    const BARE = 10_000;
    const RESTORED = 5;
    const resources = sent([
        vault("recovery", "northeurope"),
        ...names(RESTORED, "web").flatMap((name) => [
            disk(`${name}-os`, true),
            vm(name),
            replication(`${name}-replication`, name, [`${name}-before`]),
        ]),
        ...names(BARE, "bare").map((name) => vm(name)),
    ]);
    let pack: PackProcess;
    let told: readonly SourcedEntry[];
    let size: number;

    beforeAll(async () => {
        pack = await PackProcess.start(PACK_FOLDER);
        await pack.configure({
            "vm-not-backed-up": { enforcementLevel: "mandatory" },
            "shared-settings": { defaultTier: "backup" },
        });
        await pack.analyzer.analyze(analyzeRequest(resources[0]!));
        const response = await pack.analyzer.analyzeStack(stackRequest(resources));
        size = response.serializeBinary().length;
        told = toldIn(response);
    }, 300_000);
    afterAll(() => pack.stop());

    test("is answered in what Pulumi takes", () => {
        expect(size).toBeLessThanOrEqual(LARGEST_ANSWER);
    });

    test("has all of them in one, which is as mandatory as they are and says how to see each", () => {
        const ofPolicy = told.filter(({ policyId }) => policyId === "BCDR401");
        expect(ofPolicy).toEqual([
            expect.objectContaining({ level: EnforcementLevel.MANDATORY, urn: "", count: BARE }),
        ]);
        expect(ofPolicy[0]?.text.split("\n").slice(1)).toEqual([
            expect.stringMatching(/^\[BCDR401\] 10,000 findings: A VM that must be backed up is not\.$/),
            expect.stringMatching(/^Why: Pulumi cannot take so many findings/),
            expect.stringContaining('"bare0"'),
            expect.stringContaining('"bare1"'),
            ...names(8, "").map(() => expect.stringContaining('"bare1') as string),
            "  and 9,990 more",
            "To see each finding with its fix, run one of these:",
            "  - Before a deployment:",
            "      azure-bcdr-guard preview -- --stack STACK",
            "  - For what is deployed:",
            "      pulumi stack export --stack STACK --file state.json",
            "      azure-bcdr-guard analyze state.json",
            expect.stringMatching(/^In general: /),
            expect.stringMatching(/^Policy: vm-not-backed-up {2}https:/),
        ]);
    });

    test("has what is more severe one by one, and first", () => {
        const ofPolicy = told.filter(({ policyId }) => policyId === "BCDR121");
        expect(ofPolicy.map(({ urn, count }) => [urn.split("::").at(-1), count])).toEqual(
            names(RESTORED, "web").map((name) => [name, undefined]),
        );
        expect(told.findIndex(({ policyId }) => policyId === "BCDR121")).toBeLessThan(
            told.findIndex(({ policyId }) => policyId === "BCDR401"),
        );
    });
});

test("a template with thousands of vaults is one resource, and answered in what Pulumi takes", async () => {
    const COUNT = 4_000;
    const template = {
        resources: names(COUNT, "vault").map((name) => ({
            type: "Microsoft.RecoveryServices/vaults",
            apiVersion: "2024-04-01",
            name,
            location: "westeurope",
            sku: { name: "RS0", tier: "Standard" },
            properties: { securitySettings: { softDeleteSettings: { softDeleteState: "Disabled" } } },
        })),
    };
    const [deployment] = sent([
        {
            urn: "urn:pulumi:dev::shop::azure-native:resources:Deployment::vaults",
            type: "azure-native:resources:Deployment",
            custom: true,
            inputs: { resourceGroupName: "shop", properties: { mode: "Incremental", template } },
        },
    ]);
    const pack = await PackProcess.start(PACK_FOLDER);
    try {
        await pack.configure({});
        const response = await pack.analyzer.analyze(analyzeRequest(deployment!));
        const inOne = toldIn(response).filter(({ count }) => count !== undefined);
        expect(response.serializeBinary().length).toBeLessThanOrEqual(LARGEST_ANSWER);
        expect(inOne.map(({ urn, count }) => [urn, count])).toEqual(inOne.map(() => ["", COUNT]));
        expect(inOne).not.toEqual([]);
    } finally {
        pack.stop();
    }
}, 300_000);

describe("fits", () => {
    const RULES: readonly PolicyId[] = ["BCDR121", "BCDR101", "BCDR401", "BCDR490"];
    const LOW = PolicySeverity.POLICY_SEVERITY_LOW;
    const HIGH = PolicySeverity.POLICY_SEVERITY_HIGH;
    interface Sown {
        readonly policyId: PolicyId;
        readonly headline: string;
        readonly long: number;
        readonly mandatory: boolean;
        readonly severity: PolicySeverity;
    }
    const sown = fc.record<Sown>({
        policyId: fc.constantFrom(...RULES),
        headline: fc.string({ unit: "grapheme", maxLength: 300 }),
        long: fc.nat(3_000),
        mandatory: fc.boolean(),
        severity: fc.constantFrom(LOW, HIGH),
    });
    const diagnostic = (
        id: PolicyId,
        text: string,
        mandatory: boolean,
        severity: PolicySeverity,
    ): AnalyzeDiagnostic => {
        const made = new AnalyzeDiagnostic();
        made.setPolicyname(policyWith(id).name);
        made.setPolicypackname("azure-bcdr-guard");
        made.setDescription("Something is wrong.");
        made.setMessage(`Something is wrong.\n${text}`);
        made.setEnforcementlevel(mandatory ? EnforcementLevel.MANDATORY : EnforcementLevel.ADVISORY);
        made.setSeverity(severity);
        made.setUrn("urn:pulumi:dev::shop::t:m:T::x");
        return made;
    };
    const finding = ({ policyId, headline, long, mandatory, severity }: Sown): AnalyzeDiagnostic =>
        diagnostic(
            policyId,
            formatMessage(referenceTo(policyWith(policyId)), {
                headline: `x${headline}`,
                why: "ü".repeat(long),
                fix: { kind: "in order", intro: "Do:", steps: [{ do: "This." }] },
                sources: [],
            }),
            mandatory,
            severity,
        );
    const answer = (diagnostics: readonly AnalyzeDiagnostic[]): AnalyzeResponse =>
        new AnalyzeResponse().setDiagnosticsList([...diagnostics]);
    const LARGEST = 20_000;

    test("whatever was found, and every finding counts at its level", () => {
        fc.assert(
            fc.property(fc.array(sown, { maxLength: 60 }), (all) => {
                const response = answer(all.map(finding));
                fit(response, POLICIES, undefined, LARGEST);
                expect(response.serializeBinary().length).toBeLessThanOrEqual(LARGEST);
                const counted = new Map<string, number>();
                for (const { policyId, level, count = 1 } of toldIn(response)) {
                    counted.set(`${policyId} ${level}`, (counted.get(`${policyId} ${level}`) ?? 0) + count);
                }
                const expected = new Map<string, number>();
                for (const { policyId, mandatory } of all) {
                    const key = `${policyId} ${mandatory ? 1 : 0}`;
                    expected.set(key, (expected.get(key) ?? 0) + 1);
                }
                expect(counted).toEqual(expected);
            }),
            { numRuns: 200 },
        );
    });

    test("to the last byte: with one less, the least severe is told in one", () => {
        const all = [
            ...names(3, "a").map(
                (headline) => ({ policyId: "BCDR401", headline, mandatory: false, severity: LOW }) as const,
            ),
            ...names(3, "b").map(
                (headline) => ({ policyId: "BCDR121", headline, mandatory: true, severity: HIGH }) as const,
            ),
        ].map((each) => finding({ ...each, long: 2_000 }));
        const { length } = answer(all).serializeBinary();
        const policiesInOne = (largest: number): readonly string[] => {
            const response = answer(all);
            fit(response, POLICIES, undefined, largest);
            expect(response.serializeBinary().length).toBeLessThanOrEqual(largest);
            return toldIn(response).flatMap(({ policyId, count }) => (count === undefined ? [] : [policyId]));
        };
        expect(policiesInOne(length)).toEqual([]);
        expect(policiesInOne(length - 1)).toEqual(["BCDR401"]);
    });

    test("that a check could not be made, and what the SDK says itself, is told as it is", () => {
        const broken = diagnostic(
            "BCDR121",
            formatMessage(referenceTo(policyWith("BCDR121")), internalError(new TypeError("x"))),
            true,
            HIGH,
        );
        const sdk = diagnostic("BCDR121", "can't run policy 'some-policy' during preview", false, HIGH);
        const many = names(50, "m").map((headline) =>
            finding({ policyId: "BCDR121", headline, long: 1_000, mandatory: true, severity: HIGH }),
        );
        const response = answer([...many, broken, sdk]);
        fit(response, POLICIES, undefined, LARGEST);
        expect(toldIn(response).map(({ text, count }) => count ?? text)).toEqual([
            broken.getMessage(),
            sdk.getMessage(),
            50,
        ]);
    });

    test("and the record gets what goes into one: of a stack as a whole, of a resource by its URN", () => {
        const all = (policyId: PolicyId): readonly AnalyzeDiagnostic[] =>
            names(50, "m").map((headline) =>
                finding({ policyId, headline, long: 1_000, mandatory: true, severity: HIGH }),
            );
        const noted: FindingsInOne[] = [];
        fit(answer([...all("BCDR121"), ...all("BCDR501")]), POLICIES, (inOne) => noted.push(inOne), LARGEST);
        expect(noted.map(({ policy, urn, count }) => [policy, urn, count])).toEqual([
            ["restored-os-disk-not-replicated", undefined, 50],
            ["vault-soft-delete", "urn:pulumi:dev::shop::t:m:T::x", 50],
        ]);
        expect(noted.map(({ message }) => message.headline)).toEqual([
            expect.stringMatching(/^50 findings: /),
            expect.stringMatching(/^50 findings: /),
        ]);
    });
});

test("inputs that are too large to be handed back are left as they are", () => {
    pulumiPolicies(policies);
    const remediated = (tag: string): RemediateResponse =>
        new RemediateResponse().setRemediationsList([
            new Remediation().setPolicyname("vault-soft-delete").setProperties(toStruct({ tags: { tag } })),
        ]);
    const { responseSerialize, responseDeserialize } = AnalyzerService.remediate;
    const answered = (tag: string): number =>
        responseDeserialize(responseSerialize(remediated(tag))).getRemediationsList().length;
    expect(answered("x")).toBe(1);
    expect(answered("x".repeat(LARGEST_ANSWER))).toBe(0);
});
