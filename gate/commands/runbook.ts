import { nearest } from "../../configuration/nearest";
import { packConfiguration } from "../../configuration/configuration-file";
import type { Answer } from "../../estate/answer";
import { formatArmId } from "../../estate/arm-id";
import { displayName } from "../../estate/display-name";
import { buildEstate } from "../../estate/build";
import type { Estate } from "../../estate/estate";
import { valueOf } from "../../estate/known";
import type { AzureResource, Machine, ReplicatedItem } from "../../estate/model";
import { formatMessage, formatSteps } from "../../findings/message";
import { afterARestore, reProtectionOf } from "../../guidance/re-protection";
import { readDeployment } from "../reading/deployment";
import { evaluateStack, type LevelledFinding } from "../judging/evaluation";
import { unsettledIn } from "../reading/unsettled";
import { nameOfFile, readTexts } from "../files";
import { WrongUse } from "../wrong-use";
import { catalogue } from "../judging/reported-rules";

export interface Runbook {
    readonly lines: readonly string[];
    /** False also where the state does not tell. */
    readonly isReProtected: boolean;
}

/** The rules that say of a machine that its replication does not know it as it runs. */
const NOT_RE_PROTECTED = new Set(["BCDR111", "BCDR121", "BCDR123", "BCDR131", "BCDR132"]);

/**
 * What to do for one machine of a state after a restore, and whether it is re-protected now.
 *
 * @param written the machine's name in the program or in Azure, its URN or its ARM id
 * @throws WrongUse where no machine, or more than one, is called so
 */
export async function runbook(written: string, state: string): Promise<Runbook> {
    const deployment = await readDeployment(readTexts(state), nameOfFile(state));
    const resources = [...deployment.resources, ...deployment.readOnly];
    const estate = buildEstate(resources);
    const unsettled = unsettledIn(deployment).map((sentence) => `Not looked at: ${sentence}`);
    const machine = machineCalled(written, estate, unsettled);
    const about = [
        `Machine ${JSON.stringify(estate.nameOf(machine))}`,
        `  Azure Backup: ${inWords(estate.backup(machine))}`,
        `  Site Recovery: ${inWords(estate.replication(machine))}`,
        ...estate.unread.map(
            ({ urn }) => `  Internal error of this command: ${urn} could not be read, and may say more.`,
        ),
    ];
    const isWhole = estate.unread.length === 0;
    const replication = estate.replication(machine);
    if (replication.answer !== "yes") {
        const isNone = replication.answer === "no";
        const now = isNone
            ? "Nothing in this state replicates the machine, so a restore leaves nothing to re-protect."
            : "Whether it is re-protected cannot be told: the state does not say what replicates it. Run pulumi refresh, then look again.";
        return { lines: [...about, "", ...unsettled, now], isReProtected: isNone && isWhole };
    }
    const { findings, open } = evaluateStack(resources, estate, packConfiguration({}, catalogue), { dryRun: false });
    const wrong = findings.filter(
        ({ rule, urn, machine: concerned }) =>
            NOT_RE_PROTECTED.has(rule) && [urn, concerned].includes(machine.urn ?? replication.items[0]?.urn),
    );
    const undecided = open.filter(
        ({ rule, urn }) =>
            NOT_RE_PROTECTED.has(rule) && [machine, ...replication.items].some((each) => each.urn === urn),
    );
    return {
        lines: [
            ...about,
            "",
            ...unsettled,
            ...standing(wrong, undecided.length > 0),
            // A finding says by itself what to do, with the disks that are there.
            ...(wrong.length > 0 ? [] : ["", ...sequence(estate, machine, replication.items)]),
        ],
        isReProtected: wrong.length === 0 && undecided.length === 0 && isWhole,
    };
}

function standing(wrong: readonly LevelledFinding[], isOpen: boolean): readonly string[] {
    if (wrong.length > 0) {
        return [
            "Re-protected now: no.",
            ...wrong.flatMap(({ rule, message }) => formatMessage(rule, message).split("\n")),
        ];
    }
    return isOpen
        ? [
              "Re-protected now: cannot be told; the state does not say which disks replication knows. Run pulumi refresh, then look again.",
          ]
        : ["Re-protected now: yes. Replication knows every disk that the machine has."];
}

function sequence(estate: Estate, machine: Machine, items: readonly ReplicatedItem[]): readonly string[] {
    return items.flatMap((item) => {
        const disks = estate.attachedDisks(machine).map((attached) => ({
            attached,
            disk: attached.disk.state === "linked" ? attached.disk.to : undefined,
        }));
        return formatSteps(afterARestore(reProtectionOf(estate, machine, item, disks)));
    });
}

/** @param unsettled why it may be missing from the state */
function machineCalled(written: string, { machines }: Estate, unsettled: readonly string[]): Machine {
    const called = machines.filter((machine) =>
        namesOf(machine).some((name) => name.toLowerCase() === written.toLowerCase()),
    );
    const [only, ...others] = called;
    if (only === undefined) {
        const meant = nearest(
            written,
            machines.map((machine) => displayName(machine)),
        );
        const hint = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
        const sentence = `The state has no machine ${JSON.stringify(written)}, among ${machines.length}.${hint}`;
        throw new WrongUse([sentence, ...unsettled].join("\n"));
    }
    if (others.length > 0) {
        const ids = called.map((machine) => machine.urn ?? displayName(machine));
        throw new WrongUse(
            `Several machines are called ${JSON.stringify(written)}. Name one by its URN: ${ids.join(", ")}.`,
        );
    }
    return only;
}

function namesOf({ urn, pulumiName, azureName, id }: Machine): readonly string[] {
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
        case "undecided":
            return "the state does not tell";
    }
}
