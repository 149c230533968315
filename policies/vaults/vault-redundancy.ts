import { withDefault } from "../../src/model/values";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { resourcePolicy } from "../policy";
import { type Configuration, isAccepted, redundancyInWords, redundancySettings } from "./redundancies";
import { type AnyVault, inWords, occasion, unconcerned, type VaultInWords, VAULTS } from "./vaults";

interface Parameters {
    readonly vault: VaultInWords;
    readonly provider: Provider;
    readonly property: string;
    readonly planned: string;
    readonly accepted: readonly string[];
}

const { REDUNDANCY } = VAULT_SETTINGS;

/** BCDR503: a vault that stores backups less safely than is asked for (VLT-06, VLT-27). */
export const vaultRedundancy = resourcePolicy<AnyVault["kind"], Parameters, Configuration>({
    id: "BCDR503",
    name: "vault-redundancy",
    level: "advisory",
    severity: "medium",
    summary: "A vault's redundancy is not an accepted one.",
    framework: NIST.ALTERNATE_STORAGE,
    tags: ["azure-backup", "vault", "redundancy"],
    remediationSteps: "Choose the redundancy before the first item is protected: it cannot be changed afterwards.",
    kinds: VAULTS,
    settings: redundancySettings,

    *evaluate({ entity: vault }, configuration): Iterable<Verdict<Parameters>> {
        if (vault.redundancy === undefined) {
            return;
        }
        const { property, value } = vault.redundancy;
        const planned = withDefault(value, REDUNDANCY.limit.whenUnset);
        if (planned.state === "unknown") {
            yield undecided(vault, planned.property);
        } else if (!isAccepted(planned.value, configuration)) {
            yield {
                verdict: "violated",
                subject: subjectOf(vault),
                parameters: {
                    vault: inWords(vault),
                    provider: vault.provider,
                    property,
                    planned: redundancyInWords(planned.value),
                    accepted: configuration.accepted,
                },
            };
        }
    },

    message: ({ vault: { name, type }, provider, property, planned, accepted }, circumstances): Message => ({
        headline: headline((quoted) => `The ${type} ${quoted} stores its backups as ${planned}.`, name),
        why: `Accepted here: ${accepted.join(", ") || "none"}. What is stored locally only can be lost together with the datacenter, and what is stored in one region only cannot be restored while that region is down.`,
        steps: {
            occasion: occasion(circumstances),
            list: [
                `While the vault holds no item: set ${property} to ${settable(accepted)}${circumstances.dryRun ? "" : " and run pulumi up"}.` +
                    (type === "Backup vault" && provider === "azure-classic"
                        ? " Pulumi replaces the vault for that."
                        : ""),
                "Once it has held an item, its redundancy cannot be changed any more: make a second vault, protect the VMs there, and keep this one until its last recovery point has expired.",
                unconcerned(type),
            ],
        },
        source: REDUNDANCY.page,
    }),
});

/** What a program may set of what is accepted. */
function settable(accepted: readonly string[]): string {
    const words = accepted.filter((each) => REDUNDANCY.limit.settable.includes(each)).map((each) => `"${each}"`);
    return words.join(" or ") || "another value";
}
