import type { Answer } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import type { AzureResource, VirtualMachine } from "../../src/model/resources";
import { undecided, Undecideds, type Verdict } from "../../src/findings/finding";
import { subjectOf } from "../../src/findings/subject";
import { WORDS } from "../../src/advice/property-names";
import { vmSize } from "../../src/facts/vm-sizes";

/** The facts about a VM that is smaller than a service asks for. */
export interface SmallVm {
    readonly vm: string;
    readonly size: string;
    readonly sizeProperty: string;
}

/** The VMs under a service that have fewer cores than it asks for, or less than 1 GB of memory. */
export function* smallVms(
    estate: Estate,
    fewestCores: number,
    service: (vm: VirtualMachine) => Answer<AzureResource>,
): Iterable<Verdict<SmallVm>> {
    const undecideds = new Undecideds();
    for (const vm of estate.vms) {
        const isSmall = smallness(vm, fewestCores);
        if (vm.urn === undefined || vm.skipped || isSmall === "no") {
            continue;
        }
        const answer = service(vm);
        if (answer.answer === "unknown") {
            yield* undecideds.of(answer);
        } else if (answer.answer === "yes" && isSmall === "open") {
            const property = vm.size.state === "unknown" ? vm.size.property : sizeProperty(vm);
            yield undecided(vm, property);
        } else if (answer.answer === "yes" && vm.size.state === "known") {
            yield {
                verdict: "violated",
                subject: subjectOf(vm, vm),
                parameters: {
                    vm: estate.nameOf(vm),
                    size: vm.size.value,
                    sizeProperty: sizeProperty(vm),
                },
                restsOn: answer.items,
            };
        }
    }
}

function sizeProperty({ provider }: VirtualMachine): string {
    return WORDS[provider].vmSize;
}

/** `open` where the plan does not know the size, or nobody knows what a size of that name has. */
function smallness({ size }: VirtualMachine, fewestCores: number): "yes" | "no" | "open" {
    if (size.state !== "known") {
        return size.state === "unknown" ? "open" : "no";
    }
    const { cores, hasOneGigabyte } = vmSize(size.value) ?? {};
    if (hasOneGigabyte === false || (cores !== undefined && cores < fewestCores)) {
        return "yes";
    }
    return cores === undefined || hasOneGigabyte === undefined ? "open" : "no";
}
