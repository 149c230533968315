import { pushTo } from "../../model/lists";
import {
    isUnreadable,
    isUnknown,
    own,
    UNKNOWN_VALUE,
    UNREADABLE_BAG,
    type PropertyBag,
} from "../../model/property-bag";
import { isRecord } from "./json";

/** A resource before a step or after it: what the program asks for, and what Azure answered or a preview foresees. */
export interface ResourceState {
    readonly inputs: PropertyBag;
    readonly outputs: PropertyBag;
}

/**
 * The outputs after an update. A preview calls nearly everything unknown that the program does not set (SEE-05), but
 * what the step does not touch does not change. So Azure's former answer counts for every property whose input is the
 * same before and after, and for every property without an input. Where the input changes, the preview counts, or the
 * new input where the preview says nothing. An input that is removed leaves an open question: Azure may keep the value
 * or reset it.
 */
export function mergedOutputs(before: ResourceState, after: ResourceState): PropertyBag {
    if ([before.inputs, before.outputs, after.inputs, after.outputs].some(isUnreadable)) {
        return UNREADABLE_BAG;
    }
    return mergedObject(
        { input: before.inputs, output: before.outputs },
        { input: after.inputs, output: after.outputs },
        false,
    );
}

/** One place in a resource: its input and its output, each undefined where there is none. */
interface Place {
    readonly input: unknown;
    readonly output: unknown;
}

type Json = Readonly<Record<string, unknown>>;

function merged(before: Place, after: Place, isTag: boolean): unknown {
    if (after.input === undefined) {
        return before.input === undefined ? untouched(before, after) : removed(after, isTag);
    }
    if (isUnknown(after.input)) {
        return UNKNOWN_VALUE;
    }
    if (isSameKnownValue(before.input, after.input)) {
        return before.output;
    }
    if (isWriteOnly(before)) {
        return undefined;
    }
    if (isRecord(after.input) && isRecord(before.output) && !isAnother(before, after.input)) {
        return mergedObject(before, after, false);
    }
    if (Array.isArray(after.input) && Array.isArray(before.input)) {
        return mergedList(before.input, before.output, after.input, after.output);
    }
    return foreseen(after);
}

/** No input speaks of it. A preview knows it only where the provider worked it out. */
function untouched(before: Place, after: Place): unknown {
    return before.output === undefined && !isUnknown(after.output) ? after.output : before.output;
}

/** Nobody knows whether Azure keeps what the program no longer asks for, but it does remove a tag. */
function removed({ output }: Place, isTag: boolean): unknown {
    return isTag ? output : (output ?? UNKNOWN_VALUE);
}

/** Azure does not answer everything that it is asked for, such as the disks to replicate, so it will not now. */
function isWriteOnly({ input, output }: Place): boolean {
    const isSaid = input !== undefined && input !== "" && input !== false && !isEmpty(input);
    return isSaid && output === undefined;
}

