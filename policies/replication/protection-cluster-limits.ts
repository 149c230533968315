import { includesIgnoringCase } from "../../src/model/letter-case";
import {
    all,
    any,
    type Answer,
    compare,
    type Evidence,
    NO,
    unknownAnswer,
    withEvidence,
} from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { linkedTo } from "../../src/model/link";
import type { ReplicationKind } from "../../src/model/places/regions";
import type { ClusterMembers } from "../../src/model/protection/replication";
import { valueOf } from "../../src/model/values";
import type {
    AzureResource,
    Disk,
    ReplicatedDisk,
    ReplicatedItem,
    ReplicationCluster,
    ReplicationPolicy,
    VirtualMachine,
} from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { linesOf, namesOf } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { inOrder, type Step } from "../../src/advice/fix";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { type RestsOn, verdictsFrom } from "../verdicts";
import { isLimited } from "./replicated-item";

const { limit, page } = SITE_RECOVERY.CLUSTER;

/** A limit that a cluster breaks, with the names that the sentence about it needs. */
type Broken =
    | { readonly what: "nodes"; readonly count: number }
    | { readonly what: "Linux"; readonly node: string }
    | { readonly what: "points"; readonly policy: string; readonly property: string }
    | { readonly what: "plan"; readonly plan: string; readonly node: string; readonly property: string }
    | { readonly what: "disks"; readonly node: string; readonly other: string }
    | { readonly what: "redundancy"; readonly disk: string };

interface Parameters {
    readonly cluster: string;
    readonly isNew: boolean;
    readonly found: Evidence<Broken>;
}

/** A node of a cluster: an item that is surely in it, and its VM where that is known. */
interface Node {
    readonly item: ReplicatedItem;
    readonly vm: VirtualMachine | undefined;
    readonly name: string;
}

/** BCDR229: a protection cluster is beyond what Site Recovery supports for shared disks (A2A-07). */
export const protectionClusterLimits = stackPolicy<Parameters>({
    kinds: ["protection cluster"],
    id: "BCDR229",
    name: "protection-cluster-limits",
    level: "mandatory",
    severity: "high",
    summary: "A protection cluster breaks a limit of Site Recovery for shared disks.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Protect at most 4 Windows nodes with the same shared disks, without app-consistent recovery points and recovery plans.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const cluster of estate.all("protection cluster")) {
            if (cluster.skipped) {
                continue;
            }
            const members = estate.replication.membersOf(cluster);
            const nodes = members.certain.filter(isLimited).map((item) => nodeOf(estate, item));
            const answers: readonly Answer<Broken & RestsOn>[] = [
                tooMany(cluster, members),
                ...nodes.map(onLinux),
                ...appConsistent(estate, cluster, nodes),
                ...nodes.map((node) => inPlan(estate, node)),
                withOtherDisks(estate, nodes),
                ...redundancies(estate, cluster, nodes),
            ];
            yield* verdictsFrom(answers, (found) => ({
                subject: subjectOf(cluster),
                parameters: { cluster: displayName(cluster), isNew: cluster.lifetime === "new", found },
                restsOn: [...new Set([cluster, ...found.flatMap(({ restsOn = [] }) => restsOn)])],
            }));
        }
    },

    message: ({ cluster, isNew, found }, { dryRun }) => ({
        headline: headlineOf(cluster, found),
        why: "Site Recovery protects shared disks only within these limits. Beyond them, replication or the failover of the cluster can fail.",
        ...(found.length === 1 ? {} : { facts: linesOf(namesOf(found, (each) => sentence(cluster, each))) }),
        fix: inOrder([...stepsFor(found), ...(isNew ? [] : protectAgain(cluster, found))], dryRun),
        sources: [page],
    }),
});

function headlineOf(cluster: string, found: Evidence<Broken>): string {
    const [first, ...others] = found;
    const [one = "", other = ""] = namesIn(first);
    return others.length === 0
        ? headline((ofCluster, ofOne, ofOther) => inWords(first, ofCluster, ofOne, ofOther), cluster, one, other)
        : headline((name) => `Protection cluster ${name} breaks ${found.length} limits of Site Recovery.`, cluster);
}

function sentence(cluster: string, broken: Broken): string {
    const [one = "", other = ""] = namesIn(broken);
    return inWords(broken, `"${cluster}"`, `"${one}"`, `"${other}"`);
}

function namesIn(broken: Broken): readonly string[] {
    switch (broken.what) {
        case "nodes":
            return [];
        case "Linux":
            return [broken.node];
        case "points":
            return [broken.policy];
        case "plan":
            return [broken.plan, broken.node];
        case "disks":
            return [broken.node, broken.other];
        case "redundancy":
            return [broken.disk];
    }
}

