import type { Answer } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import type { AzureResource, Machine } from "../../src/model/resources";
import { undecided, Undecideds, type Verdict } from "../../src/findings/finding";
import { subjectOf } from "../../src/findings/subject";
import { WORDS } from "../../src/advice/property-names";
import { machineSize } from "../../src/facts/vm-sizes";

/** The facts about a machine that is smaller than a service asks for. */
export interface SmallMachine {
    readonly machine: string;
    readonly size: string;
    readonly sizeProperty: string;
}

/** The machines under a service that have fewer cores than it asks for, or less than 1 GB of memory. */
export function* smallMachines(
    estate: Estate,
    fewestCores: number,
    service: (machine: Machine) => Answer<AzureResource>,
): Iterable<Verdict<SmallMachine>> {
    const undecideds = new Undecideds();
    for (const machine of estate.machines) {
        const isSmall = smallness(machine, fewestCores);
        if (machine.urn === undefined || machine.skipped || isSmall === "no") {
            continue;
        }
        const answer = service(machine);
        if (answer.answer === "undecided") {
            yield* undecideds.of(answer);
        } else if (answer.answer === "yes" && isSmall === "open") {
            const property = machine.size.state === "unknown" ? machine.size.property : sizeProperty(machine);
            yield undecided(machine, property);
        } else if (answer.answer === "yes" && machine.size.state === "known") {
            yield {
                verdict: "violated",
                subject: subjectOf(machine, machine),
                parameters: {
                    machine: estate.nameOf(machine),
                    size: machine.size.value,
                    sizeProperty: sizeProperty(machine),
                },
                restsOn: answer.items,
            };
        }
    }
}

function sizeProperty({ spelling }: Machine): string {
    return WORDS[spelling].machineSize;
}

/** `open` where the plan does not know the size, or nobody knows what a size of that name has. */
function smallness({ size }: Machine, fewestCores: number): "yes" | "no" | "open" {
    if (size.state !== "known") {
        return size.state === "unknown" ? "open" : "no";
    }
    const { cores, hasOneGigabyte } = machineSize(size.value) ?? {};
    if (hasOneGigabyte === false || (cores !== undefined && cores < fewestCores)) {
        return "yes";
    }
    return cores === undefined || hasOneGigabyte === undefined ? "open" : "no";
}
