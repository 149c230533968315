import { carriedBy, isCarrier } from "./carriers";
import { Identities } from "./identify";
import { append } from "./lists";
import type { Entity, Kind } from "./model";
import { isSkipped, type PlannedResource, type Urn } from "./planned-resource";
import { readerOf } from "./readers";

/** A resource that a reader failed on: a bug of this pack, kept away from all other resources. */
export interface UnreadResource {
    readonly urn: Urn;
    readonly error: unknown;
}

/** True for the types whose inputs are worth keeping. */
export function isRead(type: string): boolean {
    return readerOf(type) !== undefined || isCarrier(type);
}

/** Everything that was read, in URN order, so that the same plan gives the same findings in the same order. */
export class Entities {
    readonly all: readonly Entity[];
    readonly unread: readonly UnreadResource[];
    private readonly byKind = new Map<Kind, Entity[]>();
    /** Does not keep the resources themselves. */
    private readonly byResource = new WeakMap<PlannedResource, Entity>();

    /** @param former what was read before: a resource that is the very same one is not read, and kept, a second time */
    constructor(resources: readonly PlannedResource[], former?: Entities) {
        const read = resources.flatMap(withCarried).flatMap((resource) => {
            const reader = readerOf(resource.type);
            return reader === undefined ? [] : [{ resource, reader }];
        });
        const identities = new Identities(read.map(({ resource }) => resource));
        const all: Entity[] = [];
        const unread: UnreadResource[] = [];
        for (const { resource, reader } of read) {
            try {
                const entity = former?.byResource.get(resource) ?? reader.read(resource, identities);
                this.byResource.set(resource, entity);
                all.push(entity);
            } catch (error) {
                unread.push({ urn: resource.urn, error });
            }
        }
        all.sort((a, b) => compare(a.urn ?? "", b.urn ?? ""));
        for (const entity of all) {
            append(this.byKind, entity.kind, entity);
        }
        this.all = all;
        this.unread = unread;
    }

    of<K extends Kind>(kind: K): readonly Extract<Entity, { kind: K }>[] {
        return (this.byKind.get(kind) ?? []) as Extract<Entity, { kind: K }>[];
    }
}

/** A carrier that cannot be read carries nothing; the resources beside it are read all the same. */
function withCarried(resource: PlannedResource): readonly PlannedResource[] {
    return isCarrier(resource.type) && !isSkipped(resource) ? [resource, ...carriedBy(resource)] : [resource];
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}
