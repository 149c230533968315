import {
    type Answer,
    compare,
    given,
    isTrue,
    NO,
    not,
    unknownAnswer,
    withEvidence,
    YES,
} from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import type { AzureResource } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { ways } from "../../src/advice/fix";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { isLimited, type ItemOfEstate, replicatedItemPolicy } from "./replicated-item";

interface WithoutNetwork {
    /** The region of the other side. */
    readonly region: string | undefined;
    readonly property: string;
    readonly restsOn: readonly AzureResource[];
}

/** BCDR237: nothing says into which network a failover puts a VM (A2A-65). */
export const replicaWithoutTargetNetwork = replicatedItemPolicy({
    id: "BCDR237",
    name: "replica-without-target-network",
    level: "advisory",
    severity: "medium",
    summary: "A replicated item has no target network.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "readiness"],
    remediationSteps:
        "Name the target network in the replicated item, or map the network of the VM before you enable replication.",

    check: (of) => {
        const { item, estate } = of;
        const isBetweenRegions = compare(item, estate.replication.kindOf(item), (kind) => kind === "between regions");
        return isLimited(item) && isInVaultOfStack(of)
            ? given(isBetweenRegions, given(not(isTrue(item, item.hasTargetNetwork)), isUnmapped(of)))
            : NO;
    },

    message: ({ item, vm, found: [{ region = "the target region", property }] }, { dryRun }) => ({
        headline: headline(
            (name, of) =>
                `Replicated item ${name} of VM ${of} names no target network, and no network mapping gives it one.`,
            item.name,
            vm,
        ),
        why:
            item.provider === "azure-classic"
                ? "The provider sets the network after the first replication. Without one, pulumi up then fails."
                : `A failover needs a network in ${region} for the network interfaces of the VM. Without one, nobody can reach the VM.`,
        fix: ways(
            [
                item.isNew || item.provider === "azure-classic"
                    ? { do: `In "${item.name}", name the virtual network in ${region}.`, where: property }
                    : {
                          do: `Set the network in the portal (in the vault: Replicated items > ${item.name} > Network). Then write it into the program:`,
                          commands: ["pulumi refresh"],
                          where: property,
                      },
                {
                    do: `Map the network of the VM to one in ${region}, before replication is enabled.`,
                    where: WORDS[item.provider].networkMapping,
                    note: "A mapping counts only for VMs that are replicated afterwards.",
                },
            ],
            dryRun,
        ),
        notes: [
            "Site Recovery takes the subnet with the same name as the source's, or else the first one in alphabetical order.",
        ],
        sources: [SITE_RECOVERY.TARGET_NETWORK.page],
    }),
});

/** Mappings of a vault that is elsewhere may be elsewhere, too. */
function isInVaultOfStack({ item, estate }: ItemOfEstate): boolean {
    const vault = estate.vaults.of(item);
    return vault.state === "linked" && vault.to.urn !== undefined;
}

/** Which network a VM is in is not known, so any mapping of its side may be the one. */
function isUnmapped({ item, vm, estate }: ItemOfEstate): Answer<WithoutNetwork> {
    for (const mapping of estate.all("network mapping")) {
        const isOfSide = estate.regions.isOneFabric(mapping.sourceFabric, item.sourceFabric);
        if (isOfSide === "yes") {
            return NO;
        }
        if (isOfSide === "unknown") {
            return unknownAnswer(mapping, mapping.sourceFabric.property);
        }
    }
    return withEvidence(YES, () => ({
        region: valueOf(estate.replication.targetRegionOf(item)),
        property: writtenAt(item, WORDS[item.provider].item.targetNetwork),
        restsOn: [...(vm === undefined ? [] : [vm]), ...estate.replication.fabricsOf(item)],
    }));
}
