import { unknownAnswer } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { addAll, pushTo, getOrCreate } from "../../src/model/lists";
import type { LockedScope } from "../../src/model/protection/locks";
import type { Lock, VirtualMachine, VmReplication } from "../../src/model/resources";
import { undecided, undecidedBy, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { type Names, namesOf, quoted } from "../../src/advice/names";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly lock: string;
    readonly vms: Names;
}

/** The replicated VMs in a locked scope, and what replicates them. */
interface Held {
    readonly vms: VirtualMachine[];
    readonly items: VmReplication[];
}

const NOTHING: Held = { vms: [], items: [] };

/** BCDR411: a lock on a replicated VM or its group leaves stale links when replication is disabled (INT-61). */
export const lockBlocksReprotection = stackPolicy<Parameters>({
    kinds: ["replicated item", "replication intent"],
    id: "BCDR411",
    name: "lock-blocks-reprotection",
    level: "advisory",
    severity: "medium",
    summary: "A lock prevents replication from being disabled cleanly.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Remove the lock before you disable replication, and create it again afterwards.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const under = new Map<LockedScope, Held>();
        const undecideds = new Undecideds();
        let replicates = false;
        for (const vm of estate.vms) {
            const replication = estate.replication.ofAny(vm);
            const scopes = estate.locks.over(vm);
            if (replication.answer === "yes") {
                replicates = true;
                if (scopes.length === 0 && estate.locks.mayHoldFromElsewhere(vm)) {
                    yield* undecidedBy(unknownAnswer(vm, "locks in other stacks", "external"));
                }
                for (const scope of new Set(scopes)) {
                    const held = getOrCreate(under, scope, () => ({ vms: [], items: [] }));
                    held.vms.push(vm);
                    addAll(held.items, replication.items);
                }
            } else if (scopes.length > 0) {
                yield* undecideds.of(replication);
            }
        }
        for (const lock of replicates ? estate.locks.onAnything : []) {
            yield undecided(lock, lock.scope.property);
        }
        const held = heldBy(under);
        for (const lock of estate.locks.all) {
            const { vms, items } = held.get(lock) ?? NOTHING;
            if (vms.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(lock),
                    parameters: {
                        lock: displayName(lock),
                        vms: namesOf(vms, (vm) => estate.names.of(vm)),
                    },
                    restsOn: items,
                };
            }
        }
    },

    message: ({ lock, vms }): Message => ({
        headline: headline(
            (name, vm) =>
                vms.count === 1
                    ? `Lock ${name} covers replicated VM ${vm}: disabling replication will leave stale links.`
                    : `Lock ${name} covers ${vms.count} replicated VMs: disabling replication will leave stale links.`,
            lock,
            vms.first[0] ?? "",
        ),
        why: "After a restore, you must disable replication and enable it again. Under the lock, disabling leaves stale replication links (error 150225), and Azure then refuses to enable it (error 150226).",
        ...(vms.count === 1 ? {} : { facts: [`VMs: ${quoted(vms)}`] }),
        fix: {
            kind: "in order",
            intro: "When you disable replication, in this order:",
            steps: [
                { do: `Remove lock "${lock}".` },
                { do: "Disable replication, and enable it again." },
                { do: `Create lock "${lock}" again.` },
            ],
        },
        notes: [
            "If you have already disabled replication under the lock, remove the lock. Then run Microsoft's script for stale configuration, and enable replication.",
        ],
        sources: [PAGES.A2A_VM_ERRORS],
    }),
});

/** By lock. The locks of one group hold the same VMs, and share the one list of them. */
function heldBy(under: ReadonlyMap<LockedScope, Held>): ReadonlyMap<Lock, Held> {
    const all = new Map<Lock, Held[]>();
    for (const [{ locks }, held] of under) {
        new Set(locks).forEach((lock) => pushTo(all, lock, held));
    }
    return new Map([...all].map(([lock, [first = NOTHING, ...others]]) => [lock, others.reduce(together, first)]));
}

function together(one: Held, other: Held): Held {
    return {
        vms: [...new Set([...one.vms, ...other.vms])],
        items: [...new Set([...one.items, ...other.items])],
    };
}
