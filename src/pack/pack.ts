import type {
    PolicyPackArgs,
    ReportViolation,
    ResourceRemediation,
    ResourceValidation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidation,
    StackValidationPolicy,
} from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import { exemptionInUse } from "../findings/exemption";
import type { Finding } from "../findings/finding";
import { internalError } from "../findings/internal-error";
import { formatMessage, type PolicyReference } from "../findings/text";
import { forDisplay } from "../findings/plain-text";
import { stackSubject } from "../findings/subject";
import type {
    CataloguePolicy,
    ConfiguredPolicy,
    ConfiguredResourcePolicy,
    Level,
    Policy,
    ResourcePolicy,
    SettingValues,
    StackPolicy,
    StackSubject,
} from "../../policies/policy";
import { tierTagOf } from "../../policies/coverage/tiers";
import { notApplicable } from "../../policies/not-applicable";
import { findingsOnResource } from "../../policies/resource-findings";
import { run, type PolicyFindings } from "../../policies/run";
import type { ProgramLanguage } from "../advice/program-language";
import { addAll } from "../model/lists";
import type { Circumstances } from "../../policies/check";
import { ConfigurationError, type Configurable } from "../config/configuration";
import { documentation, pageOf, referenceTo } from "../../policies/documentation";
import { configSchema } from "./config-schema";
import { limitAnswers, type AnsweringPolicy } from "./answers";
import { PolicyConfiguration, SharedConfiguration } from "./pack-configuration";
import { plannedResource, plannedResources } from "./planned-resources";
import { readable, write } from "./remediation";
import { ConfiguredInventory } from "./inventory";
import { programLanguage } from "./program";
import { Recorder } from "./recorder";
import { listenToRequests, requests } from "./requests";
import { sdkCalls, type SdkCalls } from "./sdk-calls";
import { resourcesSent } from "./stack-request";
import { StackAnalysis } from "./stack-analysis";
import { sharedSettings } from "../config/shared-settings";

/** How a pack is put together. */
export interface PackOptions {
    readonly environment?: NodeJS.ProcessEnv;
    /** What counts where Pulumi's configuration says nothing. */
    readonly given?: GivenConfiguration;
    /** True where the pack may have policies that are not of this package. */
    readonly shared?: boolean;
}

/** A level and settings for each policy, as code gives them. */
export interface GivenConfiguration {
    /** Undefined where the policy keeps its own. */
    readonly levelOf: (policy: string) => Level | undefined;
    readonly valuesOf: (policy: string) => SettingValues;
}

const NOTHING_GIVEN: GivenConfiguration = { levelOf: () => undefined, valuesOf: () => ({}) };

/**
 * The policies as Pulumi takes them. All policies of one pack share one analysis.
 *
 * @param elsewhere policies that are not in this pack, but of which its configuration may speak
 */
export function pulumiPolicies(
    policies: readonly Policy[],
    elsewhere: readonly CataloguePolicy[] = [],
    { environment = process.env, given = NOTHING_GIVEN, shared: isShared = false }: PackOptions = {},
): PolicyPackArgs["policies"] {
    listenToRequests();
    const recorder = new Recorder();
    limitAnswers(new Map(policies.map((policy) => [policy.name, answering(policy)])), (inOne) => {
        recorder.inOne(inOne);
    });
    const all: readonly CataloguePolicy[] = [...policies, ...elsewhere];
    const calls = sdkCalls(environment, isShared);
    const analysis = new StackAnalysis(calls);
    const block = sharedSettings(all);
    const blocks: readonly Configurable[] = [block, ...all];
    const inventory = new ConfiguredInventory(block);
    const shared = new SharedConfiguration(block, blocks, all, inventory, analysis);
    const served: Served = { analysis, calls, given, inventory, recorder, shared };
    return [
        sharedSettingsPolicy(served),
        ...policies.map((policy) =>
            policy.scope === "resource"
                ? resourceValidation(
                      policy,
                      new PolicyConfiguration(policy, policy.configure, blocks, analysis),
                      served,
                  )
                : stackValidation(policy, new PolicyConfiguration(policy, policy.configure, blocks, analysis), served),
        ),
    ];
}

function answering(policy: Policy): AnsweringPolicy {
    const { summary, remediationSteps, scope } = policy;
    return { ...referenceTo(policy), scope, finds: summary, remediation: remediationSteps };
}

