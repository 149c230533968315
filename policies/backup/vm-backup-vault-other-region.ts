import { all, isTrue, NO, not, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { inOrder } from "../../src/advice/fix";
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
    remediationSteps: "Use a Recovery Services vault in the region of the VM.",

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
        const isRefused = all([
            inOtherRegion(vm, region, vault, vaultRegion),
            not(isTrue(vault, vault.regionOfChoice)),
        ]);
        return withEvidence(isRefused, () => {
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
            (of, name) => `VM ${of} is in ${vmRegion}, but its backup vault ${name} is in ${vaultRegion}.`,
            vm,
            vault,
        ),
        why: "A Recovery Services vault backs up only VMs in its own region, unless Region of Choice is on for it. Azure refuses the backup item, so the VM has no backup.",
        fix: inOrder(
            [
                {
                    do:
                        vaultsThere.count > 0
                            ? `Use a vault in ${vmRegion}. This program has ${quoted(vaultsThere)}.`
                            : `Create a Recovery Services vault in ${vmRegion}. You cannot move a vault to another region.`,
                    note: "To keep copies in a second region, make the vault geo-redundant with cross-region restore before it has its first item.",
                },
                {
                    do: `Change "${item}" to that vault and to one of its policies.`,
                    where: `${WORDS[provider].backup.inVault}, resourceGroupName, ${WORDS[provider].backup.followsPolicy}`,
                },
            ],
            dryRun,
        ),
        sources: [VM_BACKUP.VAULT_REGION.page],
    }),
});

/** Where vaults are that may be those of a VM; undefined among them where that is not known. */
const vaultRegions = memoize(
    (estate): ReadonlySet<string | undefined> =>
        new Set(
            estate.entities.flatMap((entity) =>
                entity.kind === "vault" && valueOf(entity.regionOfChoice) !== true
                    ? [valueOf(estate.regions.of(entity))]
                    : [],
            ),
        ),
);
