import { resourceGroup } from "./azure";
import { Hidden, Ref, ref, Text, type Content, type Program, type Properties } from "./program";

/** A place in the properties of a resource: `["storageProfile", "dataDisks", 0]`. */
export interface Part {
    readonly resource: string;
    readonly path: readonly (string | number)[];
}

/** Everything in the properties of a program that may come out of an `apply`: lists, their elements, values. */
export function partsOf(program: Program): readonly Part[] {
    return Object.entries(program).flatMap(([resource, { properties }]) =>
        below(properties).map((path) => ({ resource, path })),
    );
}

/** A resource for what is made from none, because only what is made from one is unknown at a preview. */
const APART = "apart";

/** The same program in which a part comes out of an `apply`. */
export function withHidden(program: Program, { resource, path }: Part): Program {
    const declaration = program[resource];
    if (declaration === undefined) {
        throw new Error(`the program has no "${resource}"`);
    }
    return {
        [APART]: resourceGroup("apart"),
        ...program,
        [resource]: { ...declaration, properties: hide(declaration.properties, path) as Properties },
    };
}

/** Whether any part of a program comes out of an `apply`: then every later preview of it is one of a change. */
export function hidesParts(program: Program): boolean {
    return Object.values(program).some(({ properties }) => isHiddenIn(properties));
}

function isHiddenIn(content: Content): boolean {
    return content instanceof Hidden || (!isLeaf(content) && Object.values(content).some(isHiddenIn));
}

function below(content: Content): readonly (readonly (string | number)[])[] {
    if (isLeaf(content)) {
        return [];
    }
    const children = Array.isArray(content)
        ? (content as readonly Content[]).map((each, index) => [index, each] as const)
        : Object.entries(content);
    return children
        .filter(([, each]) => each !== null)
        .flatMap(([name, each]) => [[name], ...below(each).map((path) => [name, ...path])]);
}

function hide(content: Content, path: Part["path"]): Content {
    const [name, ...rest] = path;
    if (name === undefined) {
        return new Hidden(content, hasReference(content) ? [] : [ref(`${APART}.id`)]);
    }
    if (isLeaf(content)) {
        throw new Error(`nothing stands at "${String(name)}"`);
    }
    return Array.isArray(content)
        ? (content as readonly Content[]).map((each, index) => (index === name ? hide(each, rest) : each))
        : Object.fromEntries(
              Object.entries(content).map(([key, each]) => [key, key === name ? hide(each, rest) : each]),
          );
}

function hasReference(content: Content): boolean {
    return content instanceof Ref || content instanceof Text
        ? content instanceof Ref || content.parts.some((part) => part instanceof Ref)
        : !isLeaf(content) && Object.values(content).some(hasReference);
}

function isLeaf(content: Content): content is string | number | boolean | null | Ref | Text | Hidden {
    return (
        typeof content !== "object" ||
        content === null ||
        content instanceof Ref ||
        content instanceof Text ||
        content instanceof Hidden
    );
}
