import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import type { Vault } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, undecidedBy, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { occasion } from "../../src/advice/backup";
import { type Names, namesOf, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { inOtherRegion } from "../regions";

interface Parameters {
    readonly item: string;
    readonly provider: Provider;
    readonly vm: string;
    readonly vmRegion: string;
    readonly vault: string;
    readonly vaultRegion: string;
    /** Vaults of the stack that are where the VM is. */
    readonly vaultsThere: Names;
}

/** BCDR301: a VM is backed up into a vault of another region (VMB-19). */
export const vmBackupVaultOtherRegion = stackPolicy<Parameters>({
    id: "BCDR301",
    name: "vm-backup-vault-other-region",
    level: "mandatory",
    severity: "high",
    summary: "A backup item's vault is in another region than the VM.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        const vaults = estate.entities.flatMap((entity) => (entity.kind === "vault" ? [entity] : []));
        const vaultsIn = new Map<string | undefined, Vault[]>();
        vaults.forEach((vault) => pushTo(vaultsIn, valueOf(estate.regions.of(vault)), vault));
        for (const vm of estate.vms) {
            const region = estate.regions.of(vm);
            if (vm.skipped || region.state === "absent") {
                continue;
            }
            const backup = estate.backup.ofWholeVm(vm);
            // Where every vault is in the VM's region, it does not matter which one it is.
            if (vaults.length > 0 && (vaultsIn.size > 1 || !vaultsIn.has(valueOf(region)))) {
                yield* undecideds.of(backup);
            }
            for (const item of backup.answer === "yes" ? backup.items : []) {
                const link = estate.vaults.of(item);
                if (link.state === "undecided") {
                    yield undecided(item, link.property);
                }
                if (link.state !== "linked") {
                    continue;
                }
                const vault = link.to;
                const vaultRegion = estate.regions.of(vault);
                const condition = inOtherRegion(vm, region, vault, vaultRegion);
                yield* undecidedBy(condition);
                if (condition.answer === "yes") {
                    const vmRegion = valueOf(region) ?? "";
                    yield {
                        verdict: "violated",
                        subject: subjectOf(item, vm),
                        parameters: {
                            item: named(item).name,
                            provider: item.provider,
                            vm: estate.names.of(vm),
                            vmRegion,
                            vault: displayName(vault),
                            vaultRegion: valueOf(vaultRegion) ?? "",
                            vaultsThere: namesOf(
                                estate.vaults.inRegion(vmRegion, vm.subscription),
                                (each) => named(each).name,
                            ),
                        },
                        restsOn: [item, vault],
                    };
                }
            }
        }
    },

    message: ({ item, provider, vm, vmRegion, vault, vaultRegion, vaultsThere }, { dryRun }): Message => ({
        headline: headline(
            (of, name) => `VM ${of} is in ${vmRegion}, but its backup goes into vault ${name} in ${vaultRegion}.`,
            vm,
            vault,
        ),
        why: "A Recovery Services vault backs up VMs of its own region only; Azure refuses this item.",
        steps: {
            occasion: occasion(dryRun),
            list: [
                vaultsThere.count > 0
                    ? `Take a vault in ${vmRegion}: this program has ${quoted(vaultsThere)}.`
                    : `Make a Recovery Services vault in ${vmRegion}. A vault cannot be moved to another region.`,
                `Let "${item}" name that vault in ${WORDS[provider].backup.inVault}, with its resource group in resourceGroupName, and one of its policies in ${WORDS[provider].backup.followsPolicy}.`,
                "For copies in a second region make the vault geo-redundant with cross-region restore, before it holds its first item.",
            ],
        },
        source: VM_BACKUP.VAULT_REGION.page,
    }),
});
