import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { inOrder } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly item: string;
    readonly scaleSet: string;
    readonly isUniform: boolean;
}

/** BCDR226: a replicated item names a scale set instead of a VM; Uniform ones cannot be replicated (A2A-26). */
export const scaleSetReplicated = stackPolicy<Parameters>({
    id: "BCDR226",
    name: "scale-set-replicated",
    level: "mandatory",
    severity: "high",
    summary: "A replicated item names a scale set.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const item of estate.replication.items) {
            const scaleSet = estate.scaleSets.of(item);
            if (item.skipped || scaleSet.state === "none") {
                continue;
            }
            if (scaleSet.state === "undecided") {
                yield undecided(item, scaleSet.property);
                continue;
            }
            yield {
                verdict: "violated",
                subject: subjectOf(item),
                parameters: {
                    item: named(item).name,
                    scaleSet: scaleSet.name,
                    isUniform: scaleSet.isUniform.state !== "known" || scaleSet.isUniform.value,
                },
                restsOn: [item],
            };
        }
    },

    message: ({ item, scaleSet, isUniform }, { dryRun }): Message => ({
        headline: headline(
            (name, set) =>
                `The replicated item ${name} names the scale set ${set}, which Site Recovery does not replicate.`,
            item,
            scaleSet,
        ),
        why: isUniform
            ? "Site Recovery replicates VMs. Those of a scale set in Uniform orchestration cannot be replicated at all."
            : "Site Recovery replicates VMs, also those of a scale set in Flexible orchestration, but one by one.",
        steps: inOrder(
            isUniform
                ? [
                      `Take "${item}" out of the program.`,
                      `Keep a second scale set ready in the other region, or move the VMs of "${scaleSet}" to Flexible orchestration and replicate each.`,
                  ]
                : [`Let "${item}" name one VM of "${scaleSet}", and make an item for each of the others.`],
            dryRun,
        ),
        source: PAGES.ORCHESTRATION,
    }),
});
