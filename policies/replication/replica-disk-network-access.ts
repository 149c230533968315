import {
    all,
    any,
    type Answer,
    compare,
    given,
    isTrue,
    NO,
    not,
    unknownAnswer,
    withEvidence,
} from "../../src/model/answers";
import { isSet } from "../../src/model/planned-resource";
import type { AzureResource, ReplicatedDisk, ReplicatedItem } from "../../src/model/resources";
import { valueOf, withDefault } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { inOrder, type Step, ways } from "../../src/advice/fix";
import { linesOf, namesOf } from "../../src/advice/names";
import { enableAgain, type ItemToChange } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { diskInWords, replicatedVmPolicy } from "./replicated-vm";

const { limit, page } = SITE_RECOVERY.REPLICA_ACCESS;

/** A private disk whose replica would be public, or cannot be made. */
interface OpenReplica {
    readonly disk: string;
    readonly lacks: "setting" | "privacy" | "disk access";
    readonly region: string | undefined;
    readonly restsOn: readonly AzureResource[];
}

/** BCDR236: a disk is private, and what replication makes of it is not (A2A-70). */
export const replicaDiskNetworkAccess = replicatedVmPolicy<OpenReplica>({
    id: "BCDR236",
    name: "replica-disk-network-access",
    level: "advisory",
    severity: "medium",
    summary: "A replicated disk is private, but its replica can come out public.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "readiness"],
    remediationSteps:
        "Set the network access of each disk on the other side when you enable replication, with a disk access in the target region.",

    check: ({ vm, estate, items }) => {
        const disks = estate.disks.of(vm).filter((disk) => isTrue(disk.definedBy, disk.isPrivate).answer !== "no");
        const [item] = items ?? [];
        if (disks.length === 0) {
            return NO;
        }
        if (items === undefined || item === undefined) {
            return disks.map(({ definedBy, isPrivate }) => isTrue(definedBy, isPrivate));
        }
        const replicated = estate.replication.replicatedVm(vm, items);
        const region = valueOf(estate.replication.targetRegionOf(item));
        return disks.map(({ attached, definedBy, isPrivate }) => {
            const isListed = replicated.hasLists ? replicated.isListed(attached) : "no";
            const [first, ...others] = replicated.elementsOf(attached).map((element) =>
                isOpen(item, element, (lacks) => ({
                    disk: diskInWords(attached, vm),
                    lacks,
                    region,
                    restsOn: [definedBy],
                })),
            );
            const isSettled = isListed === "yes" && first && others.every(({ answer }) => answer === first.answer);
            const { resource, property } = replicated.listQuestion;
            return isListed === "no"
                ? NO
                : given(isTrue(definedBy, isPrivate), isSettled ? first : unknownAnswer(resource, property));
        });
    },

    message: ({ vm, item, found }, { dryRun }) => {
        const [{ region = "the target region" }] = found;
        return {
            headline: headline(
                (name, of) =>
                    `VM ${of} has private disks, but replicated item ${name} does not keep their replicas private.`,
                item.name,
                vm,
            ),
            why: "Without a setting, anybody with access to a replica, or to the disk that a failover creates from it, can export it over any network.",
            facts: linesOf(namesOf(found, ({ disk, lacks }) => `${capital(disk)}: ${IN_WORDS[lacks]}`)),
            fix:
                item.provider === "azure-classic"
                    ? ways([byPowerShell(item, vm, region), afterFailover()], dryRun)
                    : inOrder([diskAccess(region), inProgram(item), ...enableAgain([item])], dryRun),
            notes: [
                ...(item.provider === "azure-classic"
                    ? []
                    : [
                          `The properties need ${limit.api} of Site Recovery's API or later, and azure-native 3.28.0 does not send them. Until the provider has them, enable replication with Azure PowerShell (${limit.powerShell} or later).`,
                      ]),
                "No page of Microsoft's says what the replica of a private disk gets without a setting.",
            ],
            sources: [page],
        };
    },
});

const IN_WORDS: Readonly<Record<OpenReplica["lacks"], string>> = {
    setting: "no network access set for its replica",
    privacy: "its replica takes traffic from all networks",
    "disk access": "its replica names no disk access",
};

function isOpen(
    item: ReplicatedItem,
    { access: { policy, takesPublicTraffic, diskAccess: through } }: ReplicatedDisk,
    evidence: (lacks: OpenReplica["lacks"]) => OpenReplica,
): Answer<OpenReplica> {
    const asks = (word: string): Answer =>
        compare(item, withDefault(policy, ALL), (text) => text.toLowerCase() === word.toLowerCase());
    const isPublic = all([asks(ALL), isTrue(item, withDefault(takesPublicTraffic, true))]);
    const isWithoutAccess = all([asks(PRIVATE), not(isTrue(item, isSet(through)))]);
    return any([
        withEvidence(isPublic, () => evidence(policy.state === "absent" ? "setting" : "privacy")),
        withEvidence(isWithoutAccess, () => evidence("disk access")),
    ]);
}

const ALL = "AllowAll";
const PRIVATE = "AllowPrivate";

function capital(text: string): string {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function diskAccess(region: string): Step {
    return {
        do: `Create a disk access in ${region}, with a private endpoint in the network from which you export disks.`,
        note: "If nobody has to export the disks, set DenyAll in the next step, and leave the disk access out.",
    };
}

function inProgram({ name, diskList }: ItemToChange): Step {
    return {
        do: `In "${name}", set ${PRIVATE}, the ID of the disk access, and Disabled for each private disk.`,
        where: limit.properties.map((property) => `${diskList}[].${property}`).join(", "),
    };
}

function byPowerShell({ name }: ItemToChange, vm: string, region: string): Step {
    return {
        do: `Enable replication of "${vm}" with Azure PowerShell (${limit.powerShell} or later) instead of with "${name}". Give ${limit.command} the parameters ${limit.parameters.join(", ")}.`,
        note: `The classic provider has no property for it. The disk access must be in ${region}.`,
    };
}

function afterFailover(): Step {
    return {
        do: "Accept it, exempt the VM, and restrict its disks after a failover:",
        commands: ["az disk update --ids '<disk ID>' --network-access-policy DenyAll --public-network-access Disabled"],
    };
}
