import { any, NO, not, withEvidence } from "../../src/model/answers";
import { armKey, parseArmId } from "../../src/model/ids/arm-id";
import type { Estate } from "../../src/model/estate";
import { linkedTo } from "../../src/model/link";
import { valueOf } from "../../src/model/values";
import type { VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { WORDS } from "../../src/advice/property-names";
import { COVERAGE } from "../../src/facts/coverage";
import { NIST } from "../../src/facts/frameworks";
import { memoize } from "../memoize";
import { unreplicatedCopies } from "../restores/restored-copies";
import { unprotectedVmPolicy } from "./unprotected-vm";

/**
 * BCDR402: a VM that owes replication and has none. BCDR416 speaks of one that has failed over, BCDR420 of a
 * restored copy beside its original.
 */
export const vmNotReplicated = unprotectedVmPolicy({
    id: "BCDR402",
    name: "vm-not-replicated",
    level: "advisory",
    severity: "medium",
    summary: "A VM that must be replicated is not.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Protect the VM or the disk, or say by the VM's tier that it needs no protection.",
    service: "replication",

    check: ({ vm, estate }) => {
        if (failedOverVms(estate).has(vm) || unreplicatedCopies(estate).has(vm)) {
            return NO;
        }
        const { replication, assignedProtection, gaps } = estate;
        const isReplicated = any<unknown>([
            replication.of(vm),
            assignedProtection.of(vm, "replication"),
            gaps.mayProtect(vm),
        ]);
        const { replicatedItemType, diskList } = WORDS[vm.provider];
        return withEvidence(not(isReplicated), () => ({ itemType: replicatedItemType, diskList }));
    },

    message: ({ vm, because, excuse, found: [{ itemType, diskList }] }) => ({
        headline: headline((name) => `VM ${name} owes replication and has none.`, vm),
        why: `${because} No replicated item and no assignment of Azure Policy in this stack replicates it.`,
        fix: {
            kind: "in order",
            intro: "To settle it:",
            steps: [
                {
                    do: `Give it a replicated item (${itemType}) that lists its disks in ${diskList}, the OS disk first. The VM has to run while replication is enabled.`,
                },
                {
                    do: "Between regions the vault must not be in the VM's own region; between zones any vault will do.",
                },
                {
                    do: "Wait for the first recovery point, then run a test failover, and add the item to the recovery plan.",
                },
                { do: excuse },
            ],
        },
        sources: [COVERAGE.REPLICATION.page],
    }),
});

/** Both sides of each failover: the VM that has stopped, and the one that runs. */
const failedOverVms = memoize((estate: Estate): ReadonlySet<VirtualMachine> => {
    const failedOver = estate.replication.items.filter(({ failedOver }) => valueOf(failedOver) === true);
    const running = new Set(
        failedOver.flatMap(({ failoverVm }) => {
            const id = parseArmId(valueOf(failoverVm) ?? "");
            return id === undefined ? [] : [armKey(id)];
        }),
    );
    return new Set([
        ...failedOver.flatMap((item) => linkedTo(estate.protectedVms.of(item)) ?? []),
        ...(running.size === 0
            ? []
            : estate.vms.filter(({ id }) => id.state === "known" && running.has(armKey(id.value)))),
    ]);
});
