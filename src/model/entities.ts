import { embeddedResources, isTemplate } from "./templates";
import type { Gap } from "./templates/embedded";
import { Identities } from "./ids/identify";
import { valueOf } from "./values";
import { pushTo } from "./lists";
import type { Entity, Kind, OfKind } from "./resources";
import type { PlannedResource, Urn } from "./planned-resource";
import { Property } from "./property-bag";
import { readerOf } from "./readers";

/** A resource that a reader failed on: a bug of this pack, kept away from all other resources. */
export interface UnreadResource {
    readonly urn: Urn;
    readonly error: unknown;
}

/** What could not be looked at of what a template, or a generic resource, holds. */
export interface TemplateGap extends Gap {
    readonly urn: Urn;
    /** The name that the program has for the template. */
    readonly name: string;
    /** The resources that the template was made from: what it holds may be about these. */
    readonly madeFrom: readonly Urn[];
}

/** True for the types whose inputs are worth keeping. */
export function isRead(type: string): boolean {
    return readerOf(type) !== undefined || isTemplate(type);
}

/** Everything that was read, in URN order, so that the same plan gives the same findings in the same order. */
export class Entities {
    readonly all: readonly Entity[];
    readonly unread: readonly UnreadResource[];
    readonly gaps: readonly TemplateGap[];
    private readonly byKind = new Map<Kind, Entity[]>();
    /** Does not keep the resources themselves. */
    private readonly byResource = new WeakMap<PlannedResource, Entity>();

    /** @param former what was read before: a resource that is the very same one is not read, and kept, a second time */
    constructor(resources: readonly PlannedResource[], former?: Entities) {
        const all: Entity[] = [];
        const unread: UnreadResource[] = [];
        const gaps: TemplateGap[] = [];
        const failed = ({ urn }: PlannedResource, error: unknown): void => {
            unread.push({ urn, error });
        };
        const each = <T>(from: readonly PlannedResource[], task: (resource: PlannedResource) => T): T[] =>
            from.flatMap((resource) => {
                try {
                    return [task(resource)];
                } catch (error) {
                    failed(resource, error);
                    return [];
                }
            });
        const own = resources.filter(({ type }) => isRead(type));
        // What holds others tells where these are by its own id, and by those of all around it.
        const around = new Identities(own, failed);
        const embedded = each(
            own.filter(({ type }) => isTemplate(type)),
            (template) => {
                const held = embeddedResources(template, around);
                const { urn, name } = template;
                const madeFrom = held.gaps.length === 0 ? [] : dependenciesOf(template);
                held.gaps.forEach((gap) => gaps.push({ ...gap, urn, name, madeFrom }));
                return held.resources;
            },
        ).flat();
        const read = [...own.filter(({ type }) => readerOf(type) !== undefined), ...embedded];
        const identities = embedded.length === 0 ? around : new Identities([...own, ...embedded], failed);
        each(read, (resource) => {
            const entity = former?.byResource.get(resource) ?? readerOf(resource.type)?.read(resource, identities);
            if (entity !== undefined) {
                this.byResource.set(resource, entity);
                all.push(entity);
            }
        });
        all.sort((a, b) => compare(a.urn ?? "", b.urn ?? ""));
        for (const entity of all) {
            pushTo(this.byKind, entity.kind, entity);
        }
        this.all = all;
        this.unread = oncePerUrn(unread);
        this.gaps = gaps;
    }

    of<K extends Kind>(kind: K): readonly OfKind<K>[] {
        return (this.byKind.get(kind) ?? []) as OfKind<K>[];
    }
}

function dependenciesOf({ inputs, dependenciesOf: of }: PlannedResource): readonly Urn[] {
    const names = inputs === undefined ? undefined : valueOf(Property.of(inputs).names());
    return [...new Set((names ?? []).flatMap(of))];
}

/** A template that fails at several of its resources is one resource of the program. */
function oncePerUrn(unread: readonly UnreadResource[]): readonly UnreadResource[] {
    return [...new Map(unread.map((each) => [each.urn, each])).values()];
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}
