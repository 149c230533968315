import type { Urn } from "../model/planned-resource";
import type { OpenFinding } from "./finding";
import type { PolicyId } from "./policy-id";

/**
 * What the pack writes for the gate, one JSON text a line, into the file that this variable names. Pulumi's events hold
 * neither dependencies nor what exemptions took out (ENG-07), and a finding only as text.
 */
export const RECORD_FILE_VARIABLE = "AZURE_BCDR_GUARD_RECORD";

/** The version of the lines: raised with every change that an older reader would misread. */
export const RECORD_VERSION = 1;

export type RecordLine =
    /** The first line of each run of the pack. */
    | { readonly line: "start"; readonly version: number }
    | ({ readonly line: "resource" } & RecordedResource)
    /** A policy has looked at the stack: without this, no findings means nothing. */
    | { readonly line: "evaluated"; readonly policy: string }
    | ({ readonly line: "finding" } & RecordedFinding)
    | ({ readonly line: "open" } & Omit<OpenFinding, "isReported">);

/** What Pulumi's events do not tell of a resource. */
export interface RecordedResource {
    readonly urn: Urn;
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    /** By top-level property: the resources that it was made from. */
    readonly dependencies: Readonly<Record<string, readonly Urn[]>>;
}

/**
 * What is fit to lie in a file: policies get secrets decrypted (SEE-09), and a message may name a VM whose name is
 * one. The engine masks what it prints of a message, so the gate takes messages from there.
 */
export interface RecordedFinding {
    readonly policy: string;
    readonly policyId: PolicyId;
    /** Undefined where it is about the stack, or about something outside of it. */
    readonly urn: Urn | undefined;
    /** The VM that it concerns, by URN, where it does and the VM is in the stack. */
    readonly vm: Urn | undefined;
    /** The exemption that took it out; undefined for a violation. */
    readonly exemption: { readonly reason: string; readonly expires: string } | undefined;
}

export function recordedFinding(
    policy: string,
    { policyId, subject }: { policyId: PolicyId; subject: RecordedSubject },
    exemption?: { readonly reason: string; readonly expires: string },
): RecordedFinding {
    return {
        policy,
        policyId,
        urn: subject.urn,
        vm: subject.vm,
        exemption: exemption && { reason: exemption.reason, expires: exemption.expires },
    };
}

interface RecordedSubject {
    readonly urn: Urn | undefined;
    readonly vm: Urn | undefined;
}
