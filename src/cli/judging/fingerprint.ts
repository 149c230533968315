import { createHash } from "node:crypto";
import type { Urn } from "../../model/planned-resource";
import type { PolicyId } from "../../findings/policy-id";

/** What tells a finding from others for ever: which policy says it, and of what. */
export interface Fingerprinted {
    readonly policyId: PolicyId;
    /** Holds the name that the program gives, not one that Azure, or Pulumi by itself, makes up. */
    readonly urn: Urn | undefined;
    /** Used instead of the URN for what is in no stack at all. */
    readonly azureId?: string | undefined;
    /** Used instead of either for what is not in the stack. */
    readonly name: string;
}

/** Half of a SHA-256, in hexadecimal: short enough to be quoted, far too long to meet another one by chance. */
const LENGTH = 32;

/**
 * The fingerprint of each finding, in their order. Neither wording nor level nor place are part of it, so it outlives
 * changes to them. Findings of one policy on one resource are told apart by their order among themselves.
 */
export function fingerprints(findings: readonly Fingerprinted[]): readonly string[] {
    const seen = new Map<string, number>();
    return findings.map(({ policyId, urn, azureId, name }) => {
        const id = azureId?.toLowerCase();
        const subject = urn !== undefined ? { urn } : id !== undefined ? { id } : { name };
        const key = JSON.stringify({ rule: policyId, ...subject });
        const before = seen.get(key) ?? 0;
        seen.set(key, before + 1);
        return digest(before === 0 ? key : JSON.stringify({ rule: policyId, ...subject, ordinal: before + 1 }));
    });
}

function digest(text: string): string {
    return createHash("sha256").update(text).digest("hex").slice(0, LENGTH);
}
