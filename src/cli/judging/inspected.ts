import type { Estate } from "../../model/estate";
import { isRead } from "../../model/entities";
import type { PlannedResource } from "../../model/planned-resource";
import { isUnreadable } from "../../model/property-bag";
import { isOfProtection } from "../../model/readers";
import { isUnknownType } from "../../model/unknown-types";
import type { Inspected, ReportedInspected } from "../report";

/**
 * How much of a stack was looked at.
 *
 * @param resources those that a reader knows; among others that tell where they lie
 * @param others the types of those that no reader knows
 */
export function inspected(estate: Estate, resources: readonly PlannedResource[], others: readonly string[]): Inspected {
    const read = resources.filter(({ type }) => isRead(type));
    const unreadable = new Set([
        ...read.filter(({ inputs, outputs }) => isUnreadable(inputs) || isUnreadable(outputs)).map(({ urn }) => urn),
        ...estate.unread.map(({ urn }) => urn),
    ]);
    const unknown = resources.filter(({ type }) => isUnknownType(type)).length;
    return {
        resources: read.length + unknown + others.length,
        read: read.length,
        vms: estate.vms.filter(({ urn }) => urn !== undefined).length,
        unreadable: unreadable.size,
        notChecked: counted(
            [...others.filter(isOfProtection), ...estate.unknownTypes.map(({ type }) => type)].map((type) => ({
                type,
                count: 1,
            })),
        ),
    };
}

/** How much of several stacks was looked at; undefined for none. */
export function inspectedIn(stacks: ReadonlyMap<string, Inspected>): ReportedInspected | undefined {
    const all = [...stacks];
    const subjectsOf = (which: (each: Inspected) => boolean): readonly string[] =>
        all.filter(([, each]) => which(each)).map(([subject]) => subject);
    return all.length === 0
        ? undefined
        : {
              ...together([...stacks.values()]),
              withoutResources: subjectsOf(({ resources }) => resources === 0),
              withoutVms: subjectsOf(({ resources, vms }) => resources > 0 && vms === 0),
          };
}

function together(all: readonly Inspected[]): Inspected {
    const sum = (of: (each: Inspected) => number): number => all.reduce((total, each) => total + of(each), 0);
    return {
        resources: sum(({ resources }) => resources),
        read: sum(({ read }) => read),
        vms: sum(({ vms }) => vms),
        unreadable: sum(({ unreadable }) => unreadable),
        notChecked: counted(all.flatMap(({ notChecked }) => notChecked)),
    };
}

function counted(types: Inspected["notChecked"]): Inspected["notChecked"] {
    const counts = new Map<string, number>();
    types.forEach(({ type, count }) => counts.set(type, (counts.get(type) ?? 0) + count));
    return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => (a.type < b.type ? -1 : 1));
}
