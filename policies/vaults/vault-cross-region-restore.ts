import { equalsIgnoringCase } from "../../src/model/letter-case";
import { all, compare, firstQuestion, NO, withEvidence } from "../../src/model/answers";
import { withDefault } from "../../src/model/values";
import type { Switch } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { type Configuration, isAccepted, redundancySettings } from "./redundancies";
import { occasion, unconcerned, vaultPolicy } from "./vaults";

const { REDUNDANCY, CROSS_REGION_RESTORE } = VAULT_SETTINGS;

/** BCDR504: backups are copied to the paired region, but cannot be restored there (VLT-07, VLT-27). */
export const vaultCrossRegionRestore = vaultPolicy<Switch, Configuration>({
    id: "BCDR504",
    name: "vault-cross-region-restore",
    level: "advisory",
    severity: "medium",
    summary: "A geo-redundant vault has no cross-region restore.",
    framework: NIST.ALTERNATE_STORAGE,
    tags: ["azure-backup", "vault", "redundancy"],
    remediationSteps: "Choose the redundancy before the first item is protected: it cannot be changed afterwards.",
    settings: redundancySettings,

    check: ({ vault, configuration }) => {
        const { crossRegionRestore, redundancy } = vault;
        if (redundancy === undefined) {
            return NO;
        }
        const isGeoRedundant = compare(
            vault,
            withDefault(redundancy.value, REDUNDANCY.limit.whenUnset),
            (name) => equalsIgnoringCase(name, CROSS_REGION_RESTORE.limit.needs) && isAccepted(name, configuration),
        );
        const isOff = compare(
            vault,
            withDefault(crossRegionRestore.value, CROSS_REGION_RESTORE.limit.whenUnset),
            (isOn) => !isOn,
        );
        return withEvidence(firstQuestion(all([isGeoRedundant, isOff])), () => crossRegionRestore);
    },

    message: ({ vault: { name, type }, provider, found: [setting] }, circumstances): Message => ({
        headline: headline(
            (quoted) => `The geo-redundant ${type} ${quoted} does not allow cross-region restore.`,
            name,
        ),
        why: "Its backups are copied to the paired region, but you cannot restore them there when you need to: a copy without cross-region restore is of use only once Microsoft has declared the region lost.",
        fix: {
            kind: "in order",
            intro: occasion(circumstances),
            steps: [
                {
                    do:
                        `Set ${setting.property} to ${JSON.stringify(setting.words.on)}${circumstances.dryRun ? "" : " and run pulumi up"}. It costs more, and it cannot be taken back once something is protected in the vault.` +
                        (provider === "azure-classic" && type === "Recovery Services vault"
                            ? " A program that takes it back asks for another vault in its place."
                            : ""),
                },
                ...(type === "Recovery Services vault"
                    ? [
                          {
                              do: "Check that the VMs can be restored from there: those with Ultra or Premium SSD v2 disks and confidential ones cannot.",
                          },
                      ]
                    : []),
                { do: unconcerned(type) },
            ],
        },
        sources: [CROSS_REGION_RESTORE.page],
    }),
});
