import type { Program } from "./program";
import { Stack, type SentRound } from "./stack";

/** The moments at which a pack sees the same program, each with other things known. */
export const PHASES = [
    "first preview",
    "preview of an unrelated change",
    "exported state",
    "preview of an update",
] as const;
export type Phase = (typeof PHASES)[number];

export function roundOf(program: Program, phase: Phase, config: Readonly<Record<string, string>> = {}): SentRound {
    const stack = new Stack("shop", config);
    switch (phase) {
        case "first preview":
            return stack.preview(program);
        case "exported state":
            stack.up(program);
            return stack.state();
        case "preview of an unrelated change":
            stack.up(program);
            return stack.preview({
                ...program,
                unrelated: { type: "azure-native:resources:ResourceGroup", properties: { location: "westeurope" } },
            });
        case "preview of an update":
            stack.up(program);
            return stack.preview(updated(program));
    }
}

/** Tags may change on everything that has some: each VM, disk and vault is updated in place. */
export function updated(program: Program): Program {
    return Object.fromEntries(
        Object.entries(program).map(([name, declaration]) => [
            name,
            TAGGED.has(declaration.type)
                ? { ...declaration, properties: { tags: { changed: "yes" }, ...declaration.properties } }
                : declaration,
        ]),
    );
}

const TAGGED = new Set([
    "azure-native:compute:VirtualMachine",
    "azure-native:compute:Disk",
    "azure-native:recoveryservices:Vault",
    "azure-native:resources:ResourceGroup",
]);
