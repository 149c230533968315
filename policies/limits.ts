import { type Answer, type Evidence, isTrue } from "../src/model/answers";
import { displayName } from "../src/model/ids/display-name";
import type { Provider } from "../src/model/ids/type-token";
import type { AzureResource, Entity } from "../src/model/resources";
import type { Value } from "../src/model/values";
import type { Message } from "../src/findings/message";
import { identityOf, type PolicyIdentity, resourcePolicy, type ResourcePolicy, type Settings } from "./policy";
import { verdictsOf } from "./verdicts";

type LimitedKind = "backup policy" | "disk backup policy" | "replication policy";
type Limited<K extends LimitedKind> = Extract<Entity, { readonly kind: K }>;

interface BeyondLimit<Fact> {
    /** The name of Azure's policy. */
    readonly policy: string;
    readonly provider: Provider;
    readonly found: Evidence<Fact>;
}

interface LimitPolicy<K extends LimitedKind, Fact, Configuration> extends PolicyIdentity {
    readonly kind: K;
    readonly settings?: Settings<Configuration>;
    /** Whether Azure's policy is of the kind that has these limits; where that is open, only what would break them counts. */
    readonly appliesTo: (policy: Limited<K>) => Value<boolean>;
    readonly check: (of: { readonly policy: Limited<K>; readonly configuration: Configuration }) => Answer<Fact>;
    readonly message: (parameters: BeyondLimit<Fact>) => Message;
}

/** A policy about the limits of Azure's own policies: those for backup and those for replication. */
export function limitPolicy<K extends LimitedKind, Fact, Configuration = undefined>(
    definition: LimitPolicy<K, Fact, Configuration>,
): ResourcePolicy {
    const { kind, settings, appliesTo, check, message } = definition;
    return resourcePolicy<K, BeyondLimit<Fact>, Configuration>({
        ...identityOf(definition),
        ...(settings === undefined ? {} : { settings }),
        kinds: [kind],
        message,
        evaluate: ({ entity: policy }, configuration) => {
            const { provider }: AzureResource = policy;
            const isConcerned = isTrue(policy, appliesTo(policy));
            const answer = isConcerned.answer === "no" ? isConcerned : check({ policy, configuration });
            const isOpen = isConcerned.answer === "unknown" && answer.answer !== "no";
            return verdictsOf(policy, isOpen ? isConcerned : answer, (found) => ({
                policy: displayName(policy),
                provider,
                found,
            }));
        },
    });
}

/** A setting of this pack that is a whole number. */
export function numberOf(setting: unknown): number | undefined {
    return typeof setting === "number" ? setting : undefined;
}
