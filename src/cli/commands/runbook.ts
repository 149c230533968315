import { equalsIgnoringCase } from "../../model/letter-case";
import { nearest } from "../../config/nearest";
import { packConfiguration } from "../../config/configuration-file";
import type { Answer } from "../../model/answers";
import { formatArmId, isOneResource, parseArmId } from "../../model/ids/arm-id";
import type { AttachedDisk } from "../../model/disks/attached-disks";
import { isTemplate } from "../../model/templates";
import { displayName } from "../../model/ids/display-name";
import { buildEstate } from "../../model/build";
import type { Estate } from "../../model/estate";
import { valueOf } from "../../model/values";
import type { AzureResource, Kind, VirtualMachine, ReplicatedItem } from "../../model/resources";
import type { Urn } from "../../model/planned-resource";
import { isUnreadable } from "../../model/property-bag";
import { readerOf } from "../../model/readers";
import { unreplicatedDataDisks } from "../../model/disks/unreplicated-disks";
import { parseUrn } from "../../model/ids/urn";
import { fixLines, formatLine, formatMessage } from "../../findings/text";
import { quoted } from "../../advice/names";
import { afterARestore, named, reProtectionOf } from "../../advice/re-protection";
import { readDeployment, type Deployment } from "../reading/deployment";
import { evaluateStack, type Evaluation, type LevelledFinding } from "../judging/evaluation";
import { unsettledIn } from "../reading/unsettled";
import { nameOfFile, readTexts } from "../files";
import { UsageError } from "../usage-error";
import { catalogue } from "../judging/reported-policies";
import { referenceTo } from "../../../policies/documentation";

export interface Runbook {
    readonly lines: readonly string[];
    /** False also where the state does not show it. */
    readonly isReProtected: boolean;
}

/** The policies that report VMs whose current disks are not replicated. */
const NOT_RE_PROTECTED: ReadonlySet<string> = new Set(["BCDR111", "BCDR121", "BCDR123", "BCDR131", "BCDR132"]);
/** These are on one VM of a consistency group, and mean all of them. */
const OF_A_GROUP: ReadonlySet<string> = new Set(["BCDR123"]);
const LISTED_AND_GONE = "BCDR131";
const FAILED_OVER = "BCDR416";
const LEFT_OUT = "BCDR404";

/**
 * What to do for one VM of a state after a restore, and whether it is re-protected now.
 *
 * @param written the VM's name in the program or in Azure, its URN or its ARM id
 * @throws UsageError where no VM, or more than one, is called so
 */
export async function runbook(written: string, state: string): Promise<Runbook> {
    const deployment = await readDeployment(readTexts(state), nameOfFile(state));
    const resources = [...deployment.resources, ...deployment.readOnly];
    const estate = buildEstate(resources);
    const unsettled = unsettledIn(deployment).map((sentence) => `Not checked: ${sentence}`);
    const vm = vmCalled(written, estate, unsettled);
    const evaluation = evaluateStack(resources, estate, packConfiguration({}, catalogue), { dryRun: false });
    const doubts = doubtsOf(deployment, estate, vm);
    const { isReProtected, now, items, replication } = standing(estate, vm, evaluation, doubts);
    return {
        lines: [
            `VM ${JSON.stringify(estate.names.of(vm))}`,
            `  Azure Backup: ${inWords(estate.backup.of(vm))}`,
            `  Site Recovery: ${replication ?? inWords(estate.replication.ofAny(vm))}`,
            ...estate.unread.map(
                ({ urn }) => `  Internal error of this command: ${urn} could not be read, and may contain more.`,
            ),
            "",
            ...unsettled,
            ...now,
            ...(items.length > 0 ? ["", ...sequence(estate, vm, items)] : []),
        ],
        isReProtected,
    };
}

