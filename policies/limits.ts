import { type Answer, type Evidence, isTrue } from "../src/model/answers";
import { displayName } from "../src/model/ids/display-name";
import type { Provider } from "../src/model/ids/type-token";
import type { AzureResource, Entity } from "../src/model/resources";
import type { Value } from "../src/model/values";
import { declaredIn } from "../src/advice/property-names";
import { type Message, withFacts } from "../src/findings/message";
import { identityOf, type PolicyIdentity, type Settings, stackPolicy, type StackPolicy } from "./policy";
import { verdictsOf } from "./verdicts";

type LimitedKind = "backup policy" | "disk backup policy" | "replication policy";
type Limited<K extends LimitedKind> = Extract<Entity, { readonly kind: K }>;

interface BeyondLimit<Fact> {
    /** The name of Azure's policy. */
    readonly policy: string;
    readonly provider: Provider;
    readonly found: Evidence<Fact>;
    /** Where a template has Azure's policy. */
    readonly declaredIn: readonly string[];
}

interface LimitPolicy<K extends LimitedKind, Fact, Configuration> extends PolicyIdentity {
    readonly kind: K;
    readonly settings?: Settings<Configuration>;
    /** Whether Azure's policy is of the kind that has these limits; where that is open, only what would break them counts. */
    readonly appliesTo: (policy: Limited<K>) => Value<boolean>;
    readonly check: (of: { readonly policy: Limited<K>; readonly configuration: Configuration }) => Answer<Fact>;
    /** Whether what was found also breaks what the configuration demands. */
    readonly isOwnDemand?: (found: Fact, configuration: Configuration) => boolean;
    readonly message: (parameters: BeyondLimit<Fact>) => Message;
}

/**
 * A policy about the limits of Azure's own policies: those for backup and those for replication. One resource would do to
 * check it, but only the outputs of the stack show whether Azure has accepted that resource already.
 */
export function limitPolicy<K extends LimitedKind, Fact, Configuration = undefined>(
    definition: LimitPolicy<K, Fact, Configuration>,
): StackPolicy {
    const { kind, settings, appliesTo, check, isOwnDemand, message } = definition;
    return stackPolicy<BeyondLimit<Fact>, Configuration>({
        kinds: [kind],
        ...identityOf(definition),
        ...(settings === undefined ? {} : { settings }),
        checkedByAzure: true,
        ...(isOwnDemand === undefined
            ? {}
            : { isOwnDemand: ({ found }, configuration) => found.some((each) => isOwnDemand(each, configuration)) }),
        message: (parameters) => withFacts(message(parameters), parameters.declaredIn),
        *evaluate({ estate }, configuration) {
            for (const policy of estate.all(kind)) {
                const { provider, pulumiName, skipped, embeddedIn }: AzureResource = policy;
                const isConcerned = isTrue(policy, appliesTo(policy));
                if (skipped || isConcerned.answer === "no") {
                    continue;
                }
                const answer = check({ policy, configuration });
                const isOpen = isConcerned.answer === "unknown" && answer.answer !== "no";
                yield* verdictsOf(policy, isOpen ? isConcerned : answer, (found) => ({
                    policy: displayName(policy),
                    provider,
                    found,
                    declaredIn: declaredIn({ name: pulumiName ?? displayName(policy), embeddedIn }),
                }));
            }
        },
    });
}

/** A setting of this pack that is a whole number. */
export function numberOf(setting: unknown): number | undefined {
    return typeof setting === "number" ? setting : undefined;
}
