import { NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { intro } from "../../src/advice/backup";
import { namesOf, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { memoize } from "../memoize";
import { inOtherRegion } from "../regions";
import { backupItemPolicy } from "./backed-up-vm";

/** BCDR301: a VM is backed up into a vault of another region (VMB-19). */
export const vmBackupVaultOtherRegion = backupItemPolicy({
    id: "BCDR301",
    name: "vm-backup-vault-other-region",
    level: "mandatory",
    severity: "high",
    summary: "A backup item's vault is in another region than the VM.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ vm, item, estate }) => {
        const region = estate.regions.of(vm);
        if (region.state === "absent") {
            return NO;
        }
        if (item === undefined) {
            // Where every vault is in the VM's region, it does not matter which one it is.
            return [...vaultRegions(estate)].every((each) => each === valueOf(region)) ? NO : YES;
        }
        const link = estate.vaults.of(item);
        if (link.state !== "linked") {
            return link.state === "undecided" ? unknownAnswer(item, link.property) : NO;
        }
        const vault = link.to;
        const vaultRegion = estate.regions.of(vault);
        return withEvidence(inOtherRegion(vm, region, vault, vaultRegion), () => {
            const vmRegion = valueOf(region) ?? "";
            return {
                vmRegion,
                vault: displayName(vault),
                vaultRegion: valueOf(vaultRegion) ?? "",
                /** Vaults of the stack that are where the VM is. */
                vaultsThere: namesOf(estate.vaults.inRegion(vmRegion, vm.subscription), (each) => named(each).name),
                restsOn: [vault],
            };
        });
    },

    message: ({ item, provider, vm, found: [{ vmRegion, vault, vaultRegion, vaultsThere }] }, { dryRun }) => ({
        headline: headline(
            (of, name) => `VM ${of} is in ${vmRegion}, but its backup goes into vault ${name} in ${vaultRegion}.`,
            vm,
            vault,
        ),
        why: "A Recovery Services vault backs up VMs of its own region only; Azure refuses this item.",
        fix: {
            kind: "in order",
            intro: intro(dryRun),
            steps: [
                {
                    do:
                        vaultsThere.count > 0
                            ? `Take a vault in ${vmRegion}: this program has ${quoted(vaultsThere)}.`
                            : `Make a Recovery Services vault in ${vmRegion}. A vault cannot be moved to another region.`,
                },
                {
                    do: `Let "${item}" name that vault in ${WORDS[provider].backup.inVault}, with its resource group in resourceGroupName, and one of its policies in ${WORDS[provider].backup.followsPolicy}.`,
                },
                {
                    do: "For copies in a second region make the vault geo-redundant with cross-region restore, before it holds its first item.",
                },
            ],
        },
        sources: [VM_BACKUP.VAULT_REGION.page],
    }),
});

/** Where vaults are that may be those of a VM; undefined among them where that is not known. */
const vaultRegions = memoize(
    (estate): ReadonlySet<string | undefined> =>
        new Set(
            estate.entities.flatMap((entity) => (entity.kind === "vault" ? [valueOf(estate.regions.of(entity))] : [])),
        ),
);
