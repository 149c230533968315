import { ABSENT } from "../known";
import type { ReplicationHealth } from "../model";

/** Where Azure has answered nothing, or the provider does not read it back. */
export const NO_HEALTH: ReplicationHealth = { state: ABSENT, errors: [], disksToResync: [], unprotectedLuns: [] };
