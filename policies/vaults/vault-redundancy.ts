import { compare, NO, withEvidence } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { type Configuration, isAccepted, redundancyInWords, redundancySettings } from "./redundancies";
import { occasion, unconcerned, vaultPolicy } from "./vaults";

interface Redundancy {
    readonly property: string;
    readonly planned: string;
    readonly accepted: readonly string[];
}

const { REDUNDANCY } = VAULT_SETTINGS;

/** BCDR503: a vault that stores backups less safely than is asked for (VLT-06, VLT-27). */
export const vaultRedundancy = vaultPolicy<Redundancy, Configuration>({
    id: "BCDR503",
    name: "vault-redundancy",
    level: "advisory",
    severity: "medium",
    summary: "A vault's redundancy is not an accepted one.",
    framework: NIST.ALTERNATE_STORAGE,
    tags: ["azure-backup", "vault", "redundancy"],
    remediationSteps: "Choose the redundancy before the first item is protected: it cannot be changed afterwards.",
    settings: redundancySettings,

    check: ({ vault, configuration }) => {
        if (vault.redundancy === undefined) {
            return NO;
        }
        const { property, value } = vault.redundancy;
        const planned = withDefault(value, REDUNDANCY.limit.whenUnset);
        return withEvidence(
            compare(vault, planned, (redundancy) => !isAccepted(redundancy, configuration)),
            () => ({
                property,
                planned: redundancyInWords(valueOf(planned) ?? ""),
                accepted: configuration.accepted,
            }),
        );
    },

    message: (
        { vault: { name, type }, provider, found: [{ property, planned, accepted }] },
        circumstances,
    ): Message => ({
        headline: headline((quoted) => `The ${type} ${quoted} stores its backups as ${planned}.`, name),
        why: `Accepted here: ${accepted.join(", ") || "none"}. What is stored locally only can be lost together with the datacenter, and what is stored in one region only cannot be restored while that region is down.`,
        fix: {
            kind: "in order",
            intro: occasion(circumstances),
            steps: [
                {
                    do:
                        `While the vault holds no item: set ${property} to ${settable(accepted)}${circumstances.dryRun ? "" : " and run pulumi up"}.` +
                        (type === "Backup vault" && provider === "azure-classic"
                            ? " Pulumi replaces the vault for that."
                            : ""),
                },
                {
                    do: "Once it has held an item, its redundancy cannot be changed any more: make a second vault, protect the VMs there, and keep this one until its last recovery point has expired.",
                },
                { do: unconcerned(type) },
            ],
        },
        sources: [REDUNDANCY.page],
    }),
});

/** What a program may set of what is accepted. */
function settable(accepted: readonly string[]): string {
    const words = accepted.filter((each) => REDUNDANCY.limit.settable.includes(each)).map((each) => `"${each}"`);
    return words.join(" or ") || "another value";
}
