import { ABSENT } from "../values";
import type { ReplicationHealth } from "../resources";

/** Where Azure has answered nothing, or the provider does not read it back. */
export const NO_HEALTH: ReplicationHealth = { state: ABSENT, errors: [], disksToResync: [], unprotectedLuns: [] };
