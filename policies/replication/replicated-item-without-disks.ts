import { isTrue, NO, withEvidence } from "../../src/model/answers";
import { headline } from "../../src/findings/message";
import { listed } from "../../src/advice/names";
import { arrayOfDisks } from "../../src/advice/snippets";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { replicatedItemPolicy } from "./replicated-item";

/** BCDR225: a new item without a list of disks, which Azure refuses (VMDisksMissing, Azure/terraform-provider-azapi#228). */
export const replicatedItemWithoutDisks = replicatedItemPolicy({
    id: "BCDR225",
    name: "replicated-item-without-disks",
    level: "mandatory",
    severity: "high",
    summary: "A new replicated item lists no disks.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ item: { isAzureToAzure, disks }, item, vm, estate }) =>
        disks.state !== "none"
            ? NO
            : withEvidence(isTrue(item, isAzureToAzure), () => ({
                  vm: vm && estate.names.of(vm),
                  /** The ids of the VM's disks, in words. */
                  disks: (vm === undefined ? [] : estate.disks.attachedTo(vm)).map(({ place, disk }) =>
                      disk.state === "linked" && disk.to.pulumiName !== undefined
                          ? `the ID of "${disk.to.pulumiName}"`
                          : `what "${vm?.pulumiName ?? "VM"}" has at ${place.disk.property}`,
                  ),
              })),

    message: ({ item: { name, provider, diskList }, found: [{ vm, disks }] }, { language }) => ({
        headline: headline(
            (item, of) =>
                `The new replicated item ${item}${vm === undefined ? "" : ` of VM ${of}`} lists no disks; Azure will refuse it.`,
            name,
            vm ?? "",
        ),
        why: "Site Recovery takes the disks to replicate from the item when replication is enabled; without any it answers VMDisksMissing, and the deployment fails.",
        fix: {
            kind: "in order",
            intro: "Before you apply this plan:",
            steps: [
                {
                    do:
                        `Give "${name}" the list ${diskList}, with an element for each disk to replicate, the OS disk first` +
                        `${disks.length > 0 ? `: ${listed(disks)}` : ""}. ${arrayOfDisks(language, provider)}`.trimEnd(),
                },
                { do: `Each element also takes ${WORDS[provider].elementNeeds}.` },
            ],
        },
        sources: [PAGES.DISKS_MISSING],
    }),
});
