import { formatArmId, parseArmId } from "../../src/model/ids/arm-id";
import { valueOf } from "../../src/model/values";
import { isTrue, NO, withEvidence } from "../../src/model/answers";
import { linkedTo } from "../../src/model/link";
import { pushTo } from "../../src/model/lists";
import type { ReplicatedItem, VirtualMachine } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import type { Step } from "../../src/advice/fix";
import { homeOf } from "../../src/advice/known-from";
import { disableStep, dropFromState, inCli, named } from "../../src/advice/re-protection";
import { disableReplicationCommand } from "../../src/advice/replication";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import { memoize } from "../memoize";
import { type DeletionInWords, deletionPolicy } from "./deletions";
import { inOrder, oneOf, says, tense } from "./tense";
import { protectFacts } from "./protect";

interface Facts {
    readonly item: string;
    /** The id of the VM that runs now, where Azure has answered it. */
    readonly failoverVm: string | undefined;
    readonly disableCommand: string | undefined;
    /** `--ids /subscriptions/…/virtualMachines/web` of the source VM */
    readonly vmInCli: string;
    /** The stack that has the item, where it is another one. */
    readonly home: string | undefined;
}

/** BCDR605: Site Recovery needs the source VM to re-protect one that has failed over (INT-42, INT-43). */
export const planDeletesFailoverSource = deletionPolicy({
    id: "BCDR605",
    name: "plan-deletes-failover-source",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes the source VM of a failover before it is re-protected.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "Keep the source VM until the failover is committed and re-protected. To give it up, disable replication first.",

    resources: (plan) => plan.before.vms,
    check: ({ resource: vm, plan }) =>
        (itemsOfVms(plan.before).get(vm) ?? []).map((item) =>
            plan.outcomeOf(item) === "stays" ? withEvidence(isTrue(item, item.failedOver), () => item) : NO,
        ),
    facts: ({ resource: vm }, [item]): Facts => {
        const running = valueOf(item.failoverVm);
        const id = running === undefined ? undefined : parseArmId(running);
        return {
            item: named(item).name,
            failoverVm: id && formatArmId(id),
            disableCommand: disableReplicationCommand(item),
            vmInCli: inCli(vm),
            home: homeOf(item),
        };
    },

    message: (parameters, circumstances): Message => {
        const { kind, name: vm, isReplaced, isProtected, failoverVm } = parameters;
        const now = tense(kind, circumstances);
        const verb = isReplaced ? "replace" : "delete";
        return {
            headline: headline(
                (name) =>
                    `${says(now, `The plan ${verb}s VM ${name}`, `VM ${name} was ${verb}d`)}, but its failover is not re-protected yet.`,
                vm,
            ),
            why: "Site Recovery re-protects the failover VM onto its source VM and disks. Without them you can't fail back, and nothing replicates the failover VM.",
            facts: [
                ...(failoverVm === undefined ? [] : [`Failover VM: ${failoverVm}`]),
                ...protectFacts(vm, isProtected, now),
            ],
            fix:
                now === "planned"
                    ? oneOf(now, [keepUntilReProtected(parameters), giveUp(parameters)])
                    : inOrder(now, startOver(parameters)),
            sources: [PLANS.SOURCE_VM.page],
        };
    },
});

function keepUntilReProtected({ name: vm, item }: DeletionInWords & Facts): Step {
    return {
        do: `Keep "${vm}" and its disks: undo the change. Commit the failover, then re-protect "${item}" (vault > Replicated items > Re-protect).`,
        note: "Re-protection itself removes what it no longer needs.",
    };
}

function giveUp({ name: vm, vmInCli, disableCommand, home }: DeletionInWords & Facts): Step {
    const where = disableCommand === undefined ? " in the vault (Replicated items)" : "";
    const refresh = home === undefined ? "refresh" : `refresh ${home}`;
    return {
        do: `To delete "${vm}" now and give up failback, start it and disable replication${where}. Wait for the job to finish, then ${refresh}:`,
        commands: [
            `az vm start ${vmInCli}`,
            ...(disableCommand === undefined ? [] : [disableCommand]),
            "pulumi refresh",
        ],
        note: `This deletes the recovery points. After a failover the source VM is normally off, and disabling can need it running. Afterwards, enable replication of the failover VM from its own region.`,
    };
}

/** Without its source, the failover VM is protected like any new VM of its region. */
function startOver({ item, disableCommand, home }: DeletionInWords & Facts): readonly Step[] {
    return [
        {
            ...disableStep(item, disableCommand),
            note: `If the job fails because the VM no longer exists, disable replication in the Azure portal: Recovery Services vault > Replicated items > "${item}".`,
        },
        dropFromState(home),
        { do: "Enable replication of the failover VM from the region where it runs now." },
        { do: "Back up the failover VM to a vault in that region." },
    ];
}

/** All that replicate a VM, those that have failed over included. */
const itemsOfVms = memoize((estate): ReadonlyMap<VirtualMachine, readonly ReplicatedItem[]> => {
    const items = new Map<VirtualMachine, ReplicatedItem[]>();
    for (const item of estate.replication.items) {
        const vm = linkedTo(estate.protectedVms.of(item));
        if (vm !== undefined) {
            pushTo(items, vm, item);
        }
    }
    return items;
});
