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
import type { Estate } from "../model/estate";
import { exemptionInUse, today, type ConfiguredExemptions, type PolicyExemptions } from "../findings/exemption";
import type { Finding } from "../findings/finding";
import type { PolicyId } from "../findings/policy-id";
import { internalError } from "../findings/internal-error";
import { formatMessage } from "../findings/text";
import { forDisplay } from "../findings/plain-text";
import { stackSubject } from "../findings/subject";
import type {
    CataloguePolicy,
    ConfiguredPolicy,
    ConfiguredResourcePolicy,
    Level,
    PlanPolicy,
    Policy,
    ResourcePolicy,
    SettingValues,
    StackPolicy,
    StackSubject,
} from "../../policies/policy";
import { findingsOnResource } from "../../policies/resource-findings";
import { run, type PolicyFindings } from "../../policies/run";
import type { ProgramLanguage } from "../advice/program-language";
import type { Circumstances } from "../../policies/check";
import { checkConfiguration, ConfigurationError, type Configurable } from "../config/configuration";
import { configuredExemptions, policyExemptions } from "../config/exemptions";
import { documentation, pageOf } from "../../policies/documentation";
import { configSchema } from "./config-schema";
import { limitAnswers } from "./answers";
import { plannedResource, plannedResources } from "./planned-resources";
import { readable, write } from "./remediation";
import { ConfiguredInventory } from "./inventory";
import { programLanguage } from "./program";
import { Recorder } from "./recorder";
import { listenToRequests, requests } from "./requests";
import { StackAnalysis } from "./stack-analysis";
import { sharedSettings, withShared } from "../config/shared-settings";

/**
 * The policies as Pulumi takes them. All policies of one pack share one round.
 *
 * @param elsewhere policies that other tools run under the same configuration, so that it may speak of them
 */
export function pulumiPolicies(
    policies: readonly Policy[],
    elsewhere: readonly PlanPolicy[] = [],
): PolicyPackArgs["policies"] {
    listenToRequests();
    limitAnswers(
        new Map(
            policies.map(({ id, summary, remediationSteps }) => [
                id,
                { finds: summary, remediation: remediationSteps },
            ]),
        ),
    );
    const all: readonly CataloguePolicy[] = [...policies, ...elsewhere];
    const round = new StackAnalysis();
    const recorder = new Recorder();
    const shared = sharedSettings(all);
    const blocks: readonly Configurable[] = [shared, ...all];
    const inventory = new ConfiguredInventory(shared);
    const sharing = new Sharing(shared, blocks, all, inventory, round);
    return [
        sharedSettingsPolicy(sharing, round),
        ...policies.map((policy) =>
            policy.scope === "resource"
                ? resourceValidation(policy, new Configured(policy, policy.configure, blocks, round), sharing, recorder)
                : stackValidation(
                      policy,
                      new Configured(policy, policy.configure, blocks, round),
                      inventory,
                      round,
                      recorder,
                  ),
        ),
    ];
}

/** Hands the shared settings on, checked and read anew only when they have changed. */
class Sharing {
    private checked: SettingValues = {};
    private sent: SettingValues | undefined;
    private exemptions: ConfiguredExemptions;

    constructor(
        readonly block: Configurable,
        private readonly blocks: readonly Configurable[],
        private readonly catalogue: readonly CataloguePolicy[],
        private readonly inventory: ConfiguredInventory,
        readonly round: StackAnalysis,
    ) {
        this.exemptions = configuredExemptions({}, catalogue);
    }

    /** @throws ConfigurationError */
    take(given: SettingValues): void {
        if (!isSame(this.checked, given)) {
            checkConfiguration(this.block, given, this.blocks);
            this.exemptions = configuredExemptions(given, this.catalogue);
            this.checked = given;
        }
        this.share();
    }

    /**
     * Remediations come before the policy that takes the settings is asked, so they go by what the engine has sent: once,
     * because the SDK hands the same lists out as other objects, and each change of hands would check all of them again.
     *
     * @throws ConfigurationError
     */
    takeSent(): void {
        const sent = requests.settingsOf(this.block.name);
        if (sent === undefined) {
            return;
        }
        if (sent === this.sent) {
            this.share();
            return;
        }
        this.take(sent);
        this.sent = sent;
    }

    private share(): void {
        // Looked at once a round: a resource is no occasion to ask the disk whether the file has changed.
        if (this.round.shared !== this.checked) {
            this.round.external = this.inventory.by(this.checked);
        }
        this.round.shareSettings(this.checked, this.exemptions);
    }
}

