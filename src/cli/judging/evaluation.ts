import type { PackConfiguration } from "../../config/configuration-file";
import type { PolicyException } from "../../config/policy-exceptions";
import { Estate } from "../../model/estate";
import { isRead } from "../../model/entities";
import { addAll } from "../../model/lists";
import type { Plan } from "../../model/plan";
import type { PlannedResource, Urn } from "../../model/planned-resource";
import { isUrn } from "../../model/ids/urn";
import { nameToReport, today, type ExemptionInUse } from "../../findings/exemption";
import { notReported, type Finding, type OpenFinding } from "../../findings/finding";
import type { Message } from "../../findings/message";
import type { PolicyId } from "../../findings/policy-id";
import { recordedFinding, type RecordedFinding } from "../../findings/record";
import { internalError } from "../../findings/internal-error";
import { stackSubject, type Subject } from "../../findings/subject";
import type { ProgramLanguage } from "../../advice/program-language";
import { planPolicies, policies } from "../../../policies";
import type { CataloguePolicy, FoundInPlace, Severity, StackPolicy } from "../../../policies/policy";
import { undecidedAtPreview } from "../../../policies/coverage/undecided-at-preview";
import { findingsOnResource } from "../../../policies/resource-findings";
import type { Circumstances } from "../../../policies/check";
import { openOfStack, openOfResources, run, type PolicyFindings } from "../../../policies/run";
import type { ReportedLevel } from "../report";

/** The policy that lists what the others leave open. */
export const UNDECIDED = undecidedAtPreview.id;

/** The policies whose findings on what is in place BCDR430 reports. */
export const CHECKED_BY_AZURE: ReadonlySet<string> = new Set(
    policies.filter(({ checkedByAzure }) => checkedByAzure).map(({ id }) => id),
);

/** Why nothing was evaluated where the caller wants it so. */
export const ALL_DISABLED = "All policies that could look at it are disabled in the configuration.";

export function isAllDisabled(configuration: PackConfiguration): boolean {
    return [...policies, ...planPolicies].every((policy) => configuration.levelOf(policy) === "disabled");
}

/** A finding with the level that counts for it. */
export interface LevelledFinding extends RecordedFinding {
    /** The name to show a person. */
    readonly name: string;
    readonly message: Message;
    readonly level: ReportedLevel;
    readonly severity: Severity;
    /** The URN on which Pulumi reports it, or would: what an exception of Pulumi's has to name (ENG-54). */
    readonly target: Urn | undefined;
    /** The exceptions of Pulumi's that match it. */
    readonly exceptions: readonly PolicyException[];
    /** Where it is in Azure, if it was found there and not in a program or a state. */
    readonly azureId?: string | undefined;
    /** What Azure answered about it. */
    readonly rows?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

export interface Evaluation {
    readonly findings: readonly LevelledFinding[];
    readonly open: readonly OpenFinding[];
    /** The names of the policies that have run. */
    readonly policies: readonly string[];
}

/**
 * The whole pack over the resources of a state, in the order in which Pulumi would call it: resource policies with the
 * inputs alone, then the stack policies. No engine takes part.
 *
 * @param only the policies to run, of those that are enabled; left out, all
 */
export function evaluateStack(
    resources: readonly PlannedResource[],
    estate: Estate,
    configuration: PackConfiguration,
    circumstances: Circumstances,
    only?: ReadonlySet<PolicyId>,
): Evaluation {
    const evaluation = new RunningEvaluation(configuration, estate.stackUrn);
    const enabled = policies.filter((policy) => evaluation.isEnabled(policy) && only?.has(policy.id) !== false);
    const read = resources.filter(({ type }) => isRead(type)).map(inputsAlone);
    const open: OpenFinding[] = [...openOfStack(estate)];
    const ofResources = enabled.flatMap((policy) => {
        if (policy.scope !== "resource") {
            return [];
        }
        const configured = policy.configure(configuration.valuesOf(policy));
        const exemptions = configuration.exemptionsOf(policy, today());
        for (const resource of read) {
            evaluation.add(policy, findingsOnResource(resource, configured, circumstances, exemptions));
        }
        return [configured];
    });
    addAll(open, openOfResources(ofResources, estate));
    for (const policy of enabled) {
        if (policy.scope === "stack") {
            evaluation.addStack(policy, estate, circumstances, open);
        }
    }
    return evaluation.done(enabled, open);
}

/** Some policies, asked of an estate once more. A resource policy tells only what it leaves open. */
export function evaluatePolicies(
    rules: ReadonlySet<string>,
    estate: Estate,
    configuration: PackConfiguration,
    circumstances: Circumstances,
): Evaluation {
    const evaluation = new RunningEvaluation(configuration, estate.stackUrn);
    const concerned = policies.filter(
        (policy) => evaluation.isEnabled(policy) && (rules.has(policy.id) || listsOpenQuestions(policy)),
    );
    const open: OpenFinding[] = rules.has(UNDECIDED) ? [...openOfStack(estate)] : [];
    for (const policy of concerned) {
        if (policy.scope === "stack") {
            evaluation.addStack(policy, estate, circumstances, open);
        } else {
            addAll(open, openOfResources([policy.configure(configuration.valuesOf(policy))], estate));
        }
    }
    return evaluation.done(concerned, open);
}

/** This policy finds nothing itself: it lists what the other policies leave open. */
function listsOpenQuestions({ id }: CataloguePolicy): boolean {
    return id === UNDECIDED;
}

/** The policies that need the steps of a plan and the old state. */
export function evaluatePlan(plan: Plan, configuration: PackConfiguration, language?: ProgramLanguage): Evaluation {
    const stackUrn = plan.after.stackUrn ?? plan.before.stackUrn;
    const evaluation = new RunningEvaluation(configuration, stackUrn);
    const enabled = planPolicies.filter((policy) => evaluation.isEnabled(policy));
    const open: OpenFinding[] = [];
    const about = () => stackSubject(stackUrn);
    for (const policy of enabled) {
        evaluation.attempt(policy, about, () => {
            const configured = policy.configure(configuration.valuesOf(policy));
            const exemptions = configuration.exemptionsOf(policy, today(), (vm) => plan.tagsBefore(vm));
            return run(configured, plan, about, { dryRun: true, language }, exemptions, open);
        });
    }
    return evaluation.done(enabled, open);
}

class RunningEvaluation {
    private readonly findings: LevelledFinding[] = [];
    private readonly inPlace: FoundInPlace[] = [];

