import { formatArmId, nameOf } from "../../estate/arm-id";
import { valueOf } from "../../estate/known";
import type { Vault } from "../../estate/model";
import type { Spelling } from "../../estate/type-token";
import type { Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { subjectOf } from "../../findings/subject";
import { named } from "../../guidance/re-protection";
import { quoteWord } from "../../guidance/replication";
import { WORDS } from "../../guidance/spelling";
import { COVERAGE } from "../../support/coverage";
import type { StackSubject } from "../policy";
import { copiesWithoutBackup, isOpen } from "../restored-copies";
import type { Rule } from "../rule";
import { excused, type Configuration } from "./tiers";
import { unprotectedMachines } from "./unprotected-machine";

interface VaultInRegion {
    readonly name: string;
    /** How the Azure CLI calls it: `-g hub --vault-name backup`; undefined where the plan does not know. */
    readonly inCli: string | undefined;
}

interface Parameters {
    readonly machine: string;
    readonly spelling: Spelling;
    readonly because: string;
    /** Vaults of the stack in the machine's region. */
    readonly vaults: readonly VaultInRegion[];
    /** Undefined where the plan does not know its id. */
    readonly machineId: string | undefined;
    readonly excuse: string;
}

/** BCDR401: a machine that owes backup and has none. One that BCDR419 reports is left to it. */
export const machineWithoutBackup: Rule<StackSubject, Configuration, Parameters> = {
    id: "BCDR401",
    finds: "a machine that owes backup and has none",

    *evaluate({ estate }, configuration): Iterable<Verdict<Parameters>> {
        const copies = new Set(copiesWithoutBackup(estate).map((each) => (isOpen(each) ? undefined : each.copy)));
        for (const each of unprotectedMachines(estate, "backup", configuration, (machine) => estate.backup(machine))) {
            if (isOpen(each)) {
                yield each;
                continue;
            }
            const { machine, because } = each;
            if (copies.has(machine)) {
                continue;
            }
            const location = valueOf(estate.locationOf(machine));
            const id = valueOf(machine.id);
            yield {
                verdict: "violated",
                subject: subjectOf(machine, machine),
                parameters: {
                    machine: estate.nameOf(machine),
                    spelling: machine.spelling,
                    because,
                    vaults: location === undefined ? [] : estate.vaultsFor(machine.id, location).map(inRegion),
                    machineId: id?.subscription === undefined ? undefined : formatArmId(id),
                    excuse: excused(configuration, "backup"),
                },
            };
        }
    },

    tell: ({ machine, spelling, because, vaults, machineId, excuse }): Message => ({
        headline: headline((name) => `Machine ${name} owes backup and has none.`, machine),
        why: `${because} No backup item, no Disk Backup instance and no assignment of Azure Policy in this stack backs it up.`,
        steps: {
            occasion: "To settle it:",
            list: [
                `Give it a backup item (${WORDS[spelling].backupItemType}) with an Enhanced policy in a Recovery Services vault of its own region: ` +
                    `${vaults.length === 0 ? "this stack has none there, so make one" : vaults.map(({ name }) => `"${name}"`).join(" or ")}.`,
                `Or from the command line: az backup protection enable-for-vm ${vaults[0]?.inCli ?? "-g <group of the vault> --vault-name <vault>"} --policy-name EnhancedPolicy --vm ${machineId === undefined ? "<id of the machine>" : quoteWord(machineId)}`,
                excuse,
            ],
        },
        source: COVERAGE.BACKUP.page,
    }),
};

function inRegion(vault: Vault): VaultInRegion {
    const id = valueOf(vault.id);
    const group = id?.resourceGroup;
    return {
        name: named(vault).name,
        inCli:
            id === undefined || group === undefined
                ? undefined
                : `-g ${quoteWord(group)} --vault-name ${quoteWord(nameOf(id))}`,
    };
}