/** Finds nothing: it takes the settings that all others share. First, so that none looks at anything without them. */
function sharedSettingsPolicy(sharing: Sharing, round: StackAnalysis): ResourceValidationPolicy {
    const { name } = sharing.block;
    return {
        name,
        displayName: "Settings that policies share",
        description: "Settings for all policies of this pack; finds nothing.",
        enforcementLevel: "advisory",
        severity: "low",
        tags: ["configuration"],
        url: documentation("configuration.md", "settings-for-all-policies"),
        configSchema: configSchema(sharing.block),
        validateResource: (args: ResourceValidationArgs, report: ReportViolation) => {
            safely("BCDR490", report, () => {
                round.inFlight.takeResource(args.type, args.props, () => plannedResource(args));
                round.collect(name, undefined, args.urn, args.type, args.props);
                sharing.take(args.getConfig<SettingValues>());
            });
        },
    };
}

function resourceValidation(
    policy: ResourcePolicy,
    configured: Configured<ConfiguredResourcePolicy>,
    sharing: Sharing,
    recorder: Recorder,
): ResourceValidationPolicy {
    const { round } = sharing;
    const validate: ResourceValidation = (args, report) => {
        safely(policy.id, report, () => {
            const { policy: policies, exemptions } = configured.by(args.getConfig());
            round.collect(policy.name, policies, args.urn, args.type, args.props);
            const findings = withoutSecrets(
                findingsOnResource(plannedResource(args), policies, circumstances(), exemptions),
            );
            tellSuppressed(policy, findings, round);
            recorder.findings(policy.name, findings);
            findings.reported.forEach((finding) => reportFinding(report, finding));
        });
    };
    return {
        ...metadata(policy),
        ...(policy.remediates ? { remediateResource: remediation(configured, sharing) } : {}),
        // The SDK makes the resource anew for each of the functions, so there are none where this policy looks at no
        // such resource (SEE-32). At the first resource of a round it has to be asked all the same, for its settings.
        get validateResource() {
            const policies = round.resourcePolicy(policy.name);
            return policies === undefined || round.inFlight.mayConcern(policies) ? validate : NOTHING_TO_VALIDATE;
        },
    };
}

const NOTHING_TO_VALIDATE: ResourceValidation[] = [];

/**
 * Changes the inputs of what is violated and not exempted as its policy says; all else stays as it is. Pulumi asks for it
 * only where the policy's level is `remediate`, and looks at the changed inputs afterwards.
 */
