import { diskIdOf } from "./disks/attached-disks";
import type { Attachments } from "./disks/attachments";
import type { Entities } from "./entities";
import { RELATED_KINDS, type RelatedKind, type ResourcesByKind } from "./external-resources";
import type { ExternalView } from "./external-view";
import type { ArmId } from "./ids/arm-id";
import { ResourceIndex } from "./link";
import { groupOfVault } from "./protection/consistency-groups";
import type { LinkedItems } from "./protection/linked-items";
import type { AzureResource, Entity, OfKind } from "./resources";
import { valueOf } from "./values";

/**
 * The external resources that are about anything in the stack. What the stack has itself counts once, as the stack has it.
 *
 * @param former what the stack had before is its own, too: an inventory does not know yet that the plan deletes it
 */
export function relatedResources(
    stack: Entities,
    attachments: Attachments,
    linked: LinkedItems,
    external: ExternalView,
    former: Entities | undefined,
): ResourcesByKind {
    const found = external.relatedTo(() => {
        const items = [...stack.of("replicated item"), ...stack.of("backup item"), ...stack.of("disk backup")];
        const ids = [
            ...stack
                .of("VM")
                .flatMap((vm) => [valueOf(vm.id), ...attachments.of(vm).map((attached) => diskIdOf(vm, attached))]),
            ...linked.externalVms.map(({ id }) => valueOf(id)),
            ...stack.of("disk").map(({ id }) => valueOf(id)),
            ...items.flatMap(({ id, vault }) => [valueOf(id), valueOf(vault.id)]),
        ];
        return {
            ids: ids.filter((id): id is ArmId => id !== undefined),
            groups: stack.of("replicated item").flatMap((item) => groupOfVault(item) ?? []),
            vaults: [...stack.of("vault"), ...stack.of("backup vault")].flatMap(({ id }) => valueOf(id) ?? []),
        };
    });
    const others = new Map<RelatedKind, readonly Entity[]>();
    for (const kind of found === undefined ? [] : RELATED_KINDS) {
        others.set(kind, notIn<Entity>([...stack.of(kind), ...(former?.of(kind) ?? [])], found?.[kind] ?? []));
    }
    return { of: <K extends RelatedKind>(kind: K) => (others.get(kind) ?? []) as readonly OfKind<K>[] };
}

/** Those of the stack, then those outside of it. */
export function withRelated(stack: ResourcesByKind, related: ResourcesByKind): ResourcesByKind {
    return { of: (kind) => [...stack.of(kind), ...related.of(kind)] };
}

function notIn<T extends AzureResource>(own: readonly AzureResource[], external: readonly T[]): readonly T[] {
    if (own.length === 0 || external.length === 0) {
        return external;
    }
    const ids = new ResourceIndex(own, "");
    return external.filter(({ id }) => id.state !== "known" || ids.inSubscriptionOf(id.value).length === 0);
}
