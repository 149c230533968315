import type { Answer } from "../../src/model/answers";
import { type ArmId, armKey, keyWithoutSubscription, nameOf } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { subscriptionOfItem } from "../../src/model/protection/vm-links";
import type { BackupItem, Vault } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { intro } from "../../src/advice/backup";
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
    id: "BCDR302",
    name: "vm-backed-up-twice",
    level: "mandatory",
    severity: "high",
    summary: "A VM is backed up into two vaults.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

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
                    restsOn: backup.items,
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
            (name) => `VM ${name} is backed up into ${items.length} vaults; Azure Backup allows one.`,
            vm,
        ),
        why: "A VM can be protected in one vault at a time. Azure refuses the second item.",
        facts: items.map(({ item, vault }) => `item "${item}" in vault "${vault}"`),
        fix: {
            kind: "in order",
            intro: intro(dryRun),
            steps: [
                { do: `Decide which of these vaults is to back "${vm}" up, and keep the item in it.` },
                {
                    do: `If another vault has recovery points to keep: set ${[...new Set(items.map(({ provider }) => WORDS[provider].backup.stopsBackup))].join(" or ")} on its item, and apply that first. The points stay where they are, as long as that item stays in the program.`,
                },
                {
                    do: "Take the other items out of the program only where nobody needs their recovery points: deleting an item deletes them, for good once the days of soft delete are over.",
                },
            ],
        },
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
            placed.set(link.to, { ...told(item), vault: displayName(link.to) });
        } else if (link.state === "external") {
            const { subscription } = subscriptionOfItem(item);
            outOfStack.push({ item, id: { ...link.id, subscription: link.id.subscription ?? subscription } });
        } else if (link.state === "undecided") {
            open.push({ item, property: link.property });
        }
    }
    // Ids with a subscription go first: of one without, they tell whether it may be one of them.
    const isKnown = ({ id }: { readonly id: ArmId }): boolean => id.subscription !== undefined;
    for (const { item, id } of [...outOfStack.filter(isKnown), ...outOfStack.filter((each) => !isKnown(each))]) {
        switch (external.add(id)) {
            case "yes":
                placed.set(id, { ...told(item), vault: nameOf(id) });
                break;
            case "unknown":
                open.push({ item, property: item.vault.property });
                break;
            case "no":
        }
    }
    return { placed, open };
}

function told(item: BackupItem): Pick<Parameters["items"][number], "item" | "provider"> {
    return { item: named(item).name, provider: item.provider };
}

/** The id of a vault lacks its subscription as long as the item that names it has no id of its own. */
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
