import type { Urn } from "../model/planned-resource";
import type { OpenFinding } from "./finding";
import type { Message } from "./message";
import type { PolicyId } from "./policy-id";

/**
 * What the pack writes for the gate, one JSON text a line, into the file that this variable names. Pulumi's events hold
 * neither dependencies nor what exemptions took out (ENG-07), and of a finding nothing but its text.
 */
export const RECORD_FILE_VARIABLE = "AZURE_BCDR_GUARD_RECORD";

/** The version of the lines: raised with every change that an older reader would misread. */
export const RECORD_VERSION = 1;

export type RecordLine =
    /** The first line of each run of the pack. */
    | { readonly line: "start"; readonly version: number }
    | ({ readonly line: "resource" } & RecordedResource)
    /** A tag of the stack in Pulumi, which no event has. */
    | { readonly line: "stack tag"; readonly name: string; readonly value: string }
    /** A policy has looked at the stack: without this, no findings means nothing. */
    | { readonly line: "evaluated"; readonly policy: string }
    | ({ readonly line: "finding" } & RecordedFinding)
    | ({ readonly line: "in one" } & FindingsInOne)
    | ({ readonly line: "open" } & Omit<OpenFinding, "isReported">);

/** What Pulumi's events do not say about a resource. */
export interface RecordedResource {
    readonly urn: Urn;
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    /** By top-level property: the resources that it was made from. */
    readonly dependencies: Readonly<Record<string, readonly Urn[]>>;
}

/** What is fit to lie in a file: nothing that the pack knows to be secret is in it. */
export interface RecordedFinding {
    readonly policy: string;
    readonly policyId: PolicyId;
    /** Undefined where it is about the stack, or about something outside of it. */
    readonly urn: Urn | undefined;
    /** The VM that it concerns, by URN, where it does and the VM is in the stack. */
    readonly vm: Urn | undefined;
    /** What it says; undefined for one that an exemption took out, which nobody prints in full. */
    readonly message: Message | undefined;
    /** The exemption that took it out; undefined for a violation. */
    readonly exemption: { readonly reason: string; readonly expires: string } | undefined;
}

/** Findings of one policy that the engine gets as one, because it cannot take so many (ENG-31). */
export interface FindingsInOne {
    readonly policy: string;
    /** The resource that was asked about; undefined for a policy about the stack. */
    readonly urn: Urn | undefined;
    readonly count: number;
    readonly message: Message;
}

export function recordedFinding(
    policy: string,
    { policyId, subject, message }: { policyId: PolicyId; subject: RecordedSubject; message: Message },
    exemption?: { readonly reason: string; readonly expires: string },
): RecordedFinding {
    return {
        policy,
        policyId,
        urn: subject.urn,
        vm: subject.vm,
        message: exemption === undefined ? message : undefined,
        exemption: exemption && { reason: exemption.reason, expires: exemption.expires },
    };
}

interface RecordedSubject {
    readonly urn: Urn | undefined;
    readonly vm: Urn | undefined;
}
