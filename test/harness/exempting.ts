import type { PolicyId } from "../../src/findings/policy-id";
import { SOON } from "./days";
import type { Configuration } from "./pack";

/** A configuration with one exemption. */
export function exempting(policy: PolicyId, resource: string, reason: string, expires = SOON): Configuration {
    return { "shared-settings": { exemptions: [{ policies: [policy], resource, reason, expires }] } };
}
