import { any, NO, not, withEvidence } from "../../src/model/answers";
import { formatArmId, nameOf } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import type { Vault } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { placeInCli, quoteWord } from "../../src/advice/azure-cli";
import type { Step } from "../../src/advice/fix";
import { skippedInWords, skippingAssignments, type SkippingAssignments } from "../../src/advice/azure-policy";
import { namesOf, quoted, type Names } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { copiesWithoutBackup } from "../restores/restored-copies";
import { unprotectedVmPolicy } from "./unprotected-vm";

/** What a message about an unprotected VM is made of. */
interface WithoutBackup {
    readonly itemType: string;
    /** Vaults of the stack in the VM's region. */
    readonly vaults: Names;
    /** How the Azure CLI calls the first: `-g hub --vault-name backup`; undefined where that is not known. */
    readonly vaultInCli: string | undefined;
    /** Undefined where the plan does not know its id. */
    readonly vmId: string | undefined;
    readonly skipping: SkippingAssignments | undefined;
}

/** BCDR401: a VM that must be backed up and is not. One that BCDR419 reports is left to it. */
export const vmNotBackedUp = unprotectedVmPolicy<WithoutBackup>({
    id: "BCDR401",
    name: "vm-not-backed-up",
    level: "advisory",
    severity: "medium",
    summary: "A VM that must be backed up is not.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Back up the VM, or set its tier tag to a tier that requires no backup.",
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
                      vaults: namesOf(vaults, (vault) => named(vault).name),
                      vaultInCli: vaults[0] && inCli(vaults[0]),
                      vmId: id?.subscription === undefined ? undefined : formatArmId(id),
                      skipping: skippingAssignments(estate, vm),
                  };
              }),

    message: ({ vm, because, excuse, found: [found] }, { inAzure = false }) => ({
        headline: headline(
            (name) => `VM ${name} must be backed up, but nothing in ${inAzure ? "Azure" : "this stack"} backs it up.`,
            vm,
        ),
        why: "If the VM or its data is deleted, damaged or encrypted by an attacker, there is no recovery point to restore.",
        facts: [because, ...(inAzure ? [NOTHING_IN_AZURE] : nothingInStack(found))],
        fix: {
            kind: "one of",
            intro: "Do one of these:",
            steps: [
                ...(inAzure
                    ? [withCli(found), IN_ITS_PROGRAM]
                    : [inProgram(found), { ...withCli(found), note: STAYS }]),
                { do: excuse },
            ],
        },
        sources: [COVERAGE.BACKUP.page, ...(found.skipping === undefined ? [] : [COVERAGE.ASSIGNED_BY_IMAGE.page])],
    }),
});

function nothingInStack({ skipping }: WithoutBackup): readonly string[] {
    return skipping === undefined
        ? ["The stack has no backup item, Disk Backup instance or Azure Policy assignment for it."]
        : ["The stack has no backup item or Disk Backup instance for it.", skippedInWords(skipping)];
}

const NOTHING_IN_AZURE = "Azure Resource Graph shows no backup item or Disk Backup instance for it.";

function inProgram({ itemType, vaults }: WithoutBackup): Step {
    return {
        do:
            vaults.count === 0
                ? "Add a Recovery Services vault in the VM's region to the program. Then add a backup item for the VM, with an Enhanced policy."
                : `Add a backup item for the VM to the program. Use an Enhanced policy and vault ${quoted(vaults, MOST_VAULTS, " or ")}.`,
        note: `The type of the item is ${itemType}.`,
    };
}

/** An audit does not know whether there is one, nor which vaults the region has. */
const IN_ITS_PROGRAM: Step = {
    do: "If a Pulumi program has the VM, add a backup item there. Use an Enhanced policy and a Recovery Services vault in the VM's region.",
};

function withCli({ vaultInCli, vmId }: WithoutBackup): Step {
    return {
        do: `Enable backup with the Azure CLI${vmId === undefined ? ", once the VM exists" : ""}:`,
        commands: [
            `az backup protection enable-for-vm ${vaultInCli ?? "--subscription '<subscription>' -g '<resource group of the vault>' --vault-name '<vault>'"} --policy-name EnhancedPolicy --vm ${quoteWord(vmId ?? "<ID of the VM>")}`,
        ],
    };
}

const STAYS = "This finding stays until the program or an inventory has the backup item.";

const MOST_VAULTS = 5;

function inCli(vault: Vault): string | undefined {
    const id = valueOf(vault.id);
    const place = id && placeInCli(id);
    return id && place && `${place} --vault-name ${quoteWord(nameOf(id))}`;
}
