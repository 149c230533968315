import type {
    PolicyPackArgs,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import { Identities } from "../estate/identify";
import { isSkipped } from "../estate/planned-resource";
import { readerOf } from "../estate/readers";
import { SOURCES_BY_ID } from "../estate/restored-disk";
import type { ExemptionRules } from "../findings/exemption";
import type { Finding } from "../findings/finding";
import { internalError } from "../findings/internal-error";
import { formatMessage } from "../findings/message";
import { stackSubject, subjectOf } from "../findings/subject";
import type {
    ConfiguredPolicy,
    Policy,
    ResourcePolicy,
    ResourceSubject,
    SettingValues,
    StackPolicy,
    StackSubject,
} from "../policies/policy";
import { run } from "../policies/run";
import { checkConfiguration, configSchema, ConfigurationError, exemptionRules } from "./configuration";
import { plannedResource, plannedResources } from "./planned-resources";
import { Round } from "./round";

/** The whole catalogue as Pulumi takes it. All policies of one pack share one round. */
export function pulumiPolicies(catalogue: readonly Policy[]): PolicyPackArgs["policies"] {
    const round = new Round();
    return catalogue.map((policy) =>
        policy.scope === "resource"
            ? resourceValidation(policy, new Configured(policy, policy.configure, catalogue), round)
            : stackValidation(policy, new Configured(policy, policy.configure, catalogue), round),
    );
}

function resourceValidation(
    policy: ResourcePolicy,
    configured: Configured<ResourceSubject>,
    round: Round,
): ResourceValidationPolicy {
    return {
        ...metadata(policy),
        validateResource: (args: ResourceValidationArgs, report: ReportViolation) => {
            safely(policy, report, () => {
                const { policy: rules, exemptions } = configured.by(args.getConfig());
                round.collect(policy.name, rules, args.urn, args.type, args.props);
                const resource = plannedResource(args);
                const reader = readerOf(args.type);
                if (reader === undefined || isSkipped(resource)) {
                    return;
                }
                const entity = reader.read(resource, new Identities([resource]));
                const target = { entity, sources: SOURCES_BY_ID };
                for (const finding of run(rules, target, subjectOf(entity), circumstances(), exemptions, [])) {
                    reportFinding(report, finding);
                }
            });
        },
    };
}

function stackValidation(
    policy: StackPolicy,
    configured: Configured<StackSubject>,
    round: Round,
): StackValidationPolicy {
    return {
        ...metadata(policy),
        validateStack: (args: StackValidationArgs, report: ReportViolation) => {
            safely(policy, report, () => {
                const { policy: rules, exemptions } = configured.by(args.getConfig());
                const estate = round.estateFor(policy.name, (inputs) => plannedResources(args.resources, inputs));
                const open = round.openFindings;
                const target = { estate, open: () => open };
                const about = stackSubject(estate.stackUrn);
                for (const finding of run(rules, target, about, circumstances(), exemptions, open)) {
                    reportFinding(report, finding);
                }
            });
        },
    };
}

/**
 * Nothing but a configuration error leaves a policy: anything else thrown would fail the whole preview with a stack
 * trace (SEE-14), or silence what the policy has yet to find (SEE-07).
 */
function safely(policy: Policy, report: ReportViolation, validate: () => void): void {
    try {
        validate();
    } catch (error) {
        if (error instanceof ConfigurationError) {
            throw error;
        }
        const [rule = "BCDR490"] = policy.ruleIds;
        report(formatMessage(rule, internalError(error)));
    }
}

function reportFinding(report: ReportViolation, { rule, subject, message }: Finding): void {
    report(withoutColourMarks(formatMessage(rule, message)), subject.urn);
}

/** The engine takes `<{%` for the start of a colour mark and panics on one that it does not know. */
function withoutColourMarks(text: string): string {
    return text.replaceAll("<{%", "<{ %");
}

function circumstances(): { readonly dryRun: boolean } {
    return { dryRun: runtime.isDryRun() };
}

function metadata(policy: Policy) {
    const { name, displayName, description, level, severity, framework, tags, remediationSteps } = policy;
    return {
        name,
        displayName,
        description,
        enforcementLevel: level,
        severity,
        framework,
        tags: [...tags],
        remediationSteps,
        configSchema: configSchema(policy),
    };
}

/** A policy with its configuration, checked and read anew only when it has changed. */
class Configured<Subject> {
    private text: string | undefined;
    private current: { readonly policy: ConfiguredPolicy<Subject>; readonly exemptions: ExemptionRules } | undefined;

    constructor(
        private readonly policy: Policy,
        private readonly configure: (values: SettingValues) => ConfiguredPolicy<Subject>,
        private readonly catalogue: readonly Policy[],
    ) {}

    /** @throws ConfigurationError */
    by(values: SettingValues): { readonly policy: ConfiguredPolicy<Subject>; readonly exemptions: ExemptionRules } {
        const text = JSON.stringify(values);
        if (this.current !== undefined && this.text === text) {
            return this.current;
        }
        checkConfiguration(this.policy, values, this.catalogue);
        const current = {
            policy: this.configure(values),
            exemptions: exemptionRules(values, new Date().toISOString().slice(0, 10)),
        };
        this.current = current;
        this.text = text;
        return current;
    }
}
