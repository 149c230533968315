import { valueOf } from "../../estate/known";
import type { Estate } from "../../estate/estate";
import { normaliseLocation } from "../../estate/location";
import { append } from "../../estate/lists";
import type { Machine } from "../../estate/model";
import type { BackupOrigin } from "../../estate/restored-disk";
import { Undecideds, type Verdict } from "../../findings/finding";
import { headline, type Message } from "../../findings/message";
import { subjectOf } from "../../findings/subject";
import { named } from "../../guidance/re-protection";
import { PAGES } from "../../support/page";
import type { StackSubject } from "../policy";
import type { Rule } from "../rule";

interface Parameters {
    readonly copy: string;
    readonly original: string;
    readonly originalItem: string;
}

/** BCDR420: a restored machine beside the one that it came from, of which only the original is replicated (INT-32). */
export const restoredCopyBesideOriginal: Rule<StackSubject, unknown, Parameters> = {
    id: "BCDR420",
    finds: "a restored copy of a replicated machine that is not replicated itself",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        const byName = machinesByName(estate);
        for (const copy of estate.machines) {
            const os = estate.restoredAttachments(copy).find(({ attached }) => attached.role === "os");
            if (os?.restored.state !== "certain" || os.restored.from.backup === undefined) {
                continue;
            }
            const { backup } = os.restored.from;
            const candidates = (byName.get(backup.machine.toLowerCase()) ?? []).filter(
                (machine) => machine !== copy && mayBeOriginal(machine, backup),
            );
            const replicated = candidates.filter((machine) => estate.replication(machine).answer === "yes");
            const [original] = replicated;
            if (original === undefined) {
                continue;
            }
            const answer = estate.replication(copy);
            if (answer.answer === "undecided") {
                yield* undecideds.of(answer);
            } else if (candidates.length > 1 && answer.answer === "no") {
                yield {
                    verdict: "undecided",
                    openQuestion: { resource: copy, property: "which machine it was restored from" },
                };
            } else if (answer.answer === "no") {
                const items = estate.replication(original);
                yield {
                    verdict: "violated",
                    subject: subjectOf(copy, copy),
                    parameters: {
                        copy: estate.nameOf(copy),
                        original: estate.nameOf(original),
                        originalItem:
                            items.answer === "yes" ? items.items.map((item) => named(item).name).join(", ") : "",
                    },
                };
            }
        }
    },

    tell: ({ copy, original, originalItem }): Message => ({
        headline: headline(
            (name, from) => `Machine ${name} was restored from ${from} and is not replicated; only the original is.`,
            copy,
            original,
        ),
        why: `Restoring into a new machine leaves the original and its replication ("${originalItem}") alone, which goes on. But that replication does not cover the copy.`,
        steps: {
            occasion: "If the copy is to stay:",
            list: [
                `Enable replication for "${copy}" by a replicated item of its own that lists its disks.`,
                `If it takes over from "${original}": disable replication of the original, so that nobody fails over the wrong one.`,
                `Set up backup for "${copy}" as well: under another name or in another group it is another machine to Azure Backup.`,
            ],
        },
        source: PAGES.VM_RESTORE,
    }),
};

function machinesByName(estate: Estate): ReadonlyMap<string, readonly Machine[]> {
    const byName = new Map<string, Machine[]>();
    for (const machine of estate.machines) {
        const name = valueOf(machine.azureName)?.toLowerCase();
        if (name !== undefined) {
            append(byName, name, machine);
        }
    }
    return byName;
}

/** Subscription and region of the recovery point have to be the machine's, as far as both are known. */
function mayBeOriginal({ id, location }: Machine, backup: BackupOrigin): boolean {
    const subscription = valueOf(id)?.subscription;
    const region = valueOf(location);
    return (
        (subscription === undefined ||
            backup.subscription === undefined ||
            subscription.toLowerCase() === backup.subscription.toLowerCase()) &&
        (region === undefined || backup.location === undefined || normaliseLocation(region) === backup.location)
    );
}
