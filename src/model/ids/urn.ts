import type { Urn } from "../planned-resource";

/** The parts of a URN: `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>`. */
export interface UrnParts {
    readonly stack: string;
    readonly project: string;
    readonly type: string;
    /** The type of what it is in; undefined for what is in the stack itself. */
    readonly component: string | undefined;
    /** The name that the program gives; it may hold `::` itself. */
    readonly name: string;
}

/** As Pulumi tells it. */
export function isUrn(text: string): boolean {
    return text.startsWith("urn:pulumi:") && text.split("::").length > 3;
}

export function parseUrn(urn: Urn): UrnParts {
    const [start = "", project = "", types = "", ...name] = urn.split("::");
    const [type = "", component] = types.split("$").reverse();
    return {
        stack: start.slice("urn:pulumi:".length),
        project,
        type,
        component,
        name: name.join("::"),
    };
}
