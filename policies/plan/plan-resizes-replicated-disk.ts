import { equalsIgnoringCase } from "../../src/model/letter-case";
import {
    compare,
    type Answer,
    type Evidence,
    evidenceIn,
    given,
    NO,
    unknownAnswer,
    withEvidence,
    YES,
} from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import type { VirtualMachine } from "../../src/model/resources";
import type { Plan, PlanContent } from "../../src/model/plan";
import { undecidedBy, type Verdict } from "../../src/findings/finding";
import type { Step } from "../../src/advice/fix";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { planPolicy } from "../policy";
import { isReplicatedAnew, stayingItems } from "../replication/re-enabled";
import { sameDisk } from "./disk-changes";
import { inOrder, oneOf, tense, says, type Tense } from "./tense";

interface Resize {
    readonly before: VmDisk;
    readonly after: VmDisk;
    /** GiB */
    readonly from: number;
    readonly to: number;
}

interface Parameters {
    readonly kind: PlanContent["kind"];
    readonly vm: string;
    /** Disks that shrink come first: nothing supports that. */
    readonly disks: Evidence<{
        readonly name: string;
        readonly from: number;
        readonly to: number;
        /** Where the program sets the size. */
        readonly property: string;
    }>;
}

const { PREMIUM_V2_RESIZED, DISK_SHRUNK } = PLANS;

/** BCDR613: a replicated disk gets another size, which costs its recovery points or is not supported (INT-17). */
export const planResizesReplicatedDisk = planPolicy<Parameters>({
    id: "BCDR613",
    name: "plan-resizes-replicated-disk",
    level: "advisory",
    severity: "medium",
    summary: "The plan resizes a replicated disk in a way that harms replication.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "Resize when you do not expect to fail over, and wait for a new recovery point. Never shrink a replicated disk.",
    plans: ["update", "refresh"],

    *evaluate(plan): Iterable<Verdict<Parameters>> {
        for (const vm of plan.before.vms) {
            const now = plan.afterwards(vm);
            const replication = plan.before.replication.of(vm);
            if (now === undefined || now.skipped || replication.answer === "no") {
                continue;
            }
            const resizes = resizesOf(plan, vm, now);
            if (resizes.length === 0) {
                continue;
            }
            if (replication.answer === "unknown") {
                yield* undecidedBy(replication);
                continue;
            }
            const items = stayingItems(plan, replication.items);
            const reEnabled = isReplicatedAnew(plan, now);
            // A new item starts with new recovery points anyway.
            if (items.length === 0 || reEnabled.answer === "yes") {
                continue;
            }
            const replicated = plan.before.replication.replicatedVm(vm, items);
            const answers = resizes.map(({ disk, answer }) => {
                const listed = disk.attached.role === "os" ? "yes" : replicated.isListed(disk.attached);
                const { resource, property } = replicated.listQuestion;
                const isReplicated =
                    listed === "unknown" ? unknownAnswer(resource, property) : listed === "yes" ? YES : NO;
                return given(isReplicated, given(reEnabled.answer === "unknown" ? reEnabled : YES, answer));
            });
            yield* answers.flatMap(undecidedBy);
            const found = evidenceIn(answers);
            if (found !== undefined) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(now, now),
                    parameters: { kind: plan.kind, vm: plan.after.names.of(now), disks: inWords(plan, now, found) },
                    restsOn: items,
                };
            }
        }
    },

    message: ({ kind, vm, disks }, circumstances): Message => {
        const now = tense(kind, circumstances);
        const [first] = disks;
        const facts = disks.map(({ name, from, to }) => `"${name}": ${from} GiB to ${to} GiB`);
        return isShrunk(first)
            ? {
                  headline: headline(
                      (name, disk) =>
                          `${says(now, `The plan shrinks replicated disk ${disk} of VM ${name}`, `Replicated disk ${disk} of VM ${name} was shrunk`)}, which Site Recovery does not support.`,
                      vm,
                      first.name,
                  ),
                  why: "Azure does not shrink managed disks, and Site Recovery does not follow a disk that gets smaller.",
                  facts,
                  fix: oneOf(now, [
                      {
                          do: `Set the size of "${first.name}" back to ${first.from} GiB.`,
                          where: `${first.property} = ${first.from}`,
                      },
                      {
                          do: "If the VM needs a smaller disk, create a new one, and copy the data to it.",
                          note: "The VM then gets another disk, and BCDR601 says how to replicate that one.",
                      },
                  ]),
                  sources: [DISK_SHRUNK.page],
              }
            : {
                  headline: headline(
                      (name, disk) =>
                          `${says(now, `The plan grows Premium SSD v2 disk ${disk} of VM ${name}`, `Premium SSD v2 disk ${disk} of VM ${name} was grown`)}, so Site Recovery deletes its older recovery points.`,
                      vm,
                      first.name,
                  ),
                  why: "Site Recovery synchronizes the replica again. Until it has new recovery points, you cannot fail over.",
                  facts,
                  fix: inOrder(now, growing(vm, now)),
                  notes: ["Disks of other types keep their recovery points when they grow."],
                  sources: [PREMIUM_V2_RESIZED.page],
              };
    },
});

