import type { ResourceValidation, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import type { ConfiguredResourcePolicy } from "../../policies/policy";
import { Identities } from "../model/ids/identify";
import type { PlannedResource } from "../model/planned-resource";
import { readerOf } from "../model/readers";
import type { PropertyBag } from "../model/property-bag";
import type { Kind } from "../model/resources";
import { embeddedResources, isTemplate } from "../model/templates";
import { readPlainStructs } from "./plain-structs";
import { plannedResource } from "./planned-resources";
import type { AnalysisListener } from "./stack-analysis";
import { announced, takeStackRequests } from "./stack-request";

// Everything that exploits how the SDK calls a pack. It saves time and decides nothing: the findings are the same without it.

/** Set to 1, it gives the SDK plain policies: each function is always there, and the SDK reads and makes all that it gives them. */
export const PLAIN_SDK_VARIABLE = "AZURE_BCDR_GUARD_PLAIN_SDK";

/** Takes policies whose functions are all there, each complete in itself, and gives those that the SDK gets. */
export interface SdkCalls extends AnalysisListener {
    /** The policy that the SDK asks first about each resource. */
    first(policy: ResourceValidationPolicy): ResourceValidationPolicy;
    /** @param configured the policy as it is configured, once it has been asked in this analysis */
    resourcePolicy(
        policy: ResourceValidationPolicy,
        configured: () => ConfiguredResourcePolicy | undefined,
    ): ResourceValidationPolicy;
    /** @param prepare checks the policy's settings at a resource */
    stackPolicy(policy: StackValidationPolicy, prepare: ResourceValidation): StackValidationPolicy;
}

/** @param shared true where the pack may have policies that are not of this package */
export function sdkCalls(environment: NodeJS.ProcessEnv, shared: boolean): SdkCalls {
    if (environment[PLAIN_SDK_VARIABLE] === "1") {
        return PLAIN;
    }
    readPlainStructs();
    takeStackRequests(shared);
    return new FunctionsOnDemand();
}

const PLAIN: SdkCalls = {
    first: (policy) => policy,
    resourcePolicy: (policy) => policy,
    stackPolicy: (policy) => policy,
    closed: () => undefined,
};

const NOTHING_TO_VALIDATE: ResourceValidation[] = [];

/**
 * The SDK reads a policy's functions at each request, and builds the resource for each function that it finds
 * (SEE-32). So a policy has a function only while it may have something to say. An SDK that reads
 * a policy once and for all gets every function.
 */
class FunctionsOnDemand implements SdkCalls {
    private readonly inFlight = new RequestsInFlight();
    /** The stack policies whose settings have been checked in this analysis. */
    private readonly prepared = new Set<string>();

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

    stackPolicy(policy: StackValidationPolicy, prepare: ResourceValidation): StackValidationPolicy {
        const { inFlight, prepared } = this;
        const { name } = policy;
        const checkSettings: ResourceValidation = (args, report) => {
            prepared.add(name);
            return prepare(args, report);
        };
        // Wrong settings are reported at the first resource, before anything is made, and not after all of it.
        return Object.defineProperty(announced(policy), "validateResource", {
            enumerable: true,
            get: () => (inFlight.isResource && !prepared.has(name) ? checkSettings : undefined),
        });
    }

    closed(): void {
        this.prepared.clear();
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

    get isResource(): boolean {
        return this.resource;
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
        if (!this.resource) {
            setImmediate(() => {
                this.resources.length = 0;
                this.any = false;
                this.resource = false;
            });
        }
    }
}
