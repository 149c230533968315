import type { OpenQuestion } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { isDiskEncryption } from "../../src/model/disks/in-guest-encryption";
import { type Known, known, valueOf } from "../../src/model/values";
import { remembered } from "../../src/model/lists";
import type { AzureResource, Machine } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { backUpInstead, ways } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { once } from "../once";
import { betweenZones, replicatedVmPolicy, seen } from "./replicated-vm";

/** BCDR224: a machine with unmanaged disks is replicated between zones, or is under Azure Disk Encryption (A2A-14). */
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
        const link = estate.machineOf(item);
        const encrypted = link.state === "linked" ? isEncryptedInGuest(estate, link.to) : "no";
        const zones = betweenZones(estate, item);
        const answers = [encrypted, zones];
        return answers.includes("yes") ? "yes" : (answers.find((answer) => typeof answer === "object") ?? "no");
    },

    *look(machine, estate) {
        const places = estate.attachedDisks(machine).map(({ place }) => place);
        const unmanaged = places.find(({ settings }) => valueOf(settings.unmanaged) === true);
        const open = places.find(({ settings }) => settings.unmanaged.state === "unknown");
        const isSo: Known<boolean> = unmanaged ? known(true) : (open?.settings.unmanaged ?? known(false));
        yield* seen(machine, isSo, "unmanaged", "");
    },

    tell: ({ machine, item }, { dryRun }) => ({
        headline: headline(
            (name) => `The machine ${name} has unmanaged disks, which are not replicated in this way.`,
            machine,
        ),
        why: "Site Recovery replicates unmanaged disks neither between zones nor under Azure Disk Encryption. Azure retired unmanaged disks on 2026-03-31.",
        steps: ways(
            [
                `Convert the disks of "${machine}" to managed ones (az vm deallocate, then az vm convert, then az vm start), let the program say so, and let "${item.name}" list them. There is no way back.`,
                backUpInstead(item, machine),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.UNMANAGED.page,
    }),
});

type Encrypted = "yes" | "no" | OpenQuestion;

/** Each item of a machine asks. */
const encrypted = once(() => new Map<Machine, Encrypted>());

function isEncryptedInGuest(estate: Estate, machine: Machine): Encrypted {
    return remembered(encrypted(estate), machine, () => findEncrypted(estate, machine));
}

function findEncrypted(estate: Estate, machine: Machine): Encrypted {
    const tellers: readonly { readonly resource: AzureResource; readonly isSo: Known<boolean> }[] = [
        ...estate
            .disksOf(machine)
            .map(({ toldBy, encryptedInGuest }) => ({ resource: toldBy, isSo: encryptedInGuest })),
        ...estate
            .extensionsOf(machine)
            .map((extension) => ({ resource: extension, isSo: isDiskEncryption(extension) })),
    ];
    if (tellers.some(({ isSo }) => valueOf(isSo) === true)) {
        return "yes";
    }
    const [open] = tellers.flatMap(({ resource, isSo }) =>
        isSo.state === "unknown" ? [{ resource, property: isSo.property }] : [],
    );
    return open ?? "no";
}