/** What all policies of a pack have in common while it is served. */
interface Served {
    readonly analysis: StackAnalysis;
    readonly calls: SdkCalls;
    readonly given: GivenConfiguration;
    readonly inventory: ConfiguredInventory;
    readonly recorder: Recorder;
    readonly shared: SharedConfiguration;
}

/** Finds nothing: it takes the settings that all others share. First, so that none looks at anything without them. */
function sharedSettingsPolicy({ analysis, calls, given, shared }: Served): ResourceValidationPolicy {
    const { name } = shared.block;
    const url = documentation("configuration.md", "settings-for-all-policies");
    return calls.first({
        name,
        displayName: "Settings that policies share",
        description: "Settings for all policies of this pack; finds nothing.",
        enforcementLevel: "advisory",
        severity: "low",
        tags: ["configuration"],
        url,
        configSchema: configSchema(shared.block, given.valuesOf(name)),
        validateResource: (args: ResourceValidationArgs, report: ReportViolation) => {
            safely({ id: "BCDR490", name, url }, report, () => {
                analysis.collect(name, undefined, args.urn, args.type, args.props);
                shared.take(args.getConfig<SettingValues>());
            });
        },
    });
}

function resourceValidation(
    policy: ResourcePolicy,
    configuration: PolicyConfiguration<ConfiguredResourcePolicy>,
    { analysis, calls, given, recorder, shared }: Served,
): ResourceValidationPolicy {
    const validateResource: ResourceValidation = (args, report) => {
        safely(referenceTo(policy), report, () => {
            const { policy: configured, exemptions } = configuration.by(args.getConfig());
            analysis.collect(policy.name, configured, args.urn, args.type, args.props);
            const findings = withoutSecrets(
                findingsOnResource(plannedResource(args), configured, circumstances(), exemptions),
            );
            noteExemptions(policy, findings, analysis);
            recorder.findings(policy.name, findings);
            findings.reported.forEach((finding) => reportFinding(policy, report, finding));
        });
    };
    const remediateResource = policy.remediates ? { remediateResource: remediation(configuration, shared) } : {};
    return calls.resourcePolicy({ ...metadata(policy, given), ...remediateResource, validateResource }, () =>
        analysis.resourcePolicy(policy.name),
    );
}

/**
 * Changes the inputs of a resource that violates a policy and is not exempted, as the policy says. All other resources
 * stay unchanged. Pulumi asks for it only where the policy's level is `remediate`, and checks the changed inputs
 * afterwards.
 */
function remediation(
    configuration: PolicyConfiguration<ConfiguredResourcePolicy>,
    shared: SharedConfiguration,
): ResourceRemediation {
    return (args) => {
        try {
            shared.takeSent();
            const { policy: configured, exemptions } = configuration.by(args.getConfig());
            const resource = plannedResource({ ...args, props: readable(args.props) });
            const { reported } = findingsOnResource(resource, configured, circumstances(), exemptions);
            const changes = reported.flatMap(({ remediation = [] }) => remediation);
            if (changes.length === 0) {
                return undefined;
            }
            write(args.props, changes);
            return args.props;
        } catch (error) {
            if (error instanceof ConfigurationError) {
                throw error;
            }
            // The validation, which comes next, meets the same bug and reports it.
            return undefined;
        }
    };
}