function growing(vm: string, now: Tense): readonly Step[] {
    return [
        { do: `Check that Azure Backup has a usable recovery point of "${vm}".` },
        ...(now === "planned"
            ? [{ do: "Apply the plan at a time when you do not expect to fail over:", commands: ["pulumi up"] }]
            : []),
        {
            do: "Wait until replication is healthy and has a new recovery point.",
            note: "In the Azure portal: Recovery Services vault > Replicated items > the VM.",
        },
        { do: "Run a test failover." },
    ];
}

function isShrunk({ from, to }: Pick<Resize, "from" | "to">): boolean {
    return to < from;
}

function inWords(plan: Plan, now: VirtualMachine, found: Evidence<Resize>): Parameters["disks"] {
    const inWordsOf = ({ after: { attached, definedBy }, from, to }: Resize): Parameters["disks"][0] => ({
        name: plan.after.names.ofDisk(now, attached),
        from,
        to,
        property: writtenAt(definedBy, WORDS[definedBy.provider].disk.size),
    });
    const [first = found[0], ...others] = [...found].sort((a, b) => Number(isShrunk(b)) - Number(isShrunk(a)));
    return [inWordsOf(first), ...others.map(inWordsOf)];
}

/** The disks of a VM that stay the same ones, and whose size changes, or may. */
function resizesOf(
    plan: Plan,
    vm: VirtualMachine,
    now: VirtualMachine,
): readonly { readonly disk: VmDisk; readonly answer: Answer<Resize> }[] {
    const after = plan.after.disks.of(now);
    return plan.before.disks.of(vm).flatMap((before) => {
        const from = valueOf(before.size);
        const same = after.find(({ attached }) => sameDisk(plan, vm, before.attached, now, attached) === "yes");
        if (from === undefined || from === 0 || same === undefined) {
            return [];
        }
        const answer = resized(before, from, same);
        return answer.answer === "no" ? [] : [{ disk: before, answer }];
    });
}

function resized(before: VmDisk, from: number, after: VmDisk): Answer<Resize> {
    const { definedBy, size, sku } = after;
    const isPremiumV2 = compare(definedBy, sku, (name) => equalsIgnoringCase(name, PREMIUM_V2_RESIZED.limit.sku));
    switch (size.state) {
        case "absent":
            return NO;
        case "unknown":
            // It is more likely to grow, and that matters for one kind of disk alone.
            return isPremiumV2.answer === "no" ? NO : unknownAnswer(definedBy, size.property);
        case "known": {
            const to = size.value;
            return withEvidence(to < from ? YES : to > from ? isPremiumV2 : NO, () => ({ before, after, from, to }));
        }
    }
}