function remediation(configured: Configured<ConfiguredResourcePolicy>, sharing: Sharing): ResourceRemediation {
    return (args) => {
        try {
            sharing.takeSent();
            const { policy: policies, exemptions } = configured.by(args.getConfig());
            const resource = plannedResource({ ...args, props: readable(args.props) });
            const { reported } = findingsOnResource(resource, policies, circumstances(), exemptions);
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
    configured: Configured<ConfiguredPolicy<StackSubject>>,
    inventory: ConfiguredInventory,
    round: StackAnalysis,
    recorder: Recorder,
): StackValidationPolicy {
    const find = (
        { policy: policies, exemptions }: ReturnType<typeof configured.by>,
        estate: Estate,
    ): PolicyFindings => {
        const open = round.openFindings;
        const about = () => stackSubject(estate.stackUrn);
        const subject = { estate, open: () => open, exemptionsInUse: () => round.exemptionsInUse };
        const findings = withoutSecrets(run(policies, subject, about, circumstances(), exemptions, open));
        tellSuppressed(policy, findings, round);
        recorder.findings(policy.name, findings);
        recorder.open(round.newlyOpen().map((each) => ({ ...each, resource: requests.secrets.hide(each.resource) })));
        recorder.evaluated(policy.name);
        return findings;
    };
    const prepare: ResourceValidation = (args, report) => {
        safely(policy.id, report, () => {
            const settings = configured.by(args.getConfig());
            round.prepare(policy.name, (estate) => find(settings, estate));
        });
    };
    const validate: StackValidation = (args, report) => {
        safely(policy.id, report, () => {
            round.inFlight.takeStack();
            const settings = configured.by(args.getConfig());
            // Where the policy of shared settings is disabled, nobody has asked for what the environment names.
            round.external ??= inventory.by(round.shared);
            const estate = round.estateFor(policy.name, (inputs) => {
                recorder.resources(args.resources);
                return plannedResources(args.resources, inputs);
            });
            const findings = round.foundBy(policy.name) ?? find(settings, estate);
            findings.reported.forEach((finding) => reportFinding(report, finding));
        });
    };
    return {
        ...metadata(policy),
        // Settings that are wrong are told at the first resource, before anything is made, and not after all of it.
        get validateResource() {
            return round.inFlight.isResource && !round.isPrepared(policy.name) ? prepare : undefined;
        },
        // The SDK makes all resources anew for it (SEE-10), so a policy that has nothing to say has none (SEE-32).
        get validateStack() {
            return round.inFlight.isStack && round.isSilent(policy.name) ? undefined : validate;
        },
    } as StackValidationPolicy;
}

/**
 * Nothing but a configuration error leaves a policy: anything else thrown would fail the whole preview with a stack
 * trace (SEE-14), or silence what the policy has yet to find (SEE-07).
 */
function safely(policy: PolicyId, report: ReportViolation, validate: () => void): void {
    try {
        validate();
    } catch (error) {
        if (error instanceof ConfigurationError) {
            throw error;
        }
        report(forDisplay(formatMessage(policy, internalError(error))));
    }
}

function reportFinding(report: ReportViolation, { policyId, subject, message }: Finding): void {
    report(forDisplay(formatMessage(policyId, message)), subject.urn);
}

/** Secrets reach policies as plain values (SEE-09); this is the one way from a policy to whoever reads of it. */
function withoutSecrets({ reported, suppressed }: PolicyFindings): PolicyFindings {
    const { secrets } = requests;
    const hidden = (finding: Finding): Finding => ({
        ...finding,
        subject: { ...finding.subject, name: secrets.hide(finding.subject.name) },
        message: secrets.hideInMessage(finding.message),
    });
    return {
        reported: reported.map(hidden),
        suppressed: suppressed.map((each) => ({
            ...each,
            finding: hidden(each.finding),
            reason: secrets.hide(each.reason),
        })),
    };
}

function tellSuppressed({ name }: Policy, { suppressed }: PolicyFindings, round: StackAnalysis): void {
    suppressed.forEach((each) => round.exemptionsInUse.push(exemptionInUse(name, each)));
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

function metadata(policy: Policy) {
    const { name, level, severity, summary, tags, remediationSteps } = policy;
    const { also, ...framework } = policy.framework;
    return {
        name,
        displayName: inTitle(name),
        description: summary,
        enforcementLevel: level,
        severity,
        framework,
        tags: [...tags, ...also.map((control) => `${control.name} ${control.reference}`)],
        remediationSteps,
        url: documentation(pageOf(policy)),
        configSchema: configSchema(policy),
    };
}

/** `replicated-vm-arm64`: "Replicated VM arm64". Pulumi Cloud lists policies by it. */
function inTitle(name: string): string {
    const words = name.replaceAll("-", " ").replaceAll(/\b(?:vm|os|ipv6|nvme)\b/g, (word) => SPELT[word] ?? word);
    return words.charAt(0).toUpperCase() + words.slice(1);
}

const SPELT: Readonly<Record<string, string>> = { vm: "VM", os: "OS", ipv6: "IPv6", nvme: "NVMe" };

/** The SDK makes a new object at each call, with the same values in it until it is configured anew. */
function isSame(one: SettingValues, other: SettingValues): boolean {
    const names = Object.keys(one);
    return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** A policy with its configuration, checked and read anew only when it has changed. */
class Configured<Rules> {
    private given: SettingValues | undefined;
    private shared: SettingValues | undefined;
    private level: Level | undefined;
    private current: { readonly policy: Rules; readonly exemptions: PolicyExemptions } | undefined;

    constructor(
        private readonly policy: Policy,
        private readonly configure: (values: SettingValues) => Rules,
        private readonly catalogue: readonly Configurable[],
        private readonly round: StackAnalysis,
    ) {}

    /** @throws ConfigurationError */
    by(values: SettingValues): { readonly policy: Rules; readonly exemptions: PolicyExemptions } {
        const { shared } = this.round;
        const level = requests.levelOf(this.policy.name);
        const isCurrent = this.shared === shared && this.level === level && this.given && isSame(this.given, values);
        if (this.current !== undefined && isCurrent) {
            return this.current;
        }
        checkConfiguration(this.policy, values, this.catalogue);
        const current = {
            policy: this.configure(withShared(this.policy, values, shared)),
            exemptions: policyExemptions(shared, this.round.exemptions, today(), {
                // Where the engine has not told the level, it may be mandatory.
                isAdvisory: level === "advisory",
                isSecret: (tag) => requests.secrets.has(tag),
            }),
        };
        this.current = current;
        this.given = values;
        this.shared = shared;
        this.level = level;
        return current;
    }
}
