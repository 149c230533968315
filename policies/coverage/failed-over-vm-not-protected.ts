import { nameOf, parseArmId } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { type Names, namesOf, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { stackPolicy } from "../policy";

const MOST_VAULTS = 5;

interface Parameters {
    readonly item: string;
    readonly vm: string;
    /** The VM that runs now, and where. */
    readonly failoverVm: string | undefined;
    readonly location: string | undefined;
    /** Vaults of this stack in that region, which can take the backup. */
    readonly vaults: Names;
}

/** BCDR416: failed over and not re-protected: the VM runs on the other side, without replication (INT-40). */
export const failedOverVmNotProtected = stackPolicy<Parameters>({
    id: "BCDR416",
    name: "failed-over-vm-not-protected",
    level: "advisory",
    severity: "high",
    summary: "A VM has failed over and is not protected again.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const item of estate.replication.items) {
            if (item.failedOver.state === "unknown") {
                yield undecided(item, item.failedOver.property);
            }
            if (item.failedOver.state !== "known" || !item.failedOver.value) {
                continue;
            }
            const link = estate.protectedVms.of(item);
            const vm = linkedTo(link);
            const running = item.failoverVm.state === "known" ? parseArmId(item.failoverVm.value) : undefined;
            const location = valueOf(item.recoveryLocation);
            yield {
                verdict: "violated",
                subject: subjectOf(item, vm),
                parameters: {
                    item: named(item).name,
                    vm: vm === undefined ? displayName(item) : estate.names.of(vm),
                    failoverVm: running && nameOf(running),
                    location,
                    vaults: namesOf(
                        location === undefined ? [] : estate.vaults.inRegion(location, running ?? item.subscription),
                        (vault) => named(vault).name,
                    ),
                },
                restsOn: [item],
            };
        }
    },

    message: ({ item, vm, failoverVm, location, vaults }): Message => {
        const running = failoverVm === undefined ? "the VM that runs now" : `"${failoverVm}"`;
        const region = location === undefined ? "its region" : location;
        const vault =
            vaults.count === 0
                ? `a Recovery Services vault in ${region} (this stack has none there)`
                : `a vault in ${region}: ${quoted(vaults, MOST_VAULTS, " or ")}`;
        return {
            headline: headline((name) => `VM ${name} has failed over and is not protected again.`, vm),
            why: "Since the failover the other side runs, without replication and without backup: neither is carried over. This stays so until someone sets both up.",
            steps: {
                occasion: "To protect it again:",
                list: [
                    "Commit the failover, if that has not been done. After that no other recovery point can be chosen.",
                    `Re-protect "${item}" (Recovery Services vault > Replicated items > Re-protect). Leave the old VM and its disks alone until then: Site Recovery needs them.`,
                    "Where the source VM is gone or damaged, re-protecting is not possible: disable replication instead, and enable it anew from the region that runs now.",
                    `Set up backup of ${running} in ${vault}; backup takes a vault in the VM's own region.`,
                    "Keep the old backup item until its recovery points expire: they are the history of the VM.",
                ],
            },
            source: PAGES.A2A_REPROTECT,
        };
    },
});