interface Standing {
    readonly isReProtected: boolean;
    /** Whether the VM is re-protected, and where a finding says no, what to do now. */
    readonly now: readonly string[];
    /** The items to print the steps for, to be ready for a restore. */
    readonly items: readonly ReplicatedItem[];
    /** What replicates it, where that is more than the items that replicate it now. */
    readonly replication?: string;
}

/** @param doubts why the state may not show everything about this VM, a sentence each */
function standing(
    estate: Estate,
    vm: VirtualMachine,
    { findings, open }: Omit<Evaluation, "policies">,
    doubts: readonly string[],
): Standing {
    const failover = failoverOf(estate, vm);
    if (failover.item !== undefined) {
        const { urn } = failover.item;
        const reported = findings.filter((finding) => finding.policyId === FAILED_OVER && finding.urn === urn);
        return {
            isReProtected: false,
            now: ["Re-protected now: no. The VM has failed over.", ...reported.flatMap(messageLines)],
            items: [],
            replication: `${failover.item.kind} ${quoted([named(failover.item).name])}, failed over`,
        };
    }
    const allDoubts = [...failover.doubts, ...doubts];
    const replication = estate.replication.of(vm);
    switch (replication.answer) {
        case "no":
            return allDoubts.length > 0
                ? { isReProtected: false, now: cannotTell(allDoubts), items: [] }
                : {
                      isReProtected: true,
                      now: [
                          "Nothing in this state replicates the VM, so there is nothing to re-protect after a restore.",
                      ],
                      items: [],
                  };
        case "unknown":
            return {
                isReProtected: false,
                now: cannotTell(["The state does not show what replicates the VM.", ...allDoubts]),
                items: [],
            };
        case "yes":
            return replicatedStanding(estate, vm, replication.items, { findings, open }, allDoubts);
    }
}

function replicatedStanding(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
    { findings, open: questions }: Omit<Evaluation, "policies">,
    doubts: readonly string[],
): Standing {
    const own = new Set([vm.urn ?? items[0]?.urn]);
    const ofGroup = new Set([...own, ...items.flatMap((item) => urnsOfGroup(estate, item))]);
    // While the attachment of a disk is not settled, the VM may have the disk.
    const isOpen = (policyId: string): boolean => policyId === LISTED_AND_GONE && doubts.length > 0;
    const wrong = findings.filter(
        ({ policyId, urn, vm: concerned }) =>
            NOT_RE_PROTECTED.has(policyId) &&
            !isOpen(policyId) &&
            [urn, concerned].some((each) => (OF_A_GROUP.has(policyId) ? ofGroup : own).has(each)),
    );
    if (wrong.length > 0) {
        // The finding has the steps, with the disks that the VM has now.
        return { isReProtected: false, now: ["Re-protected now: no.", ...wrong.flatMap(messageLines)], items: [] };
    }
    const { leftOut, open } = disksOf(estate, vm, items);
    const left = findings.filter(({ policyId, urn }) => policyId === LEFT_OUT && own.has(urn));
    const onPurpose = left.find(({ exemption }) => exemption !== undefined)?.exemption;
    if (leftOut.length > 0 && onPurpose === undefined) {
        return {
            isReProtected: false,
            now: [
                `Re-protected now: only in part. Site Recovery does not replicate ${quoted(leftOut)}.`,
                ...left.flatMap(messageLines),
                ...(left.length > 0 ? [] : [AUTO_PROTECTED]),
            ],
            items,
        };
    }
    const asked = questions.filter(
        ({ policyId, urn }) => NOT_RE_PROTECTED.has(policyId) && [vm, ...items].some((each) => each.urn === urn),
    );
    const unknown = [
        ...open,
        ...asked.map(({ resource, property }) => `The state does not show ${property} of ${quoted([resource])}.`),
        ...doubts,
    ];
    if (unknown.length > 0) {
        return { isReProtected: false, now: cannotTell(unknown), items };
    }
    const but = leftOut.length > 0 ? ` except ${quoted(leftOut)}, which an exemption leaves out on purpose` : "";
    return {
        isReProtected: true,
        now: [`Re-protected now: yes. Site Recovery replicates every disk that the VM has in this state${but}.`],
        items,
    };
}

