import { nameOf, type ArmId, type Subscription } from "./ids/arm-id";
import { known, type Value } from "./values";
import type { AzureResource, OfKind, Origin } from "./resources";
import type { ExternalIndex } from "./link";
import type { Urn } from "./planned-resource";

/** What is known of resources outside of the stack: other stacks' and those of the portal. */
export interface ExternalResources {
    /** What protects, holds or orders any of these, without what the stack itself has told. */
    relatedTo(about: RelatedTo): RelatedResources;
    /** Where a VM outside of the stack is, and who says so. */
    vm(id: ArmId): { readonly location: Value<string>; readonly origin: Origin } | undefined;
    /** What others have of a kind that resources of the stack refer to. */
    of<K extends ReferredKind>(kind: K, stack: Urn | undefined): ExternalIndex<OfKind<K>>;
    /** Whether others have anything of Azure Backup in one of these subscriptions. */
    hasBackups(stack: Urn | undefined, subscriptions: readonly Subscription[]): boolean;
    /** Whether a lock of others holds something, or an assignment of theirs turns a service on for it; or may. */
    mayReach(by: Reach, stack: Urn | undefined, id: Value<ArmId>): boolean;
    /** What is old or missing in it, in a sentence each. */
    noticesFor(stack: Urn | undefined): readonly string[];
}

/** What other stacks have for all in a scope: a lock, or an assignment of Azure Policy that turns a service on. */
export type Reach = "lock" | "backup" | "disk backup" | "replication";

/** Kinds of which one is looked up where a reference leads out of the stack. */
export type ReferredKind = "disk" | "backup policy" | "resource group" | "replication fabric" | "network interface";

/** A consistency group by its name and the vault that it belongs to. */
export interface GroupOfVault {
    readonly vault: ArmId;
    readonly name: string;
}

export interface RelatedTo {
    readonly stack: Urn | undefined;
    /** VMs, disks, items and vaults of the stack, and what its items name. */
    readonly ids: readonly ArmId[];
    /** The consistency groups of the stack's items. */
    readonly groups: readonly GroupOfVault[];
    /** The stack's own vaults, in which others may have backups. */
    readonly vaults: readonly ArmId[];
}

export const RELATED_KINDS = [
    "backup item",
    "disk backup",
    "replicated item",
    "recovery plan",
    "vault",
    "backup vault",
    "protection cluster",
] as const;

export type RelatedKind = (typeof RELATED_KINDS)[number];

/** Resources by their kind: those of the stack, external ones, or both. */
export interface ResourcesByKind {
    of<K extends RelatedKind>(kind: K): readonly OfKind<K>[];
}

export type RelatedResources = { readonly [K in RelatedKind]: readonly OfKind<K>[] };

/**
 * What a resource outside of the stack has in common with all others. Spread it last: an object literal that begins with
 * it and adds many properties takes V8 a hundred times as long.
 */
export function externalResource<K extends string>(
    kind: K,
    id: ArmId,
): Omit<AzureResource, "kind" | "id"> & { readonly kind: K; readonly id: Value<ArmId> } {
    return {
        kind,
        provider: "azure-native",
        urn: undefined,
        pulumiName: undefined,
        azureName: known(nameOf(id)),
        id: known(id),
        subscription: id,
        groupFrom: [],
        parentFrom: [],
        lifetime: "existing",
        isUpdated: false,
        skipped: false,
        protect: false,
        ignoreChanges: [],
        embeddedIn: undefined,
    };
}
