import { type Answer, compare, unknownAnswer, withEvidence } from "../../src/model/answers";
import { valueOf } from "../../src/model/values";
import type { VirtualMachine } from "../../src/model/resources";
import { WORDS } from "../../src/advice/property-names";
import { vmSize } from "../../src/facts/vm-sizes";

/** A size that is smaller than a service asks for, and where the program has it. */
export interface SmallSize {
    readonly size: string;
    readonly sizeProperty: string;
}

/** Whether a VM has fewer cores than a service asks for, or less than 1 GB of memory. */
export function hasSmallSize(vm: VirtualMachine, fewestCores: number): Answer<SmallSize> {
    const { size } = vm;
    const sizeProperty = WORDS[vm.provider].vm.size;
    const { cores, hasOneGigabyte } = vmSize(valueOf(size) ?? "") ?? {};
    const isSmall = hasOneGigabyte === false || (cores !== undefined && cores < fewestCores);
    // The tables of this version do not have it.
    const isOpen = cores === undefined || hasOneGigabyte === undefined;
    return size.state === "known" && isOpen && !isSmall
        ? unknownAnswer(vm, sizeProperty, "version")
        : withEvidence(
              compare(vm, size, () => isSmall),
              () => ({ size: valueOf(size) ?? "", sizeProperty }),
          );
}
