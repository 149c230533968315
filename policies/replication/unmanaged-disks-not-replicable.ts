import { any, type Answer, firstQuestion, isTrue, NO, withEvidence } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { isDiskEncryption } from "../../src/model/disks/in-guest-encryption";
import { getOrCreate } from "../../src/model/lists";
import { firstChanged, type VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { backUpInstead, MAY_NOT_REPLICATE, withNewDisks } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { memoize } from "../memoize";
import { betweenZones, replicatedVmPolicy } from "./replicated-vm";

/** BCDR224: a VM with unmanaged disks is replicated between zones, or uses Azure Disk Encryption (A2A-14). */
export const unmanagedDisksNotReplicable = replicatedVmPolicy({
    id: "BCDR224",
    name: "unmanaged-disks-not-replicable",
    level: "mandatory",
    severity: "high",
    summary: "A replicated VM has unmanaged disks that cannot be replicated.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Convert the disks to managed disks, or protect the VM with Azure Backup.",

    appliesTo: ({ item, estate }) => {
        const link = estate.protectedVms.of(item);
        const isEncrypted = link.state === "linked" ? isEncryptedInGuest(estate, link.to) : NO;
        return firstQuestion(any([isEncrypted, betweenZones({ item, estate })]));
    },

    check: ({ vm, estate }) => {
        const extensions = firstChanged(estate.extensions.of(vm));
        return firstQuestion(
            any(
                estate.disks.attachedTo(vm).map(({ place }) =>
                    withEvidence(isTrue(vm, place.settings.unmanaged), () => ({
                        property: place.disk.property,
                        restsOn: extensions,
                    })),
                ),
            ),
        );
    },

    message: ({ vm, vmToStop: { isNew, inCli }, item }, { dryRun }) => ({
        headline: headline(
            (name) => `Replicated VM ${name} has unmanaged disks, which Site Recovery cannot replicate in this setup.`,
            vm,
        ),
        why: `Site Recovery does not replicate unmanaged disks between zones, nor with Azure Disk Encryption. ${MAY_NOT_REPLICATE}`,
        facts: ["Azure retired unmanaged disks on 2026-03-31."],
        fix: ways(
            [
                isNew
                    ? { do: `Give "${vm}" managed disks, and list them in "${item.name}".`, where: item.diskList }
                    : withNewDisks(item, {
                          do: `Convert the disks of "${vm}" to managed disks, and then change the program to match:`,
                          commands: [`az vm deallocate ${inCli}`, `az vm convert ${inCli}`, `az vm start ${inCli}`],
                          where: item.diskList,
                          note: "You cannot undo the conversion.",
                      }),
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
