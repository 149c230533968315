import { formatArmId, nameOf } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import type { Vault } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { placeInCli, quoteWord } from "../../src/advice/azure-cli";
import { type Names, namesOf, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { copiesWithoutBackup, isOpen } from "../restores/restored-copies";
import { type Configuration, excluded, tierSettings } from "./tiers";
import { unprotectedVms } from "./unprotected-vm";

interface Parameters {
    readonly vm: string;
    readonly provider: Provider;
    readonly because: string;
    /** Vaults of the stack in the VM's region. */
    readonly vaults: Names;
    /** How the Azure CLI calls the first of them: `-g hub --vault-name backup`; undefined where the plan does not know. */
    readonly vaultInCli: string | undefined;
    /** Undefined where the plan does not know its id. */
    readonly vmId: string | undefined;
    readonly excuse: string;
}

/** BCDR401: a VM that owes backup and has none. One that BCDR419 reports is left to it. */
export const vmNotBackedUp = stackPolicy<Parameters, Configuration>({
    id: "BCDR401",
    name: "vm-not-backed-up",
    level: "advisory",
    severity: "medium",
    summary: "A VM that must be backed up is not.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Protect the VM or the disk, or say by the VM's tier that it needs no protection.",
    settings: tierSettings,

    *evaluate({ estate }, configuration): Iterable<Verdict<Parameters>> {
        const excuse = excluded(configuration, "backup");
        const copies = new Set(copiesWithoutBackup(estate).map((each) => (isOpen(each) ? undefined : each.copy)));
        for (const each of unprotectedVms(estate, "backup", configuration, (vm) => estate.backup.of(vm))) {
            if (isOpen(each)) {
                yield each;
                continue;
            }
            const { vm, because } = each;
            if (copies.has(vm)) {
                continue;
            }
            const location = valueOf(estate.regions.of(vm));
            const id = valueOf(vm.id);
            const vaults = location === undefined ? [] : estate.vaults.inRegion(location, vm.subscription);
            yield {
                verdict: "violated",
                subject: subjectOf(vm, vm),
                parameters: {
                    vm: estate.names.of(vm),
                    provider: vm.provider,
                    because,
                    vaults: namesOf(vaults, (vault) => named(vault).name),
                    vaultInCli: vaults[0] && inCli(vaults[0]),
                    vmId: id?.subscription === undefined ? undefined : formatArmId(id),
                    excuse,
                },
            };
        }
    },

    message: ({ vm, provider, because, vaults, vaultInCli, vmId, excuse }): Message => ({
        headline: headline((name) => `VM ${name} owes backup and has none.`, vm),
        why: `${because} No backup item, no Disk Backup instance and no assignment of Azure Policy in this stack backs it up.`,
        steps: {
            occasion: "To settle it:",
            list: [
                `Give it a backup item (${WORDS[provider].backupItemType}) with an Enhanced policy in a Recovery Services vault of its own region: ` +
                    `${vaults.count === 0 ? "this stack has none there, so make one" : quoted(vaults, MOST_VAULTS, " or ")}.`,
                `Or from the command line: az backup protection enable-for-vm ${vaultInCli ?? "-g <group of the vault> --vault-name <vault>"} --policy-name EnhancedPolicy --vm ${vmId === undefined ? "<id of the VM>" : quoteWord(vmId)}`,
                excuse,
            ],
        },
        source: COVERAGE.BACKUP.page,
    }),
});

const MOST_VAULTS = 5;

function inCli(vault: Vault): string | undefined {
    const id = valueOf(vault.id);
    const place = id && placeInCli(id);
    return id && place && `${place} --vault-name ${quoteWord(nameOf(id))}`;
}
