import type { Urn } from "./planned-resource";

/** What stands in a URN: `urn:pulumi:<stack>::<project>::<types of the parents>$<type>::<name>`. */
export interface UrnParts {
    readonly stack: string;
    readonly project: string;
    readonly type: string;
    /** The name that the program gives; it may hold `::` itself. */
    readonly name: string;
}

/** As Pulumi tells it. */
export function isUrn(text: string): boolean {
    return text.startsWith("urn:pulumi:") && text.split("::").length > 3;
}

export function parseUrn(urn: Urn): UrnParts {
    const [start = "", project = "", types = "", ...name] = urn.split("::");
    return {
        stack: start.slice("urn:pulumi:".length),
        project,
        type: types.slice(types.lastIndexOf("$") + 1),
        name: name.join("::"),
    };
}
