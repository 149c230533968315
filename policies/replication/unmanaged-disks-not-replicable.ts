import type { OpenQuestion } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { isDiskEncryption } from "../../src/model/disks/in-guest-encryption";
import { type Value, known, valueOf } from "../../src/model/values";
import { getOrCreate } from "../../src/model/lists";
import type { AzureResource, VirtualMachine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { memoize } from "../memoize";
import { betweenZones, replicatedVmPolicy, seen } from "./replicated-vm";

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

    concerns: (estate, item) => {
        const link = estate.vmOf(item);
        const encrypted = link.state === "linked" ? isEncryptedInGuest(estate, link.to) : "no";
        const zones = betweenZones(estate, item);
        const answers = [encrypted, zones];
        return answers.includes("yes") ? "yes" : (answers.find((answer) => typeof answer === "object") ?? "no");
    },

    *look(vm, estate) {
        const places = estate.attachedDisks(vm).map(({ place }) => place);
        const unmanaged = places.find(({ settings }) => valueOf(settings.unmanaged) === true);
        const open = places.find(({ settings }) => settings.unmanaged.state === "unknown");
        const isSo: Value<boolean> = unmanaged ? known(true) : (open?.settings.unmanaged ?? known(false));
        yield* seen(vm, isSo, "unmanaged", "");
    },

    message: ({ vm, item }, { dryRun }) => ({
        headline: headline((name) => `The VM ${name} has unmanaged disks, which are not replicated in this way.`, vm),
        why: "Site Recovery replicates unmanaged disks neither between zones nor under Azure Disk Encryption. Azure retired unmanaged disks on 2026-03-31.",
        steps: ways(
            [
                `Convert the disks of "${vm}" to managed ones (az vm deallocate, then az vm convert, then az vm start), let the program say so, and let "${item.name}" list them. There is no way back.`,
                backUpInstead(item, vm),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.UNMANAGED.page,
    }),
});

type Encrypted = "yes" | "no" | OpenQuestion;

/** Each item of a VM asks. */
const encrypted = memoize(() => new Map<VirtualMachine, Encrypted>());

function isEncryptedInGuest(estate: Estate, vm: VirtualMachine): Encrypted {
    return getOrCreate(encrypted(estate), vm, () => findEncrypted(estate, vm));
}

function findEncrypted(estate: Estate, vm: VirtualMachine): Encrypted {
    const definers: readonly { readonly resource: AzureResource; readonly isSo: Value<boolean> }[] = [
        ...estate
            .disksOf(vm)
            .map(({ definedBy, encryptedInGuest }) => ({ resource: definedBy, isSo: encryptedInGuest })),
        ...estate.extensionsOf(vm).map((extension) => ({ resource: extension, isSo: isDiskEncryption(extension) })),
    ];
    if (definers.some(({ isSo }) => valueOf(isSo) === true)) {
        return "yes";
    }
    const [open] = definers.flatMap(({ resource, isSo }) =>
        isSo.state === "unknown" ? [{ resource, property: isSo.property }] : [],
    );
    return open ?? "no";
}
