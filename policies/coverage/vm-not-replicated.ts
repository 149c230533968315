import { any } from "../../src/model/answers";
import { armKey, parseArmId } from "../../src/model/ids/arm-id";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { VirtualMachine, PolicyAssignment, ReplicatedItem } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { isOpen, unreplicatedCopies } from "../restores/restored-copies";
import { type Configuration, excluded, tierSettings } from "./tiers";
import { unprotectedVms } from "./unprotected-vm";

interface Parameters {
    readonly vm: string;
    readonly provider: Provider;
    readonly because: string;
    readonly excuse: string;
}

/**
 * BCDR402: a VM that owes replication and has none. BCDR416 speaks of one that has failed over, BCDR420 of a
 * restored copy beside its original.
 */
export const vmNotReplicated = stackPolicy<Parameters, Configuration>({
    id: "BCDR402",
    name: "vm-not-replicated",
    level: "advisory",
    severity: "medium",
    summary: "A VM that must be replicated is not.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Protect the VM or the disk, or say by the VM's tier that it needs no protection.",
    settings: tierSettings,

    *evaluate({ estate }, configuration): Iterable<Verdict<Parameters>> {
        const reportedElsewhere = new Set<VirtualMachine>([
            ...failedOverVms(estate),
            ...unreplicatedCopies(estate).flatMap((each) => (isOpen(each) ? [] : [each.copy])),
        ]);
        const excuse = excluded(configuration, "replication");
        const replication = (vm: VirtualMachine) =>
            any<ReplicatedItem | PolicyAssignment>([
                estate.replication.of(vm),
                estate.assignedProtection.of(vm, "replication"),
            ]);
        for (const each of unprotectedVms(estate, "replication", configuration, replication)) {
            if (isOpen(each)) {
                yield each;
            } else if (!reportedElsewhere.has(each.vm)) {
                const { vm, because } = each;
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm, vm),
                    parameters: {
                        vm: estate.names.of(vm),
                        provider: vm.provider,
                        because,
                        excuse,
                    },
                };
            }
        }
    },

    message: ({ vm, provider, because, excuse }): Message => ({
        headline: headline((name) => `VM ${name} owes replication and has none.`, vm),
        why: `${because} No replicated item and no assignment of Azure Policy in this stack replicates it.`,
        steps: {
            occasion: "To settle it:",
            list: [
                `Give it a replicated item (${WORDS[provider].replicatedItemType}) that lists its disks in ${WORDS[provider].diskList}, the OS disk first. The VM has to run while replication is enabled.`,
                "Between regions the vault must not be in the VM's own region; between zones any vault will do.",
                "Wait for the first recovery point, then run a test failover, and add the item to the recovery plan.",
                excuse,
            ],
        },
        source: COVERAGE.REPLICATION.page,
    }),
});

/** Both sides of each failover: the VM that has stopped, and the one that runs. */
function failedOverVms(estate: Estate): readonly VirtualMachine[] {
    const failedOver = estate.replication.items.filter(({ failedOver }) => valueOf(failedOver) === true);
    const running = new Set(
        failedOver.flatMap(({ failoverVm }) => {
            const id = parseArmId(valueOf(failoverVm) ?? "");
            return id === undefined ? [] : [armKey(id)];
        }),
    );
    return [
        ...failedOver.flatMap((item) => {
            const link = estate.protectedVms.of(item);
            return link.state === "linked" ? [link.to] : [];
        }),
        ...(running.size === 0
            ? []
            : estate.vms.filter(({ id }) => id.state === "known" && running.has(armKey(id.value)))),
    ];
}
