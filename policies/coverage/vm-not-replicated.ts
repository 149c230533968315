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
 * BCDR402: a VM that must be replicated and is not. BCDR416 reports one that has failed over, BCDR420 a restored copy
 * beside its original.
 */
export const vmNotReplicated = unprotectedVmPolicy({
    id: "BCDR402",
    name: "vm-not-replicated",
    level: "advisory",
    severity: "medium",
    summary: "A VM that must be replicated is not.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "coverage"],
    remediationSteps: "Replicate the VM, or set its tier tag to a tier that requires no replication.",
    service: "replication",

    check: ({ vm, estate }) => {
        if (failedOverVms(estate).has(vm) || unreplicatedCopies(estate).has(vm)) {
            return NO;
        }
        const { replication, assignedProtection, gaps } = estate;
        const isReplicated = any<unknown>([
            replication.ofAny(vm),
            assignedProtection.of(vm, "replication"),
            gaps.mayProtect(vm),
        ]);
        const { replicatedItemType, diskList } = WORDS[vm.provider];
        return withEvidence(not(isReplicated), () => ({ itemType: replicatedItemType, diskList }));
    },

    message: ({ vm, because, excuse, found: [{ itemType, diskList }] }, { inAzure = false }) => ({
        headline: headline(
            (name) =>
                `VM ${name} must be replicated, but nothing in ${inAzure ? "Azure" : "this stack"} replicates it.`,
            vm,
        ),
        why: "If the VM's region or zone fails, there is no replica to fail over to.",
        facts: [
            because,
            inAzure
                ? "Azure Resource Graph shows no replicated item for it."
                : "The stack has no replicated item or Azure Policy assignment for it.",
        ],
        fix: {
            kind: "in order",
            intro: "To replicate it, in this order:",
            steps: [
                {
                    do: "Choose a Recovery Services vault. To replicate to another region, take a vault outside the VM's own region.",
                    note: "To replicate to another zone, any vault works.",
                },
                {
                    do: "Add a replicated item for the VM to the program. List all of its managed disks, the OS disk first.",
                    where: diskList,
                    note: `The type of the item is ${itemType}.`,
                },
                { do: "Enable replication while the VM is running:", commands: ["pulumi up"] },
                { do: "After the first recovery point, run a test failover. Then add the item to a recovery plan." },
            ],
        },
        notes: [excuse],
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
