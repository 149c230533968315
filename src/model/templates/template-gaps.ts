import { NO, type Answer } from "../answers";
import type { TemplateGap } from "../entities";
import type { VirtualMachine } from "../resources";

/** What templates and generic resources hold that could not be looked at. */
export class TemplateGaps {
    constructor(readonly all: readonly TemplateGap[]) {}

    /** What is not known yet and was made from this VM: its protection, perhaps. */
    mayProtect(vm: VirtualMachine): Answer {
        const { urn } = vm;
        const about =
            urn === undefined
                ? []
                : this.all.filter(({ why, madeFrom }) => why === "not known" && madeFrom.includes(urn));
        const openQuestions = about.map(({ name, property }) => ({
            resource: vm,
            property: `what "${name}" holds (${property})`,
        }));
        return openQuestions.length === 0 ? NO : { answer: "unknown", openQuestions };
    }
}
