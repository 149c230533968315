import { any, NO, not, withEvidence } from "../../src/model/answers";
import { formatArmId, nameOf } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import type { Vault } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { placeInCli, quoteWord } from "../../src/advice/azure-cli";
import { namesOf, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { copiesWithoutBackup } from "../restores/restored-copies";
import { unprotectedVmPolicy } from "./unprotected-vm";

/** BCDR401: a VM that owes backup and has none. One that BCDR419 reports is left to it. */
export const vmNotBackedUp = unprotectedVmPolicy({
    id: "BCDR401",
    name: "vm-not-backed-up",
    level: "advisory",
    severity: "medium",
    summary: "A VM that must be backed up is not.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Protect the VM or the disk, or say by the VM's tier that it needs no protection.",
    service: "backup",

    check: ({ vm, estate }) =>
        copiesWithoutBackup(estate).has(vm)
            ? NO
            : withEvidence(not(any<unknown>([estate.backup.of(vm), estate.gaps.mayProtect(vm)])), () => {
                  const location = valueOf(estate.regions.of(vm));
                  const id = valueOf(vm.id);
                  const vaults = location === undefined ? [] : estate.vaults.inRegion(location, vm.subscription);
                  return {
                      itemType: WORDS[vm.provider].backupItemType,
                      /** Vaults of the stack in the VM's region. */
                      vaults: namesOf(vaults, (vault) => named(vault).name),
                      /** How the Azure CLI calls the first: `-g hub --vault-name backup`; undefined where that is not known. */
                      vaultInCli: vaults[0] && inCli(vaults[0]),
                      /** Undefined where the plan does not know its id. */
                      vmId: id?.subscription === undefined ? undefined : formatArmId(id),
                  };
              }),

    message: ({ vm, because, excuse, found: [{ itemType, vaults, vaultInCli, vmId }] }) => ({
        headline: headline((name) => `VM ${name} owes backup and has none.`, vm),
        why: `${because} No backup item, no Disk Backup instance and no assignment of Azure Policy in this stack backs it up.`,
        fix: {
            kind: "in order",
            intro: "To settle it:",
            steps: [
                {
                    do:
                        `Give it a backup item (${itemType}) with an Enhanced policy in a Recovery Services vault of its own region: ` +
                        `${vaults.count === 0 ? "this stack has none there, so make one" : quoted(vaults, MOST_VAULTS, " or ")}.`,
                },
                {
                    do: `Or from the command line: az backup protection enable-for-vm ${vaultInCli ?? "-g <group of the vault> --vault-name <vault>"} --policy-name EnhancedPolicy --vm ${vmId === undefined ? "<id of the VM>" : quoteWord(vmId)}`,
                },
                { do: excuse },
            ],
        },
        sources: [COVERAGE.BACKUP.page],
    }),
});

const MOST_VAULTS = 5;

function inCli(vault: Vault): string | undefined {
    const id = valueOf(vault.id);
    const place = id && placeInCli(id);
    return id && place && `${place} --vault-name ${quoteWord(nameOf(id))}`;
}