function stackValidation(
    policy: StackPolicy,
    configuration: PolicyConfiguration<ConfiguredPolicy<StackSubject>>,
    { analysis, calls, given, inventory, recorder }: Served,
): StackValidationPolicy {
    const validateStack: StackValidation = (args, report) => {
        let reason: string | undefined;
        safely(referenceTo(policy), report, () => {
            const { policy: configured, exemptions } = configuration.by(args.getConfig());
            // Where the policy of shared settings is disabled, nobody has asked for what the environment names.
            analysis.external ??= inventory.by(analysis.shared);
            const estate = analysis.estateFor(policy.name, (inputs) => {
                const resources = resourcesSent(args);
                recorder.resources(resources);
                recorder.stackTag(tierTagOf(args.stackTags, analysis.shared["tierTag"]));
                return plannedResources(resources, inputs);
            });
            const open = analysis.openFindings;
            const about = () => stackSubject(estate.stackUrn);
            const subject = {
                estate,
                stackTags: args.stackTags,
                open: () => open,
                exemptionsInUse: () => analysis.exemptionsInUse,
                inPlace: () => analysis.inPlace,
            };
            const findings = withoutSecrets(run(configured, subject, about, circumstances(), exemptions, open));
            addAll(analysis.inPlace, findings.inPlace);
            noteExemptions(policy, findings, analysis);
            recorder.findings(policy.name, findings);
            recorder.open(
                analysis.newlyOpen().map((each) => ({ ...each, resource: requests.secrets.hide(each.resource) })),
            );
            recorder.evaluated(policy.name);
            findings.reported.forEach((finding) => reportFinding(policy, report, finding));
            reason = isSilent(findings) ? notApplicable(policy, estate) : undefined;
        });
        if (reason !== undefined) {
            // It throws: nothing may come after it.
            args.notApplicable(reason);
        }
    };
    const checkSettings: ResourceValidation = (args, report) => {
        safely(referenceTo(policy), report, () => {
            configuration.by(args.getConfig());
        });
    };
    return calls.stackPolicy({ ...metadata(policy, given), validateStack }, checkSettings);
}

/**
 * Nothing but a configuration error leaves a policy: anything else thrown would fail the whole preview with a stack
 * trace (SEE-14), or silence what the policy has yet to find (SEE-07).
 */
function safely(policy: PolicyReference, report: ReportViolation, validate: () => void): void {
    try {
        validate();
    } catch (error) {
        if (error instanceof ConfigurationError) {
            throw error;
        }
        report(forDisplay(formatMessage(policy, internalError(error))));
    }
}

function reportFinding(policy: Policy, report: ReportViolation, { subject, message }: Finding): void {
    report(forDisplay(formatMessage(referenceTo(policy), message)), subject.urn);
}

/** Secrets reach policies as plain values (SEE-09); this is the one way from a policy to whoever reads of it. */
function withoutSecrets({ reported, suppressed, inPlace }: PolicyFindings): PolicyFindings {
    const { secrets } = requests;
    const hidden = (finding: Finding): Finding => ({
        ...finding,
        subject: { ...finding.subject, name: secrets.hide(finding.subject.name) },
        message: secrets.hideInMessage(finding.message),
    });
    return {
        // What is said of these goes through here as findings of BCDR430.
        inPlace,
        reported: reported.map(hidden),
        suppressed: suppressed.map((each) => ({
            ...each,
            finding: hidden(each.finding),
            reason: secrets.hide(each.reason),
        })),
    };
}

function isSilent({ reported, suppressed, inPlace }: PolicyFindings): boolean {
    return reported.length + suppressed.length + inPlace.length === 0;
}

function noteExemptions({ name }: Policy, { suppressed }: PolicyFindings, analysis: StackAnalysis): void {
    suppressed.forEach((each) => analysis.exemptionsInUse.push(exemptionInUse(name, each)));
}

let language: { readonly of: string; readonly is: ProgramLanguage | undefined } | undefined;

/** A process looks at one project; its file is read once. */
function circumstances(): Circumstances {
    const project = runtime.getProject();
    if (language?.of !== project) {
        language = { of: project, is: programLanguage(process.env, project) };
    }
    return { dryRun: runtime.isDryRun(), language: language.is };
}

function metadata(policy: Policy, given: GivenConfiguration) {
    const { name, level, severity, summary, tags, remediationSteps } = policy;
    const { also, ...framework } = policy.framework;
    return {
        name,
        displayName: inTitle(name),
        description: summary,
        enforcementLevel: given.levelOf(name) ?? level,
        severity,
        framework,
        tags: [...tags, ...also.map((control) => `${control.name} ${control.reference}`)],
        remediationSteps,
        url: documentation(pageOf(policy)),
        configSchema: configSchema(policy, given.valuesOf(name)),
    };
}

/** `replicated-vm-arm64`: "Replicated VM arm64". Pulumi Cloud lists policies by it. */
function inTitle(name: string): string {
    const words = name.replaceAll("-", " ").replaceAll(/\b(?:vm|os|ipv6|nvme)\b/g, (word) => SPELT[word] ?? word);
    return words.charAt(0).toUpperCase() + words.slice(1);
}

const SPELT: Readonly<Record<string, string>> = { vm: "VM", os: "OS", ipv6: "IPv6", nvme: "NVMe" };
