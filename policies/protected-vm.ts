import { type Answer, type Evidence, isEvidence } from "../src/model/answers";
import type { Estate } from "../src/model/estate";
import { addAll } from "../src/model/lists";
import type { AzureResource, Kind, VirtualMachine } from "../src/model/resources";
import { Undecideds, type Verdict } from "../src/findings/finding";
import type { Message } from "../src/findings/message";
import { subjectOf } from "../src/findings/subject";
import type { Circumstances } from "./check";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "./policy";
import { type Answers, listOf, type RestsOn, verdictsFrom } from "./verdicts";

/** What a check of a protected VM looks at. */
export interface ProtectedVm<Item> {
    readonly vm: VirtualMachine;
    readonly estate: Estate;
    /** What protects it; undefined where that is not known, and the check answers for any that may. */
    readonly items: readonly Item[] | undefined;
}

export interface FoundInVm<Fact> {
    readonly vm: string;
    readonly found: Evidence<Fact>;
}

interface ProtectedVmPolicy<Item, Fact> extends PolicyIdentity {
    readonly kinds: readonly Kind[];
    readonly protection: (vm: VirtualMachine, estate: Estate) => Answer<Item>;
    readonly check: (protectedVm: ProtectedVm<Item>) => Answers<Fact & RestsOn>;
    readonly message: (parameters: FoundInVm<Fact>, circumstances: Circumstances) => Message;
}

/** A policy about the VMs of the stack that are protected. */
export function protectedVmPolicy<Item extends AzureResource, Fact>(
    policy: ProtectedVmPolicy<Item, Fact>,
): StackPolicy {
    const { kinds, protection, check, message } = policy;
    return stackPolicy<FoundInVm<Fact>>({
        kinds,
        ...identityOf(policy),
        message,
        evaluate: ({ estate }) =>
            protectedVms(
                estate,
                (vm) => protection(vm, estate),
                check,
                (vm, _, found) => ({ vm: estate.names.of(vm), found }),
            ),
    });
}

/**
 * The loop over protected VMs. Each VM is reported once, with the evidence of all answers that are yes; what others
 * wait for is asked beside that.
 *
 * @param parameters what the message is made of: the VM, what protects it, and the evidence
 */
export function protectedVms<Item extends AzureResource, Fact, Parameters>(
    estate: Estate,
    protection: (vm: VirtualMachine) => Answer<Item>,
    check: (protectedVm: ProtectedVm<Item>) => Answers<Fact & RestsOn>,
    parameters: (vm: VirtualMachine, items: Evidence<Item>, found: Evidence<Fact>) => Parameters,
): readonly Verdict<Parameters>[] {
    // A list, because a generator takes twice as long over VMs of which there is nothing to say.
    const verdicts: Verdict<Parameters>[] = [];
    const undecideds = new Undecideds();
    for (const vm of estate.vms) {
        const isProtected = vm.urn === undefined || vm.skipped ? undefined : protection(vm);
        if (isProtected === undefined || isProtected.answer === "no") {
            continue;
        }
        if (isProtected.answer === "unknown") {
            if (listOf(check({ vm, estate, items: undefined })).some(({ answer }) => answer !== "no")) {
                addAll(verdicts, undecideds.of(isProtected));
            }
            continue;
        }
        const { items } = isProtected;
        if (isEvidence(items)) {
            const found = verdictsFrom(check({ vm, estate, items }), (facts: Evidence<Fact & RestsOn>) => ({
                subject: subjectOf(vm, vm),
                parameters: parameters(vm, items, facts),
                restsOn: [vm, ...items, ...facts.flatMap(({ restsOn = [] }) => restsOn)],
            }));
            addAll(verdicts, found);
        }
    }
    return verdicts;
}
