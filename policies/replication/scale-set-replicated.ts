import { NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { inOrder } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { replicatedItemPolicy } from "./replicated-item";

/** BCDR226: a replicated item names a scale set instead of a VM; Uniform ones cannot be replicated (A2A-26). */
export const scaleSetReplicated = replicatedItemPolicy({
    id: "BCDR226",
    name: "scale-set-replicated",
    level: "mandatory",
    severity: "high",
    summary: "A replicated item names a scale set.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ item, estate }) => {
        const scaleSet = estate.scaleSets.of(item);
        switch (scaleSet.state) {
            case "none":
                return NO;
            case "undecided":
                return unknownAnswer(item, scaleSet.property);
            default:
                return withEvidence(YES, () => ({
                    scaleSet: scaleSet.name,
                    isUniform: scaleSet.isUniform.state !== "known" || scaleSet.isUniform.value,
                }));
        }
    },

    message: ({ item, found: [{ scaleSet, isUniform }] }, { dryRun }) => ({
        headline: headline(
            (name, set) =>
                `The replicated item ${name} names the scale set ${set}, which Site Recovery does not replicate.`,
            item.name,
            scaleSet,
        ),
        why: isUniform
            ? "Site Recovery replicates VMs. Those of a scale set in Uniform orchestration cannot be replicated at all."
            : "Site Recovery replicates VMs, also those of a scale set in Flexible orchestration, but one by one.",
        fix: inOrder(
            isUniform
                ? [
                      { do: `Take "${item.name}" out of the program.` },
                      {
                          do: `Keep a second scale set ready in the other region, or move the VMs of "${scaleSet}" to Flexible orchestration and replicate each.`,
                      },
                  ]
                : [{ do: `Let "${item.name}" name one VM of "${scaleSet}", and make an item for each of the others.` }],
            dryRun,
        ),
        sources: [PAGES.ORCHESTRATION],
    }),
});