const AUTO_PROTECTED =
    "Site Recovery protects an added disk by itself (autoProtectionOfDataDisk), but not a restored one. Run pulumi refresh, and run this command again. The Azure portal shows it, too: Recovery Services vault > Replicated items > the VM > Disks.";

function cannotTell(doubts: readonly string[]): readonly string[] {
    return [
        "Re-protected now: unknown.",
        ...[...new Set(doubts)].map((doubt) => `  ${doubt}`),
        "Run pulumi refresh, and run this command again.",
    ];
}

/** The names of its disks that are not replicated, and what the state does not show about the others. */
function disksOf(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
): { readonly leftOut: readonly string[]; readonly open: readonly string[] } {
    const replicated = estate.replication.replicatedVm(vm, items);
    const { leftOut, open } = unreplicatedDataDisks(replicated);
    const nameOf = (attached: AttachedDisk): string => estate.names.ofDisk(vm, attached);
    const isSettled = replicated.hasLists && replicated.openLists.length === 0;
    const os = replicated.attached.find(({ role }) => role === "os");
    return {
        leftOut: leftOut.map(nameOf),
        open: [
            ...(isSettled ? [] : ["The state does not show which disks are replicated."]),
            ...(os !== undefined && replicated.isListed(os) === "no"
                ? ["The state does not show whether the OS disk is replicated."]
                : []),
            ...open.map(
                ({ attached }) => `The state does not show whether ${quoted([nameOf(attached)])} is replicated.`,
            ),
        ],
    };
}

/** The item by which the VM failed over, or to which it did. */
function failoverOf(
    estate: Estate,
    vm: VirtualMachine,
): { readonly item: ReplicatedItem | undefined; readonly doubts: readonly string[] } {
    const doubts: string[] = [];
    for (const item of estate.replication.items) {
        const { failedOver } = item;
        const link = estate.protectedVms.of(item);
        const isMeant = (link.state === "linked" && link.to === vm) || runsNow(item, vm);
        const mayBeMeant = link.state === "undecided" && (link.candidates.length === 0 || link.candidates.includes(vm));
        if (isMeant && valueOf(failedOver) === true) {
            return { item, doubts };
        }
        if ((isMeant && failedOver.state === "unknown") || (mayBeMeant && valueOf(failedOver) === true)) {
            doubts.push(`The state does not show whether the VM has failed over with ${quoted([named(item).name])}.`);
        }
    }
    return { item: undefined, doubts };
}

/** Whether a failover has made this very VM. */
function runsNow({ failoverVm }: ReplicatedItem, { id }: VirtualMachine): boolean {
    const [made, own] = [valueOf(failoverVm), valueOf(id)];
    const madeId = made === undefined ? undefined : parseArmId(made);
    return madeId !== undefined && own !== undefined && isOneResource(madeId, own) === "yes";
}

function urnsOfGroup(estate: Estate, item: ReplicatedItem): readonly (Urn | undefined)[] {
    return (estate.consistencyGroups.of(item) ?? []).map((member) => {
        const link = estate.protectedVms.of(member);
        return (link.state === "linked" ? link.to.urn : undefined) ?? member.urn;
    });
}

/** Kinds that decide which disks a VM has and what replicates it, and whose resources may belong to any VM when unreadable. */
const OF_VMS: ReadonlySet<Kind | undefined> = new Set([
    "disk attachment",
    "replicated item",
    "replication intent",
    "protection cluster",
]);

