import { equalsIgnoringCase } from "../../src/model/letter-case";
import { all, compare, firstQuestion, NO, withEvidence } from "../../src/model/answers";
import { withDefault } from "../../src/model/values";
import type { Switch } from "../../src/model/resources";
import { inOrder } from "../../src/advice/fix";
import { headline, type Message } from "../../src/findings/message";
import { writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { type Configuration, isAccepted, redundancySettings } from "./redundancies";
import { backupVaultPolicy, change, exemptible } from "./vaults";

const { REDUNDANCY, CROSS_REGION_RESTORE } = VAULT_SETTINGS;

/** BCDR504: backups are copied to the paired region, but cannot be restored there (VLT-07, VLT-27). */
export const vaultCrossRegionRestore = backupVaultPolicy<Switch, Configuration>({
    id: "BCDR504",
    name: "vault-cross-region-restore",
    level: "advisory",
    severity: "medium",
    summary: "A geo-redundant vault has no cross-region restore.",
    framework: NIST.ALTERNATE_STORAGE,
    tags: ["azure-backup", "vault", "redundancy"],
    remediationSteps: "Turn on cross-region restore. You cannot turn it off once an item is protected.",
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
        return withEvidence(firstQuestion(all([isGeoRedundant, isOff])), () => ({
            ...crossRegionRestore,
            property: writtenAt(vault, crossRegionRestore.property),
        }));
    },

    message: ({ vault: { name, type }, provider, found: [setting] }, circumstances): Message => ({
        headline: headline((quoted) => `Geo-redundant ${type} ${quoted} does not allow cross-region restore.`, name),
        why: "Azure copies the backups to the paired region, but you cannot restore them there yourself. You have to wait until Microsoft declares the region lost.",
        fix: inOrder(
            [
                change(
                    "Turn on cross-region restore",
                    `${setting.property} = ${JSON.stringify(setting.words.on)}`,
                    circumstances,
                    [
                        "It costs more. You cannot turn it off once an item is protected in the vault.",
                        ...(provider === "azure-classic" && type === "Recovery Services vault"
                            ? ["If the program turns it off later, Pulumi replaces the vault."]
                            : []),
                    ],
                ),
                ...(type === "Recovery Services vault"
                    ? [
                          {
                              do: "Check that your VMs support it. Confidential VMs do not; Premium SSD v2 and Ultra disks do, in some regions.",
                          },
                      ]
                    : []),
            ],
            circumstances.dryRun,
        ),
        notes: [exemptible(type)],
        sources: [CROSS_REGION_RESTORE.page],
    }),
});
