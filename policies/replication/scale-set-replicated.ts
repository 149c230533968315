import { NO, unknownAnswer, withEvidence, YES } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { inOrder, ways } from "../../src/advice/fix";
import { removal } from "../../src/advice/replication-support";
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
    remediationSteps:
        "Use Flexible orchestration and replicate each VM, or keep a second scale set in the other region.",
    checkedByAzure: true,

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
            (name, set) => `Replicated item ${name} names scale set ${set}, but Site Recovery replicates only VMs.`,
            item.name,
            scaleSet,
        ),
        why: isUniform
            ? "Site Recovery cannot replicate the VMs of a scale set with Uniform orchestration. There is nothing to fail over to."
            : "Site Recovery replicates each VM of a scale set with Flexible orchestration through a separate item. This item replicates nothing.",
        fix: isUniform
            ? ways(
                  [
                      removal(item, "Keep a second scale set ready in the other region."),
                      {
                          do: `Move the VMs of "${scaleSet}" to a scale set with Flexible orchestration. Then replicate each VM with a separate item.`,
                      },
                  ],
                  dryRun,
              )
            : inOrder(
                  [
                      { do: `In "${item.name}", name one VM of "${scaleSet}".` },
                      { do: "Add an item for each of the other VMs." },
                  ],
                  dryRun,
              ),
        sources: [PAGES.ORCHESTRATION],
    }),
});