/** Why this state may not show everything about the VM: it is incomplete, or this version cannot read all of it. */
function doubtsOf(deployment: Deployment, estate: Estate, vm: VirtualMachine): readonly string[] {
    const own = new Set([
        vm.urn,
        ...estate.disks.attachedTo(vm).map(({ disk }) => (disk.state === "linked" ? disk.to.urn : undefined)),
    ]);
    const unsettled = [
        ...deployment.interrupted.map(({ urn }) => urn),
        ...deployment.replacedByNothing,
        ...deployment.leftOut,
        ...[...deployment.resources, ...deployment.readOnly]
            .filter(({ inputs, outputs }) => isUnreadable(inputs) || isUnreadable(outputs))
            .map(({ urn }) => urn),
        ...estate.unread.map(({ urn }) => urn),
    ].filter((urn) => {
        const { type } = parseUrn(urn);
        return own.has(urn) || OF_VMS.has(readerOf(type)?.kind) || isTemplate(type);
    });
    const assigned = estate.assignedProtection.of(vm, "replication").answer;
    return [
        ...unsettled.map((urn) => `${urn} is not settled, or could not be read, and may belong to the VM.`),
        ...estate.unknownTypes.map(({ urn }) => `This version does not know the type of ${urn}.`),
        ...(estate.gaps.mayProtect(vm).answer === "no"
            ? []
            : ["A template contains something about the VM that the state does not show."]),
        ...(assigned === "no" ? [] : ["An assignment of Azure Policy may enable replication."]),
        ...(mayReplicateByIntent(estate, vm) ? [BY_INTENT] : []),
    ];
}

/** What no item of this state replicates, an intent may. */
function mayReplicateByIntent({ replication }: Estate, vm: VirtualMachine): boolean {
    return replication.of(vm).answer === "no" && replication.ofAny(vm).answer !== "no";
}

const BY_INTENT =
    "A replication intent enables replication, and the state does not have the replicated item. Check it in the Azure portal: Recovery Services vault > Replicated items > the VM > Disks.";

function messageLines({ policyId, policy, message }: LevelledFinding): readonly string[] {
    return formatMessage(referenceTo({ id: policyId, name: policy }), message).split("\n");
}

function sequence(estate: Estate, vm: VirtualMachine, items: readonly ReplicatedItem[]): readonly string[] {
    return items.flatMap((item) => {
        const disks = estate.disks.attachedTo(vm).map((attached) => ({
            attached,
            disk: attached.disk.state === "linked" ? attached.disk.to : undefined,
        }));
        const { fix, notes } = afterARestore(reProtectionOf(estate, vm, item, disks));
        return [...fixLines(fix).map(formatLine), ...notes];
    });
}

/** @param unsettled why it may be missing in the state */
function vmCalled(written: string, { vms }: Estate, unsettled: readonly string[]): VirtualMachine {
    const called = vms.filter((vm) => namesOf(vm).some((name) => equalsIgnoringCase(name, written)));
    const [only, ...others] = called;
    if (only === undefined) {
        const meant = nearest(
            written,
            vms.map((vm) => displayName(vm)),
        );
        const hint = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
        const sentence = `The state has no VM ${JSON.stringify(written)} (VMs in it: ${vms.length}).${hint}`;
        throw new UsageError([sentence, ...unsettled].join("\n"));
    }
    if (others.length > 0) {
        const ids = called.map((vm) => vm.urn ?? displayName(vm));
        throw new UsageError(
            `Several VMs are called ${JSON.stringify(written)}. Name one by its URN: ${ids.join(", ")}.`,
        );
    }
    return only;
}

function namesOf({ urn, pulumiName, azureName, id }: VirtualMachine): readonly string[] {
    const armId = valueOf(id);
    return [urn, pulumiName, valueOf(azureName), armId && formatArmId(armId)].filter((name) => name !== undefined);
}

function inWords(answer: Answer<AzureResource>): string {
    switch (answer.answer) {
        case "yes":
            return answer.items
                .map((item) => `${item.kind} ${JSON.stringify(item.pulumiName ?? displayName(item))}`)
                .join(", ");
        case "no":
            return "none in this state";
        case "unknown":
            return "the state does not show it";
    }
}
