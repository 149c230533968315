import { Hidden, Ref, Text, type Content, type Declaration, type Program, type Properties } from "./program";

/** Marks properties, or parts of a list, that an excerpt leaves out. */
export const ELIDED = "…";

/** Marks the name of a property that is not set. */
export const NOT_SET = "not set: ";

/** `webReplication.properties.providerSpecificDetails.vmManagedDisks.0.diskId`, in its parts. */
export type Path = readonly string[];

/** The resources to which these paths lead, each with the properties on the way, and marks for the rest. */
export function excerpt(program: Program, paths: readonly Path[]): Program {
    return Object.fromEntries(
        Object.entries(program).flatMap(([name, declaration]) => {
            const below = pathsBelow(paths, name);
            return below === undefined ? [] : [[name, excerptOf(declaration, below)]];
        }),
    );
}

function excerptOf(declaration: Declaration, paths: readonly Path[]): Declaration {
    return { ...declaration, properties: shortened(declaration.properties, paths) as Properties };
}

/** Undefined where no path leads through this name. */
function pathsBelow(paths: readonly Path[], name: string): readonly Path[] | undefined {
    const below = paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
    return below.length === 0 ? undefined : below;
}

/** A path that ends here takes all that is here. */
function shortened(content: Content, paths: readonly Path[]): Content {
    if (paths.some(({ length }) => length === 0) || !isParent(content)) {
        return content;
    }
    const parts = Object.entries(content).map(([key, value]) => {
        const below = pathsBelow(paths, key);
        return [key, below && shortened(value, below)] as const;
    });
    const kept = parts.filter((part): part is [string, Content] => part[1] !== undefined);
    const isWhole = kept.length === parts.length;
    if (Array.isArray(content)) {
        const marked = parts.map(([, value]) => value ?? ELIDED);
        return marked.filter((each, index) => each !== ELIDED || marked[index - 1] !== ELIDED);
    }
    const missing = [...new Set(paths.map(([first = ""]) => first))].filter((name) => !Object.hasOwn(content, name));
    const notSet = missing.filter((name) => name !== "-").map((name) => [NOT_SET + name, null] as const);
    return { ...Object.fromEntries([...kept, ...notSet]), ...(isWhole ? {} : { [ELIDED]: null }) };
}

/** What differs: the whole resource where only one of the programs has it. */
export function differences(one: Program, other: Program): readonly Path[] {
    return Object.keys({ ...one, ...other }).flatMap((name) => {
        const [before, after] = [one[name], other[name]];
        if (before === undefined || after === undefined) {
            return [[name]];
        }
        const own = differing(before.properties, after.properties, [name]);
        const others = isSame({ ...before, properties: {} }, { ...after, properties: {} }) ? [] : [[name, "-"]];
        return [...own, ...others];
    });
}

function differing(one: Content | undefined, other: Content | undefined, path: Path): readonly Path[] {
    if (isSame(one, other)) {
        return [];
    }
    if (!isParent(one) || !isParent(other) || Array.isArray(one) !== Array.isArray(other)) {
        return [path];
    }
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => differing(child(one, key), child(other, key), [...path, key]));
}

function child(parent: Properties | readonly Content[], key: string): Content | undefined {
    return (parent as Properties)[key];
}

function isParent(content: Content | undefined): content is Properties | readonly Content[] {
    const isLeaf = content instanceof Ref || content instanceof Text || content instanceof Hidden;
    return typeof content === "object" && content !== null && !isLeaf;
}

function isSame(one: unknown, other: unknown): boolean {
    return JSON.stringify(one) === JSON.stringify(other);
}
