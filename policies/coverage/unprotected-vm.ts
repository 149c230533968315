import { type Answer, any } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import type { VirtualMachine } from "../../src/model/resources";
import { type Undecided, undecidedBy, Undecideds } from "../../src/findings/finding";
import { type Configuration, required, requiresNothing, type Service } from "./tiers";

/** A machine that owes a service and certainly lacks it. */
export interface UnprotectedVm {
    readonly vm: VirtualMachine;
    /** Why it owes the service, as a sentence. */
    readonly because: string;
}

/** The machines of the stack that owe a service and do not have it, and what is open about that. */
export function* unprotectedVms(
    estate: Estate,
    service: Service,
    configuration: Configuration,
    protection: (vm: VirtualMachine) => Answer<unknown>,
): Iterable<UnprotectedVm | Undecided> {
    const undecideds = new Undecideds();
    for (const vm of estate.vms) {
        if (vm.urn === undefined || vm.skipped) {
            continue;
        }
        const { requires, because } = required(estate, vm, service, configuration);
        const exempt = requiresNothing(vm);
        if (requires.answer === "no" || exempt.answer === "yes") {
            continue;
        }
        const answer = any([protection(vm), estate.gaps.mayProtect(vm)]);
        if (answer.answer === "yes") {
            continue;
        }
        const open = [requires, exempt].flatMap(undecidedBy);
        if (answer.answer === "no" && open.length === 0) {
            yield { vm, because };
        } else {
            yield* undecideds.of(answer);
            yield* open;
        }
    }
}
