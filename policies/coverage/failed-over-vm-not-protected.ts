import { isTrue, withEvidence } from "../../src/model/answers";
import { nameOf, parseArmId } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { namesOf, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { replicatedItemPolicy } from "../replication/replicated-item";

const MOST_VAULTS = 5;

/** BCDR416: failed over and not re-protected: the VM runs on the other side, without replication (INT-40). */
export const failedOverVmNotProtected = replicatedItemPolicy({
    id: "BCDR416",
    name: "failed-over-vm-not-protected",
    level: "advisory",
    severity: "high",
    summary: "A VM has failed over and is not protected again.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Commit the failover, re-protect the VM, and set up its backup in the new region.",

    check: ({ item, estate }) =>
        withEvidence(isTrue(item, item.failedOver), () => {
            const running = parseArmId(valueOf(item.failoverVm) ?? "");
            const location = valueOf(item.recoveryLocation);
            const vaults = location === undefined ? [] : estate.vaults.inRegion(location, running ?? item.subscription);
            return {
                /** The VM that runs now, and where. */
                failoverVm: running && nameOf(running),
                location,
                /** Vaults of this stack in that region, which can take the backup. */
                vaults: namesOf(vaults, (vault) => named(vault).name),
            };
        }),

    message: ({ item, vm, found: [{ failoverVm, location, vaults }] }, { inAzure = false }) => {
        const running = failoverVm === undefined ? "the VM that runs now" : `"${failoverVm}"`;
        const region = location ?? "its region";
        return {
            headline: headline((name) => `VM ${name} has failed over and is not protected again.`, vm),
            why: "The failed-over VM runs without replication and without backup, because a failover carries over neither. Another failure can lose its data.",
            fix: {
                kind: "in order",
                intro: "To protect it again, in this order:",
                steps: [
                    {
                        do: "Commit the failover, if you have not done so.",
                        note: "After that, you cannot choose another recovery point.",
                    },
                    {
                        do: `Re-protect "${item.name}": Recovery Services vault > Replicated items > "${item.name}" > Re-protect.`,
                        note: "Until then, do not change or delete the old VM and its disks. Site Recovery needs them.",
                    },
                    {
                        do:
                            vaults.count === 0
                                ? `Set up backup of ${running} in a Recovery Services vault in ${region}.${inAzure ? "" : " This stack has none there."}`
                                : `Set up backup of ${running} in a vault in ${region}: ${quoted(vaults, MOST_VAULTS, " or ")}.`,
                        note: "A vault backs up only VMs of its own region.",
                    },
                    {
                        do: "Keep the old backup item until its recovery points expire. They are the VM's history.",
                    },
                ],
            },
            notes: [
                "If the source VM is lost or damaged, you cannot re-protect. Start it if it still exists, disable replication, and enable it again from the region where the VM runs now.",
            ],
            sources: [PAGES.A2A_REPROTECT],
        };
    },
});