function isEmpty(value: unknown): boolean {
    return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function mergedObject(before: Place, after: Place, isTags: boolean): Json {
    const names = new Set([before, after].flatMap(({ input, output }) => [...namesOf(input), ...namesOf(output)]));
    return objectOf(names, (name) => {
        const [formerly, now] = [below(before, name), below(after, name)];
        return name === "tags" && isRecord(now.input) && isRecord(formerly.output)
            ? mergedObject(formerly, now, true)
            : merged(formerly, now, isTags);
    });
}

/** Something that was not there before: as the preview has it, and where it knows nothing, as the program asks for. */
function foreseen({ input, output }: Place): unknown {
    if (input === undefined) {
        return output;
    }
    if (isUnknown(input)) {
        return UNKNOWN_VALUE;
    }
    if (isRecord(input)) {
        // What Azure adds to it is not known; to leave that out would be to say that it adds nothing.
        return isRecord(output)
            ? objectOf(new Set([...namesOf(input), ...namesOf(output)]), (name) =>
                  foreseen(below({ input, output }, name)),
              )
            : UNKNOWN_VALUE;
    }
    if (Array.isArray(input)) {
        const elements = elementsOf(input);
        const answers = Array.isArray(output) && output.length === input.length ? elementsOf(output) : [];
        return elements.map((element, index) => foreseen({ input: element, output: answers[index] }) ?? UNKNOWN_VALUE);
    }
    return output === undefined || isUnknown(output) ? input : output;
}

/**
 * Elements are held against each other where their inputs are equal, else where they are the same thing by id or LUN,
 * else where they stand at the same place. Where Azure's list is not the program's, none is taken for another.
 */
function mergedList(
    inputsBefore: readonly unknown[],
    outputBefore: unknown,
    inputsAfter: readonly unknown[],
    outputAfter: unknown,
): readonly unknown[] {
    const before = placesOf(inputsBefore, outputBefore);
    const after = placesOf(inputsAfter, outputAfter);
    const partners = partnersOf(inputsBefore, inputsAfter);
    return after.map((place, index) => {
        const partner = partners[index];
        const former = partner === undefined ? undefined : before[partner];
        const isKnownFormer = former !== undefined && former.output !== undefined && answers(former);
        return (isKnownFormer ? merged(former, place, false) : foreseen(place)) ?? UNKNOWN_VALUE;
    });
}

function placesOf(inputs: readonly unknown[], output: unknown): readonly Place[] {
    const outputs = Array.isArray(output) && output.length === inputs.length ? elementsOf(output) : [];
    return elementsOf(inputs).map((input, index) => ({ input, output: outputs[index] }));
}

/** For each element its former index. */
function partnersOf(before: readonly unknown[], after: readonly unknown[]): readonly (number | undefined)[] {
    const partners = new Array<number | undefined>(after.length).fill(undefined);
    const taken = new Set<number>();
    const pair = (keyIn: (element: unknown, index: number) => string | undefined): void => {
        const former = new Map<string, number[]>();
        before.forEach((element, index) => {
            const key = taken.has(index) ? undefined : keyIn(element, index);
            if (key !== undefined) {
                pushTo(former, key, index);
            }
        });
        former.forEach((indices) => indices.reverse());
        after.forEach((element, index) => {
            const key = partners[index] === undefined ? keyIn(element, index) : undefined;
            const partner = key === undefined ? undefined : former.get(key)?.pop();
            if (partner !== undefined) {
                partners[index] = partner;
                taken.add(partner);
            }
        });
    };
    pair(canonicalText);
    pair((element) => (isRecord(element) ? identityOf(element) : undefined));
    pair((element, index) => (isRecord(element) ? String(index) : undefined));
    return partners;
}

/** Whether Azure's element is the one that the program asked for, and not one that it put in its place. */
function answers({ input, output }: Place): boolean {
    if (isRecord(input)) {
        return (
            isRecord(output) &&
            Object.keys(input).every((name) => {
                const [asked, answered] = [own(input, name), own(output, name)];
                return isScalar(asked) && isScalar(answered) ? lower(asked) === lower(answered) : true;
            })
        );
    }
    return true;
}

/** An object that has come to name another thing: what Azure said of the former one does not hold for it. */
function isAnother(before: Place, input: Json): boolean {
    const now = identityOf(input);
    const formerly = isRecord(before.input) ? identityOf(before.input) : undefined;
    if (now === undefined) {
        return formerly !== undefined;
    }
    if (now.includes(UNKNOWN_VALUE)) {
        return true;
    }
    const answered = isRecord(before.output) ? identityOf(before.output) : undefined;
    return now !== answered && now !== (formerly ?? answered ?? now);
}

/** What tells a part of a resource from its neighbours: the disk that it is about, or its number on the VM. */
function identityOf(part: Json): string | undefined {
    const disk = own(part, "managedDisk");
    const ids = [own(part, "id"), own(part, "diskId"), own(part, "managedDiskId"), isRecord(disk) && own(disk, "id")];
    const id = ids.find((each) => typeof each === "string" && each !== "");
    const lun = own(part, "lun");
    return id === undefined && lun === undefined ? undefined : JSON.stringify([lun, lower(id)]);
}

/** The same value, of which all is known. Two unknown values may be two different ones. */
export function isSameKnownValue(one: unknown, other: unknown): boolean {
    if (Array.isArray(one) && Array.isArray(other)) {
        const [ones, others] = [elementsOf(one), elementsOf(other)];
        return (
            ones.length === others.length && ones.every((element, index) => isSameKnownValue(element, others[index]))
        );
    }
    if (isRecord(one) && isRecord(other)) {
        const names = namesOf(one);
        return (
            names.length === namesOf(other).length &&
            names.every((name) => Object.hasOwn(other, name) && isSameKnownValue(own(one, name), own(other, name)))
        );
    }
    return one === other && !isUnknown(one);
}

/** The same text for the same value, in whichever order its properties come. */
function canonicalText(value: unknown): string {
    if (Array.isArray(value)) {
        return `[${elementsOf(value).map(canonicalText).join()}]`;
    }
    if (isRecord(value)) {
        return `{${[...namesOf(value)]
            .sort()
            .map((name) => `${JSON.stringify(name)}:${canonicalText(own(value, name))}`)
            .join()}}`;
    }
    return JSON.stringify(value) ?? "";
}

function below({ input, output }: Place, name: string): Place {
    return { input: child(input, name), output: child(output, name) };
}

/** Nothing and `null` are the same. */
function child(value: unknown, name: string): unknown {
    return isRecord(value) ? (own(value, name) ?? undefined) : undefined;
}

/** Of own properties, so that one called `__proto__` is a property like any other. */
function objectOf(names: Iterable<string>, valueOf: (name: string) => unknown): Json {
    const entries = [...names].map((name) => [name, valueOf(name)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function namesOf(value: unknown): readonly string[] {
    return isRecord(value) ? Object.keys(value) : [];
}

function elementsOf(list: readonly unknown[]): readonly unknown[] {
    return list;
}

function isScalar(value: unknown): boolean {
    return value !== undefined && value !== null && typeof value !== "object";
}

/** Azure answers ids and names in letters of its own choice. */
function lower(value: unknown): unknown {
    return typeof value === "string" ? value.toLowerCase() : value;
}
