import type { Evidence } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { linkedTo } from "../../src/model/link";
import { valueOf } from "../../src/model/values";
import type { ReplicatedItem, VirtualMachine } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { itemToChange, type ItemToChange } from "../../src/advice/replication-support";
import type { Circumstances } from "../check";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import { type Answers, type RestsOn, verdictsFrom } from "../verdicts";
import { isAzureToAzure } from "./replicated-vm";

/** What a check of a replicated item looks at. */
export interface ItemOfEstate {
    readonly item: ReplicatedItem;
    /** The VM that it surely replicates, as far as that is known. */
    readonly vm: VirtualMachine | undefined;
    readonly estate: Estate;
}

interface FoundInItem<Fact> {
    readonly item: ItemToChange;
    /** The name of the VM; that of the item where the VM is not known. */
    readonly vm: string;
    readonly found: Evidence<Fact>;
}

interface ReplicatedItemPolicy<Fact> extends PolicyIdentity {
    readonly check: (of: ItemOfEstate) => Answers<Fact & RestsOn>;
    readonly message: (parameters: FoundInItem<Fact>, circumstances: Circumstances) => Message;
}

/** A policy about the replicated items of the stack, each by itself; it reports on the item. */
export function replicatedItemPolicy<Fact>(policy: ReplicatedItemPolicy<Fact>): StackPolicy {
    const { check, message } = policy;
    return stackPolicy<FoundInItem<Fact>>({
        kinds: ["replicated item"],
        ...identityOf(policy),
        message,

        evaluate: ({ estate }): readonly Verdict<FoundInItem<Fact>>[] =>
            estate.replication.items.flatMap((item) => {
                if (item.skipped) {
                    return [];
                }
                const vm = linkedTo(estate.protectedVms.of(item));
                return verdictsFrom(check({ item, vm, estate }), (found) => ({
                    subject: subjectOf(item, vm),
                    parameters: {
                        item: itemToChange(item, named(item).name),
                        vm: vm === undefined ? displayName(item) : estate.names.of(vm),
                        found,
                    },
                    restsOn: [item, ...found.flatMap(({ restsOn = [] }) => restsOn)],
                }));
            }),
    });
}

/** Whether Site Recovery's limits apply to it: an item that has failed over is reported by BCDR416 alone. */
export function isLimited(item: ReplicatedItem): boolean {
    return isAzureToAzure(item) && valueOf(item.failedOver) !== true;
}