function inWords(broken: Broken, cluster: string, one: string, other: string): string {
    switch (broken.what) {
        case "nodes":
            return `Protection cluster ${cluster} has ${broken.count} nodes, but Site Recovery supports ${limit.most}.`;
        case "Linux":
            return `Node ${one} of protection cluster ${cluster} runs Linux, which Site Recovery does not support in a cluster.`;
        case "points":
            return `Protection cluster ${cluster} follows policy ${one} with app-consistent recovery points, which clusters do not have.`;
        case "plan":
            return `Recovery plan ${one} has node ${other} of protection cluster ${cluster}, but plans do not support clusters.`;
        case "disks":
            return `Nodes ${one} and ${other} of protection cluster ${cluster} have different shared disks.`;
        case "redundancy":
            return `Shared disk ${one} of protection cluster ${cluster} is replicated to a disk of another redundancy.`;
    }
}

/** A step for each kind of limit, whatever number of nodes breaks it. */
function stepsFor(found: Evidence<Broken>): readonly Step[] {
    const steps = new Map(found.map((broken) => [keyOf(broken), stepFor(broken)]));
    return [...steps.values()].slice(0, MOST_STEPS);
}

const MOST_STEPS = 20;

function keyOf(broken: Broken): string {
    return [broken.what, ...(broken.what === "disks" ? [] : namesIn(broken))].join("/");
}

function stepFor(broken: Broken): Step {
    switch (broken.what) {
        case "nodes":
            return {
                do: `Protect at most ${limit.most} nodes: remove the replicated items of the others from the program.`,
            };
        case "Linux":
            return {
                do: `Take "${broken.node}" out of the protection cluster, and replicate it without the shared disks.`,
                note: "Protect the data on the shared disks in another way.",
            };
        case "points":
            return {
                do: `Set the interval of app-consistent recovery points of "${broken.policy}" to 0, or give the cluster a separate policy without them.`,
                where: broken.property,
            };
        case "plan":
            return {
                do: `Remove "${broken.node}" from recovery plan "${broken.plan}". Fail the cluster over as a whole, in the vault: Replicated items.`,
                where: broken.property,
            };
        case "disks":
            return { do: "Attach the same shared disks to every node." };
        case "redundancy":
            return {
                do: `Choose a target and replica type with a redundancy that Site Recovery supports for "${broken.disk}".`,
                note: "Between regions, zone-redundant disks stay zone-redundant. Between zones, shared disks stay locally redundant, and so do Premium SSD v2 and Ultra disks.",
            };
    }
}

/** No command of the Azure CLI does it. */
function protectAgain(cluster: string, found: Evidence<Broken>): readonly Step[] {
    return found.every(({ what }) => what === "plan" || what === "points")
        ? []
        : [
              {
                  do: "Back up the VMs, or check that recent backups exist.",
                  note: "Disabling replication deletes Site Recovery's recovery points for good.",
              },
              {
                  do: `Disable replication of the whole cluster (in the vault: Replicated items > ${cluster} > Disable replication), and wait for the job to finish.`,
              },
              {
                  do: "Enable replication again. The VMs must be running:",
                  commands: ["pulumi refresh", "pulumi up"],
              },
          ];
}

function nodeOf(estate: Estate, item: ReplicatedItem): Node {
    const vm = linkedTo(estate.protectedVms.of(item));
    return { item, vm, name: vm === undefined ? displayName(item) : estate.names.of(vm) };
}

function restingOn({ item, vm }: Node): readonly AzureResource[] {
    return vm === undefined ? [item] : [item, vm];
}

function tooMany(cluster: ReplicationCluster, { certain, open }: ClusterMembers): Answer<Broken & RestsOn> {
    const { itemCount, nodeCount } = cluster;
    const count = Math.max(certain.length, valueOf(itemCount) ?? 0, valueOf(nodeCount) ?? 0);
    if (count > limit.most) {
        return { answer: "yes", items: [{ what: "nodes", count, restsOn: certain }] };
    }
    if (itemCount.state === "unknown") {
        return unknownAnswer(cluster, itemCount.property);
    }
    return certain.length + open.length > limit.most ? { answer: "unknown", openQuestions: open.slice(0, 1) } : NO;
}

function onLinux(node: Node): Answer<Broken & RestsOn> {
    const { vm } = node;
    return vm === undefined
        ? NO
        : withEvidence(
              compare(vm, vm.osType, (type) => type.toLowerCase() === "linux"),
              () => ({ what: "Linux", node: node.name, restsOn: restingOn(node) }),
          );
}

function appConsistent(
    estate: Estate,
    cluster: ReplicationCluster,
    nodes: readonly Node[],
): readonly Answer<Broken & RestsOn>[] {
    const references = [cluster, ...nodes.map(({ item }) => item)].map((of) => ({ of, reference: of.policy }));
    const policies = new Map<ReplicationPolicy, AzureResource>();
    const open: Answer[] = [];
    for (const { of, reference } of references) {
        const link = estate.replication.policyOf(reference);
        if (link.state === "linked" && !policies.has(link.to)) {
            policies.set(link.to, of);
        } else if (link.state === "undecided" && link.candidates.some((each) => hasPoints(each).answer !== "no")) {
            open.push(unknownAnswer(of, link.property));
        }
    }
    return [
        ...[...policies].map(([policy, of]) =>
            withEvidence(hasPoints(policy), () => ({
                what: "points" as const,
                policy: displayName(policy),
                property: `${writtenAt(policy, policy.appConsistentMinutes.property)} of "${named(policy).name}"`,
                restsOn: [policy, of],
            })),
        ),
        ...open,
    ];
}

