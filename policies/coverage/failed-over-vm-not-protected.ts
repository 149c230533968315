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
    remediationSteps: "Each finding says what it takes.",

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

    message: ({ item, vm, found: [{ failoverVm, location, vaults }] }) => {
        const running = failoverVm === undefined ? "the VM that runs now" : `"${failoverVm}"`;
        const region = location === undefined ? "its region" : location;
        const vault =
            vaults.count === 0
                ? `a Recovery Services vault in ${region} (this stack has none there)`
                : `a vault in ${region}: ${quoted(vaults, MOST_VAULTS, " or ")}`;
        return {
            headline: headline((name) => `VM ${name} has failed over and is not protected again.`, vm),
            why: "Since the failover the other side runs, without replication and without backup: neither is carried over. This stays so until someone sets both up.",
            fix: {
                kind: "in order",
                intro: "To protect it again:",
                steps: [
                    {
                        do: "Commit the failover, if that has not been done. After that no other recovery point can be chosen.",
                    },
                    {
                        do: `Re-protect "${item.name}" (Recovery Services vault > Replicated items > Re-protect). Leave the old VM and its disks alone until then: Site Recovery needs them.`,
                    },
                    {
                        do: "Where the source VM is gone or damaged, re-protecting is not possible: disable replication instead, and enable it anew from the region that runs now.",
                    },
                    { do: `Set up backup of ${running} in ${vault}; backup takes a vault in the VM's own region.` },
                    {
                        do: "Keep the old backup item until its recovery points expire: they are the history of the VM.",
                    },
                ],
            },
            sources: [PAGES.A2A_REPROTECT],
        };
    },
});
