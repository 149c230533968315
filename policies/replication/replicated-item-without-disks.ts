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
    remediationSteps: "List the disks to replicate in the item.",

    check: ({ item: { isAzureToAzure, disks }, item, vm, estate }) =>
        disks.state !== "none"
            ? NO
            : withEvidence(isTrue(item, isAzureToAzure), () => ({
                  vm: vm && estate.names.of(vm),
                  /** The IDs of the VM's disks, in words. */
                  disks: (vm === undefined ? [] : estate.disks.attachedTo(vm)).map(({ place, disk }) =>
                      disk.state === "linked" && disk.to.pulumiName !== undefined
                          ? `the ID of "${disk.to.pulumiName}"`
                          : `${place.disk.property} of "${vm?.pulumiName ?? "VM"}"`,
                  ),
              })),

    message: ({ item: { name, provider, diskList }, found: [{ vm, disks }] }, { language }) => {
        const snippet = arrayOfDisks(language, provider);
        return {
            headline: headline(
                (item, of) =>
                    `New replicated item ${item}${vm === undefined ? "" : ` of VM ${of}`} lists no disks, so Azure refuses it.`,
                name,
                vm ?? "",
            ),
            why: "Site Recovery reads the disks to replicate from this list. Without it, the deployment fails with VMDisksMissing.",
            ...(disks.length === 0 ? {} : { facts: [`Disks to list: ${listed(disks)}`] }),
            fix: {
                kind: "in order",
                intro: "Before you apply this plan, in this order:",
                steps: [
                    {
                        do: `In "${name}", add an entry for each disk to replicate, the OS disk first.`,
                        where: diskList,
                        ...(snippet === "" ? {} : { note: snippet }),
                    },
                    {
                        do: "In each entry, also set what else replication needs.",
                        where: WORDS[provider].elementNeeds,
                    },
                ],
            },
            sources: [PAGES.DISKS_MISSING],
        };
    },
});
