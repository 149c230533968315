import type { InventorySource } from "./document";

/**
 * The sources that were read again later: what the later reading does not have no longer exists. A source that was read
 * with a problem replaces no earlier one, because what it lacks may exist all the same.
 */
export function supersededSources(sources: readonly InventorySource[]): ReadonlySet<InventorySource> {
    const last = new Map<string, InventorySource>();
    for (const source of sources) {
        const other = last.get(sourceKey(source));
        if (source.problem === undefined && (other === undefined || timeOf(other) <= timeOf(source))) {
            last.set(sourceKey(source), source);
        }
    }
    return new Set(
        sources.filter((source) => {
            const other = last.get(sourceKey(source));
            return other !== undefined && other !== source && timeOf(source) <= timeOf(other);
        }),
    );
}

function sourceKey({ kind, name }: InventorySource): string {
    return `${kind} ${name}`;
}

function timeOf({ readAt }: InventorySource): number {
    return Date.parse(readAt);
}