function hasPoints(policy: ReplicationPolicy): Answer {
    return all([
        compare(policy, policy.isAzureToAzure, (is) => is),
        compare(policy, policy.appConsistentMinutes.value, (minutes) => minutes > 0),
    ]);
}

function inPlan(estate: Estate, node: Node): Answer<Broken & RestsOn> {
    const plans = estate.recoveryPlans.holding(node.item);
    return plans.length === 0
        ? NO
        : {
              answer: "yes",
              items: plans.map((plan) => ({
                  what: "plan",
                  plan: displayName(plan),
                  node: node.name,
                  property: writtenAt(plan, WORDS[plan.provider].bootGroups),
                  restsOn: [plan, ...restingOn(node)],
              })),
          };
}

/** Compared with the first node whose disks are known. */
function withOtherDisks(estate: Estate, nodes: readonly Node[]): Answer<Broken & RestsOn> {
    const shared = nodes.flatMap((node) =>
        node.vm?.placesAreAll === true && node.vm.urn !== undefined
            ? [{ node, ...sharedDisksOf(estate, node.vm) }]
            : [],
    );
    const told = shared.flatMap(({ node, disks }) => (disks === undefined ? [] : [{ node, disks }]));
    const [first, ...others] = told;
    const other = others.find(({ disks }) => !isSame(disks, first?.disks ?? disks));
    if (first !== undefined && other !== undefined) {
        return {
            answer: "yes",
            items: [
                {
                    what: "disks",
                    node: first.node.name,
                    other: other.node.name,
                    restsOn: [first, other].flatMap(({ node, disks }) => [...restingOn(node), ...disks]),
                },
            ],
        };
    }
    return shared.length > 1 ? any(shared.map(({ open }) => open)) : NO;
}

/** The shared disks of a VM; undefined where one is in another stack, or not known. */
function sharedDisksOf(
    estate: Estate,
    vm: VirtualMachine,
): { readonly disks: ReadonlySet<Disk> | undefined; readonly open: Answer } {
    const disks = new Set<Disk>();
    const open: Answer[] = [];
    let isTold = true;
    for (const { attached, isShared, definedBy } of estate.disks.of(vm)) {
        const { disk, place } = attached;
        if (disk.state === "linked") {
            const answer = compare(definedBy, isShared, (is) => is);
            open.push(answer.answer === "unknown" ? answer : NO);
            if (answer.answer === "yes") {
                disks.add(disk.to);
            }
        } else if (place.origin === "explicit") {
            isTold = false;
            open.push(disk.state === "undecided" ? unknownAnswer(vm, disk.property) : NO);
        }
    }
    const isOpen = any(open);
    return { disks: isTold && isOpen.answer === "no" ? disks : undefined, open: isOpen };
}

function isSame(one: ReadonlySet<Disk>, other: ReadonlySet<Disk>): boolean {
    return one.size === other.size && [...one].every((disk) => other.has(disk));
}

function redundancies(
    estate: Estate,
    cluster: ReplicationCluster,
    [first]: readonly Node[],
): readonly Answer<Broken & RestsOn>[] {
    const list = estate.replication.sharedDisksOf(cluster);
    return (list?.named ?? []).flatMap((listed) => {
        const { disk } = listed;
        const [element, ...others] = list?.elementsOf(listed) ?? [];
        return disk.state !== "linked" || element === undefined || others.length > 0
            ? []
            : [
                  withEvidence(isOfOtherRedundancy(estate, cluster, disk.to, element, first?.item), () => ({
                      what: "redundancy" as const,
                      disk: displayName(disk.to),
                      restsOn: [
                          disk.to,
                          ...(first === undefined ? [] : [first.item, ...estate.replication.fabricsOf(first.item)]),
                      ],
                  })),
              ];
    });
}

/** BCDR212 speaks of zone-redundant disks between zones. */
function isOfOtherRedundancy(
    estate: Estate,
    cluster: ReplicationCluster,
    disk: Disk,
    { targetType, replicaType }: ReplicatedDisk,
    item: ReplicatedItem | undefined,
): Answer {
    const from = (fits: (sku: string) => boolean): Answer => compare(disk, disk.sku, fits);
    const to = (fits: (sku: string) => boolean): Answer =>
        any([targetType, replicaType].map((type) => compare(cluster, type, fits)));
    const within = (kind: ReplicationKind): Answer =>
        item === undefined ? NO : compare(item, estate.replication.kindOf(item), (own) => own === kind);
    return any([
        all([from(isLocalOnly), to(isZoneRedundant)]),
        all([from(isZoneRedundant), to((sku) => !isZoneRedundant(sku)), within("between regions")]),
        all([from((sku) => !isZoneRedundant(sku)), to(isZoneRedundant), within("between zones")]),
    ]);
}

function isZoneRedundant(sku: string): boolean {
    return sku.toLowerCase().endsWith("_zrs");
}

function isLocalOnly(sku: string): boolean {
    return includesIgnoringCase(limit.localOnly, sku);
}
