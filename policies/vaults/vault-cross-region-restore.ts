import { withDefault } from "../../src/model/values";
import type { Switch } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { resourcePolicy } from "../policy";
import { type Configuration, isAccepted, isSame, redundancySettings } from "./redundancies";
import { type AnyVault, inWords, occasion, unconcerned, type VaultInWords, VAULTS } from "./vaults";

interface Parameters {
    readonly vault: VaultInWords;
    readonly provider: Provider;
    readonly setting: Switch;
}

const { REDUNDANCY, CROSS_REGION_RESTORE } = VAULT_SETTINGS;

/** BCDR504: backups are copied to the paired region, but cannot be restored there (VLT-07, VLT-27). */
export const vaultCrossRegionRestore = resourcePolicy<AnyVault["kind"], Parameters, Configuration>({
    id: "BCDR504",
    name: "vault-cross-region-restore",
    level: "advisory",
    severity: "medium",
    summary: "A geo-redundant vault has no cross-region restore.",
    framework: NIST.ALTERNATE_STORAGE,
    tags: ["azure-backup", "vault", "redundancy"],
    remediationSteps: "Choose the redundancy before the first item is protected: it cannot be changed afterwards.",
    kinds: VAULTS,
    settings: redundancySettings,

    *evaluate({ entity: vault }, configuration): Iterable<Verdict<Parameters>> {
        if (vault.redundancy === undefined) {
            return;
        }
        const redundancy = withDefault(vault.redundancy.value, REDUNDANCY.limit.whenUnset);
        const isOn = withDefault(vault.crossRegionRestore.value, CROSS_REGION_RESTORE.limit.whenUnset);
        const isConcerned =
            redundancy.state === "unknown" ||
            (isSame(redundancy.value, CROSS_REGION_RESTORE.limit.needs) && isAccepted(redundancy.value, configuration));
        if (!isConcerned || (isOn.state === "known" && isOn.value)) {
            return;
        }
        if (redundancy.state === "unknown") {
            yield undecided(vault, redundancy.property);
        } else if (isOn.state === "unknown") {
            yield undecided(vault, isOn.property);
        } else {
            yield {
                verdict: "violated",
                subject: subjectOf(vault),
                parameters: { vault: inWords(vault), provider: vault.provider, setting: vault.crossRegionRestore },
            };
        }
    },

    message: ({ vault: { name, type }, provider, setting }, circumstances): Message => ({
        headline: headline(
            (quoted) => `The geo-redundant ${type} ${quoted} does not allow cross-region restore.`,
            name,
        ),
        why: "Its backups are copied to the paired region, but you cannot restore them there when you need to: a copy without cross-region restore is of use only once Microsoft has declared the region lost.",
        steps: {
            occasion: occasion(circumstances),
            list: [
                `Set ${setting.property} to ${JSON.stringify(setting.words.on)}${circumstances.dryRun ? "" : " and run pulumi up"}. It costs more, and it cannot be taken back once something is protected in the vault.` +
                    (provider === "azure-classic" && type === "Recovery Services vault"
                        ? " A program that takes it back asks for another vault in its place."
                        : ""),
                ...(type === "Recovery Services vault"
                    ? [
                          "Check that the VMs can be restored from there: those with Ultra or Premium SSD v2 disks and confidential ones cannot.",
                      ]
                    : []),
                unconcerned(type),
            ],
        },
        source: CROSS_REGION_RESTORE.page,
    }),
});
