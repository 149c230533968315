import type {
    ResourceValidation,
    ResourceValidationPolicy,
    StackValidation,
    StackValidationPolicy,
} from "@pulumi/policy";
import type { ConfiguredResourcePolicy } from "../../policies/policy";
import type { PolicyFindings } from "../../policies/run";
import type { Estate } from "../model/estate";
import { Identities } from "../model/ids/identify";
import type { PlannedResource } from "../model/planned-resource";
import { readerOf } from "../model/readers";
import type { PropertyBag } from "../model/property-bag";
import type { Kind } from "../model/resources";
import { embeddedResources, isTemplate } from "../model/templates";
import { attempt } from "./attempt";
import { readPlainStructs } from "./plain-structs";
import { plannedResource } from "./planned-resources";
import type { AnalysisListener } from "./stack-analysis";

// Everything that exploits how the SDK calls a pack. It saves time and decides nothing: the findings are the same without it.

/** Set to 1, it gives the SDK plain policies: each function is always there and each policy judges for itself. */
export const PLAIN_SDK_VARIABLE = "AZURE_BCDR_GUARD_PLAIN_SDK";

/** What a stack policy finds in an estate. */
export type Judgement = (estate: Estate) => PolicyFindings;

/** Takes policies whose functions are all there, each complete in itself, and gives those that the SDK gets. */
export interface SdkCalls extends AnalysisListener {
    /** The policy that the SDK asks first about each resource. */
    first(policy: ResourceValidationPolicy): ResourceValidationPolicy;
    /** @param configured the policy as it is configured, once it has been asked in this analysis */
    resourcePolicy(
        policy: ResourceValidationPolicy,
        configured: () => ConfiguredResourcePolicy | undefined,
    ): ResourceValidationPolicy;
    /** @param prepare checks the policy's settings at a resource, and hands its judgement to `prepared` */
    stackPolicy(policy: StackValidationPolicy, prepare: ResourceValidation): StackValidationPolicy;
    prepared(name: string, judgement: Judgement): void;
    /** What a policy has found already; undefined where it has to judge for itself. */
    foundBy(name: string): PolicyFindings | undefined;
}

export function sdkCalls(environment: NodeJS.ProcessEnv): SdkCalls {
    if (environment[PLAIN_SDK_VARIABLE] === "1") {
        return PLAIN;
    }
    readPlainStructs();
    return new FunctionsOnDemand();
}

const PLAIN: SdkCalls = {
    first: (policy) => policy,
    resourcePolicy: (policy) => policy,
    stackPolicy: (policy) => policy,
    prepared: () => undefined,
    foundBy: () => undefined,
    built: () => undefined,
    closed: () => undefined,
};

const NOTHING_TO_VALIDATE: ResourceValidation[] = [];

/**
 * The SDK reads a policy's functions at each request, and builds the resource, or all resources of the stack, for each
 * function that it finds (SEE-32, SEE-10). So a policy has a function only while it may have something to say. An SDK that reads
 * a policy once and for all gets every function.
 */
class FunctionsOnDemand implements SdkCalls {
    private readonly inFlight = new RequestsInFlight();
    private readonly judgements = new Map<string, Judgement>();
    /** What the prepared policies found; gives it, or throws what they threw. */
    private readonly found = new Map<string, () => PolicyFindings>();

    first(policy: ResourceValidationPolicy): ResourceValidationPolicy {
        const { inFlight } = this;
        const validate = policy.validateResource as ResourceValidation;
        return {
            ...policy,
            validateResource: (args, report) => {
                inFlight.takeResource(args.type, args.props, () => plannedResource(args));
                return validate(args, report);
            },
        };
    }

    resourcePolicy(
        policy: ResourceValidationPolicy,
        configured: () => ConfiguredResourcePolicy | undefined,
    ): ResourceValidationPolicy {
        const { inFlight } = this;
        const { validateResource, ...others } = policy;
        return {
            ...others,
            // At the first resource of an analysis it has to be asked in any case, for its settings.
            get validateResource() {
                const current = configured();
                return current === undefined || inFlight.mayConcern(current) ? validateResource : NOTHING_TO_VALIDATE;
            },
        } as ResourceValidationPolicy;
    }

