import type { ReplicaAccess } from "../resources";
import type { Lifetime, Reference } from "../planned-resource";
import { ABSENT, known, unknown, valueOf, type Value } from "../values";

/** Whether a disk can be exported over private networks at most. Either setting is enough. */
export function isPrivate(policy: Value<string>, takesPublicTraffic: Value<boolean>): Value<boolean> {
    const isOpen = policy.state === "absent" || valueOf(policy)?.toLowerCase() === "allowall";
    if ((policy.state === "known" && !isOpen) || valueOf(takesPublicTraffic) === false) {
        return known(true);
    }
    return policy.state === "unknown" ? policy : takesPublicTraffic.state === "unknown" ? takesPublicTraffic : ABSENT;
}

/**
 * The network access of a replica where nothing sets it. Of an item that exists, someone may have set it in a way that
 * the provider does not read back (A2A-70).
 */
export function untoldAccess(lifetime: Lifetime, diskAccess: Reference): ReplicaAccess {
    const told = lifetime === "new" ? ABSENT : unknown(diskAccess.property, "azure");
    return { policy: told, takesPublicTraffic: told, diskAccess };
}
