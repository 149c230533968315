import { linkedTo } from "../../src/model/link";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { listed } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { arrayOfDisks } from "../../src/advice/snippets";
import { diskListOf, WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { PAGES } from "../../src/facts/page";
import { stackPolicy } from "../policy";

interface Parameters {
    readonly item: string;
    readonly provider: Provider;
    readonly diskList: string;
    readonly vm: string | undefined;
    /** The ids of the VM's disks, in words. */
    readonly disks: readonly string[];
}

/** BCDR225: a new item without a list of disks, which Azure refuses (VMDisksMissing, Azure/terraform-provider-azapi#228). */
export const replicatedItemWithoutDisks = stackPolicy<Parameters>({
    id: "BCDR225",
    name: "replicated-item-without-disks",
    level: "mandatory",
    severity: "high",
    summary: "A new replicated item lists no disks.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const item of estate.replication.items) {
            const { isAzureToAzure, disks } = item;
            if (item.skipped || disks.state !== "none" || isAzureToAzure.state === "absent") {
                continue;
            }
            if (isAzureToAzure.state === "unknown") {
                yield undecided(item, isAzureToAzure.property);
            } else if (isAzureToAzure.value) {
                const link = estate.protectedVms.of(item);
                const vm = linkedTo(link);
                const attached = vm === undefined ? [] : estate.disks.attachedTo(vm);
                yield {
                    verdict: "violated",
                    subject: subjectOf(item, vm),
                    parameters: {
                        item: named(item).name,
                        provider: item.provider,
                        diskList: diskListOf(item),
                        vm: vm && estate.names.of(vm),
                        disks: attached.map(({ place, disk }) =>
                            disk.state === "linked" && disk.to.pulumiName !== undefined
                                ? `the ID of "${disk.to.pulumiName}"`
                                : `what "${vm?.pulumiName ?? "VM"}" has at ${place.disk.property}`,
                        ),
                    },
                    restsOn: [item],
                };
            }
        }
    },

    message: ({ item, provider, diskList, vm, disks }, { language }): Message => ({
        headline: headline(
            (name, of) =>
                `The new replicated item ${name}${vm === undefined ? "" : ` of VM ${of}`} lists no disks; Azure will refuse it.`,
            item,
            vm ?? "",
        ),
        why: "Site Recovery takes the disks to replicate from the item when replication is enabled; without any it answers VMDisksMissing, and the deployment fails.",
        steps: {
            occasion: "Before you apply this plan:",
            list: [
                `Give "${item}" the list ${diskList}, with an element for each disk to replicate, the OS disk first` +
                    `${disks.length > 0 ? `: ${listed(disks)}` : ""}. ${arrayOfDisks(language, provider)}`.trimEnd(),
                `Each element also takes ${WORDS[provider].elementNeeds}.`,
            ],
        },
        source: PAGES.DISKS_MISSING,
    }),
});