    constructor(
        private readonly configuration: PackConfiguration,
        private readonly stackUrn: Urn | undefined,
    ) {}

    isEnabled(policy: CataloguePolicy): boolean {
        return this.configuration.levelOf(policy) !== "disabled";
    }

    add(policy: CataloguePolicy, { reported, suppressed, inPlace }: PolicyFindings): void {
        const { name, severity } = policy;
        const level = reportedLevel(this.configuration, policy);
        for (const finding of reported) {
            const target = this.targetOf(finding.subject.urn);
            const exceptions = this.configuration.exceptionsFrom(name, target);
            this.findings.push({ ...recordOf(name, finding), level, severity, target, exceptions });
        }
        for (const each of suppressed) {
            const target = this.targetOf(each.finding.subject.urn);
            this.findings.push({ ...recordOf(name, each.finding, each), level, severity, target, exceptions: [] });
        }
        addAll(this.inPlace, inPlace);
    }

    /** As Pulumi does with what is on no resource of the stack. */
    private targetOf(urn: Urn | undefined): Urn | undefined {
        return urn !== undefined && isUrn(urn) ? urn : this.stackUrn;
    }

    addStack(policy: StackPolicy, estate: Estate, circumstances: Circumstances, open: OpenFinding[]): void {
        const about = () => stackSubject(estate.stackUrn);
        this.attempt(policy, about, () => {
            const configured = policy.configure(this.configuration.valuesOf(policy));
            const exemptions = this.configuration.exemptionsOf(policy, today());
            const target = {
                estate,
                stackTags: circumstances.stackTags,
                inAzure: circumstances.inAzure,
                open: () => open,
                exemptionsInUse: () => exemptionsIn(this.findings),
                inPlace: () => this.inPlace,
            };
            return run(configured, target, about, circumstances, exemptions, open);
        });
    }

    /** A bug around a policy costs that policy its findings, and no other; the policy reports it. */
    attempt(policy: CataloguePolicy, about: () => Subject, find: () => PolicyFindings): void {
        try {
            this.add(policy, find());
        } catch (error) {
            this.add(policy, {
                reported: [{ policyId: policy.id, subject: about(), message: internalError(error) }],
                suppressed: [],
                inPlace: [],
            });
        }
    }

    done(enabled: readonly CataloguePolicy[], open: readonly OpenFinding[]): Evaluation {
        return { findings: this.findings, open: notReported(open), policies: enabled.map(({ name }) => name) };
    }
}

/** The exemptions that have taken findings out. */
export function exemptionsIn(findings: readonly LevelledFinding[]): readonly ExemptionInUse[] {
    return findings.flatMap((finding) => {
        const { policy, policyId, exemption } = finding;
        return exemption === undefined ? [] : [{ policy, policyId, resource: nameToReport(finding), ...exemption }];
    });
}

/** A finding of the gate's own, which sees no secrets: so nothing in its message is one. */
function recordOf(
    policy: string,
    finding: Finding,
    exemption?: RecordedFinding["exemption"],
): Omit<LevelledFinding, "level" | "severity" | "target" | "exceptions"> {
    const { subject, message } = finding;
    return { ...recordedFinding(policy, finding, exemption), name: subject.name, message };
}

/** What a violation of this policy counts as: what remediation does not cure is mandatory, as it is for Pulumi. */
export function reportedLevel(configuration: PackConfiguration, policy: CataloguePolicy): ReportedLevel {
    return configuration.levelOf(policy) === "advisory" ? "advisory" : "mandatory";
}

/** A resource policy gets no outputs and no dependencies (SEE-01, SEE-02). */
function inputsAlone(resource: PlannedResource): PlannedResource {
    return { ...resource, outputs: {}, dependenciesOf: () => [] };
}
