import { any, type Answer, firstQuestion, isTrue, NO, withEvidence } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { isDiskEncryption } from "../../src/model/disks/in-guest-encryption";
import { getOrCreate } from "../../src/model/lists";
import type { VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { memoize } from "../memoize";
import { betweenZones, replicatedVmPolicy } from "./replicated-vm";

/** BCDR224: a VM with unmanaged disks is replicated between zones, or is under Azure Disk Encryption (A2A-14). */
export const unmanagedDisksNotReplicable = replicatedVmPolicy({
    id: "BCDR224",
    name: "unmanaged-disks-not-replicable",
    level: "mandatory",
    severity: "high",
    summary: "A VM's unmanaged disks cannot be replicated.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    appliesTo: ({ item, estate }) => {
        const link = estate.protectedVms.of(item);
        const isEncrypted = link.state === "linked" ? isEncryptedInGuest(estate, link.to) : NO;
        return firstQuestion(any([isEncrypted, betweenZones({ item, estate })]));
    },

    check: ({ vm, estate }) =>
        firstQuestion(
            any(
                estate.disks
                    .attachedTo(vm)
                    .map(({ place }) => withEvidence(isTrue(vm, place.settings.unmanaged), () => place.disk.property)),
            ),
        ),

    message: ({ vm, item }, { dryRun }) => ({
        headline: headline((name) => `The VM ${name} has unmanaged disks, which are not replicated in this way.`, vm),
        why: "Site Recovery replicates unmanaged disks neither between zones nor under Azure Disk Encryption. Azure retired unmanaged disks on 2026-03-31.",
        fix: ways(
            [
                {
                    do: `Convert the disks of "${vm}" to managed ones (az vm deallocate, then az vm convert, then az vm start), let the program say so, and let "${item.name}" list them. There is no way back.`,
                },
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.UNMANAGED.page],
    }),
});

/** Each item of a VM asks. */
const encrypted = memoize(() => new Map<VirtualMachine, Answer>());

function isEncryptedInGuest(estate: Estate, vm: VirtualMachine): Answer {
    return getOrCreate(encrypted(estate), vm, () =>
        any([
            ...estate.disks.of(vm).map(({ definedBy, encryptedInGuest }) => isTrue(definedBy, encryptedInGuest)),
            ...estate.extensions.of(vm).map((extension) => isTrue(extension, isDiskEncryption(extension))),
        ]),
    );
}
