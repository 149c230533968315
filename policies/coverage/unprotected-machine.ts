import { type Answer, anyOf } from "../../estate/answer";
import type { Estate } from "../../estate/estate";
import { valueOf } from "../../estate/known";
import type { Machine } from "../../estate/model";
import { type Undecided, undecided, Undecideds } from "../../findings/finding";
import { type Configuration, owed, owesNothing, type Service } from "./tiers";

/** A machine that owes a service and certainly lacks it. */
export interface UnprotectedMachine {
    readonly machine: Machine;
    /** Why it owes the service, as a sentence. */
    readonly because: string;
}

/** The machines of the stack that owe a service and do not have it, and what is open about that. */
export function* unprotectedMachines(
    estate: Estate,
    service: Service,
    configuration: Configuration,
    protection: (machine: Machine) => Answer<unknown>,
): Iterable<UnprotectedMachine | Undecided> {
    const undecideds = new Undecideds();
    for (const machine of estate.machines) {
        if (machine.urn === undefined || machine.skipped) {
            continue;
        }
        const { owes, because } = owed(estate, machine, service, configuration);
        const exempt = owesNothing(machine);
        if (valueOf(owes) === false || valueOf(exempt) === true) {
            continue;
        }
        const answer = anyOf([protection(machine), estate.hiddenProtection(machine)]);
        if (answer.answer === "yes") {
            continue;
        }
        const open = [owes, exempt].flatMap((each) => (each.state === "unknown" ? [each.property] : []));
        if (answer.answer === "no" && open.length === 0) {
            yield { machine, because };
        } else {
            yield* undecideds.of(answer);
            yield* open.map((property) => undecided(machine, property));
        }
    }
}