    stackPolicy(
        { validateStack, ...others }: StackValidationPolicy,
        prepare: ResourceValidation,
    ): StackValidationPolicy {
        const { inFlight, judgements } = this;
        const isSilent = (): boolean => this.isSilent(others.name);
        const validate: StackValidation = (args, report) => {
            inFlight.takeStack();
            return validateStack(args, report);
        };
        return {
            ...others,
            // Wrong settings are reported at the first resource, before anything is made, and not after all of it.
            get validateResource() {
                return inFlight.isResource && !judgements.has(others.name) ? prepare : undefined;
            },
            get validateStack() {
                return inFlight.isStack && isSilent() ? undefined : validate;
            },
        } as StackValidationPolicy;
    }

    /** A stack policy that knows its settings before there is a stack judges together with the first one. */
    prepared(name: string, judgement: Judgement): void {
        this.judgements.set(name, judgement);
    }

    built(estate: Estate): void {
        for (const [name, judgement] of this.judgements) {
            this.found.set(
                name,
                attempt(() => judgement(estate)),
            );
        }
    }

    closed(): void {
        this.judgements.clear();
        this.found.clear();
    }

    foundBy(name: string): PolicyFindings | undefined {
        return this.found.get(name)?.();
    }

    /** True where a policy has judged the stack and has nothing to say of it. */
    private isSilent(name: string): boolean {
        try {
            return this.foundBy(name)?.reported.length === 0;
        } catch {
            return false;
        }
    }
}

interface ResourceInFlight {
    readonly kind: Kind;
    readonly mayRestoreDisks: boolean;
}

/**
 * What the SDK asks about at this moment.
 *
 * The engine asks about several resources at once, and the SDK goes from policy to policy of one while another waits for
 * its turn. So all that it has begun with counts until Node turns to its next event: by then it is answered, because no
 * policy waits for anything itself (SEE-32).
 */
class RequestsInFlight {
    private readonly resources: ResourceInFlight[] = [];
    /** A resource that could not be read may be of any kind; a policy that looks at it meets the same bug, and reports it. */
    private any = false;
    private resource = false;
    private stack = false;

    /** @param whole all of it, for the few types that hold others */
    takeResource(type: string, inputs: PropertyBag, whole: () => PlannedResource): void {
        try {
            this.take(type, inputs);
            if (isTemplate(type)) {
                const template = whole();
                embeddedResources(template, new Identities([template])).resources.forEach((each) =>
                    this.take(each.type, each.inputs ?? {}),
                );
            }
        } catch {
            this.any = true;
        }
        this.clearAfterwards();
        this.resource = true;
    }

    private take(type: string, inputs: PropertyBag): void {
        const reader = readerOf(type);
        if (reader !== undefined) {
            this.resources.push({ kind: reader.kind, mayRestoreDisks: reader.mayRestoreDisks(inputs) });
        }
    }

    takeStack(): void {
        this.clearAfterwards();
        this.stack = true;
    }

    get isResource(): boolean {
        return this.resource;
    }

    get isStack(): boolean {
        return this.stack;
    }

    /** Whether a resource may be one that the policy looks at. Where none was announced, it may be any. */
    mayConcern({ kinds, restoredDisksOnly }: Pick<ConfiguredResourcePolicy, "kinds" | "restoredDisksOnly">): boolean {
        return (
            !this.resource ||
            this.any ||
            this.resources.some(
                ({ kind, mayRestoreDisks }) => kinds.has(kind) && (mayRestoreDisks || !restoredDisksOnly),
            )
        );
    }

    private clearAfterwards(): void {
        if (!this.resource && !this.stack) {
            setImmediate(() => {
                this.resources.length = 0;
                this.any = false;
                this.resource = false;
                this.stack = false;
            });
        }
    }
}
