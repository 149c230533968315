import type { PolicyId } from "../../src/findings/policy-id";
import { policies } from "../../policies";
import type { Policy } from "../../policies/policy";

/** Some policies of the catalogue, for programs that are about those and break others by being short. */
export function onlyPolicies(isWanted: (id: PolicyId) => boolean): readonly Policy[] {
    return policies.filter(({ id }) => isWanted(id));
}

const AROUND_RESTORES = new Set(["BCDR225", "BCDR226", "BCDR411", "BCDR414", "BCDR416", "BCDR420", "BCDR490"]);

export function isAboutRestores(id: string): boolean {
    return id.startsWith("BCDR1") || AROUND_RESTORES.has(id);
}

/** The core: restores, what stands in their way, and what is undecided about them. */
export const RESTORE_POLICIES = onlyPolicies(isAboutRestores);
