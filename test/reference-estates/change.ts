import { Ref, Text, type Content, type Declaration, type Program, type Properties } from "../harness/program";

/** What is done to a program: few words, so that a fault can be read at a glance. */
export interface Change {
    /** New values by resource and dotted path; undefined takes the property away. */
    readonly set?: Readonly<Record<string, Readonly<Record<string, Content | undefined>>>>;
    readonly add?: Program;
    readonly remove?: readonly string[];
}

export function changed(program: Program, { set = {}, add = {}, remove = [] }: Change): Program {
    const kept = Object.entries(program).filter(([name]) => !remove.includes(name));
    const result: Record<string, Declaration> = { ...Object.fromEntries(kept), ...add };
    for (const [name, values] of Object.entries(set)) {
        const declaration = result[name];
        if (declaration === undefined) {
            throw new Error(`there is no "${name}" to change`);
        }
        const properties = Object.entries(values).reduce<Properties>(
            (before, [path, value]) => withValue(before, path.split("."), value) as Properties,
            declaration.properties,
        );
        result[name] = { ...declaration, properties };
    }
    return result;
}

/** A step into a list is an index; one past the end appends. */
function withValue(
    content: Content | undefined,
    path: readonly string[],
    value: Content | undefined,
): Content | undefined {
    const [step, ...rest] = path;
    if (step === undefined) {
        return value;
    }
    if (Array.isArray(content)) {
        const list = content as readonly Content[];
        const item = withValue(list[Number(step)], rest, value);
        return [...list.slice(0, Number(step)), ...(item === undefined ? [] : [item]), ...list.slice(Number(step) + 1)];
    }
    if (typeof content === "object" && (content === null || content instanceof Ref || content instanceof Text)) {
        throw new Error(`"${step}" leads into a reference`);
    }
    const { [step]: before, ...others } = (content ?? {}) as Properties;
    const after = withValue(before, rest, value);
    return after === undefined ? others : { ...(content as Properties | undefined), [step]: after };
}
