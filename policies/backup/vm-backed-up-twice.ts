import type { Answer } from "../../src/model/answers";
import { type ArmId, armKey, keyWithoutSubscription, nameOf } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { subscriptionOfItem } from "../../src/model/protection/vm-links";
import type { BackupItem, Vault } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { inOrder } from "../../src/advice/fix";
import { named } from "../../src/advice/re-protection";
import { WORDS } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { subjectOfVm } from "./backed-up-vm";

interface Parameters {
    readonly vm: string;
    readonly items: readonly { readonly item: string; readonly vault: string; readonly provider: Provider }[];
}

/** BCDR302: two active items in two vaults back the same VM up (VMB-21). */
export const vmBackedUpTwice = stackPolicy<Parameters>({
    kinds: ["backup item"],
    id: "BCDR302",
    name: "vm-backed-up-twice",
    level: "mandatory",
    severity: "high",
    summary: "A VM is backed up into two vaults.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Keep the backup item in one vault, and stop the backup in the others.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const vm of estate.vms) {
            const backup = estate.backup.ofWholeVm(vm);
            const [first] = backup.answer === "yes" ? backup.items : [];
            if (vm.skipped || backup.answer !== "yes" || first === undefined) {
                continue;
            }
            const { placed, open } = inVaults(estate, backup.items);
            if (placed.size > 1) {
                yield {
                    verdict: "violated",
                    subject: subjectOfVm(estate, vm, first),
                    parameters: { vm: estate.names.of(vm), items: [...placed.values()] },
                    restsOn: [vm, ...backup.items],
                };
                continue;
            }
            if (open.length > 0 && backup.items.length > 1) {
                for (const { item, property } of open) {
                    yield undecided(item, property);
                }
            }
            for (const openQuestion of estate.backup.possiblyOfWholeVm(vm)) {
                yield { verdict: "undecided", openQuestion };
            }
        }
    },

    message: ({ vm, items }, { dryRun }): Message => ({
        headline: headline(
            (name) => `VM ${name} has backup items in ${items.length} vaults, but Azure Backup allows one.`,
            vm,
        ),
        why: "Azure refuses every item after the first one, so the vault that you count on may have no backups of the VM.",
        facts: items.map(({ item, vault }) => `Item "${item}" in vault "${vault}"`),
        fix: inOrder(
            [
                { do: `Decide which vault backs up "${vm}". Keep the item in it.` },
                {
                    do: "If you need recovery points in another vault, stop the backup there, and apply that change first.",
                    where: [
                        ...new Set(
                            items.map(({ provider }) => `${WORDS[provider].backup.state} = "ProtectionStopped"`),
                        ),
                    ].join(" or "),
                    note: "The recovery points stay as long as this item stays in the program.",
                },
                {
                    do: "Remove the other items from the program only if nobody needs their recovery points.",
                    note: "Deleting an item deletes its recovery points. They are lost for good when soft delete ends.",
                },
            ],
            dryRun,
        ),
        sources: [VM_BACKUP.ONE_VAULT.page],
    }),
});

/** An item for each vault in which the VM certainly is, and the items whose vault is not known. */
function inVaults(estate: Estate, items: readonly BackupItem[]) {
    const placed = new Map<Vault | ArmId, Parameters["items"][number]>();
    const external = new VaultIds();
    const open: { item: BackupItem; property: string }[] = [];
    const outOfStack: { item: BackupItem; id: ArmId }[] = [];
    for (const item of items) {
        const link = estate.vaults.of(item);
        if (link.state === "linked" && !placed.has(link.to)) {
            placed.set(link.to, { ...inProgram(item), vault: displayName(link.to) });
        } else if (link.state === "external") {
            const { subscription } = subscriptionOfItem(item);
            outOfStack.push({ item, id: { ...link.id, subscription: link.id.subscription ?? subscription } });
        } else if (link.state === "undecided") {
            open.push({ item, property: link.property });
        }
    }
    // Ids with a subscription go first: of one without, they show whether it may be one of them.
    const isKnown = ({ id }: { readonly id: ArmId }): boolean => id.subscription !== undefined;
    for (const { item, id } of [...outOfStack.filter(isKnown), ...outOfStack.filter((each) => !isKnown(each))]) {
        switch (external.add(id)) {
            case "yes":
                placed.set(id, { ...inProgram(item), vault: nameOf(id) });
                break;
            case "unknown":
                open.push({ item, property: item.vault.property });
                break;
            case "no":
        }
    }
    return { placed, open };
}

function inProgram(item: BackupItem): Pick<Parameters["items"][number], "item" | "provider"> {
    return { item: named(item).name, provider: item.provider };
}

/** The id of a vault lacks its subscription as long as the item that names it has no id yet. */
class VaultIds {
    private readonly keys = new Set<string>();
    private readonly suffixes = new Set<string>();

    /** Whether an id is surely of another vault than those before. Those with a subscription come first. */
    add(id: ArmId): Answer["answer"] {
        const [key, suffix] = [armKey(id), keyWithoutSubscription(id)];
        if (this.keys.has(key)) {
            return "no";
        }
        this.keys.add(key);
        if (id.subscription === undefined && this.suffixes.has(suffix)) {
            return "unknown";
        }
        this.suffixes.add(suffix);
        return "yes";
    }
}
