import type { InputChange, Verdict } from "../src/findings/finding";
import type { Message } from "../src/findings/message";
import type { ProgramLanguage } from "../src/advice/program-language";

/** What a policy does: pure functions that know neither levels nor Pulumi. */
export interface Check<Subject, Parameters, Configuration> {
    evaluate(subject: Subject, configuration: Configuration): Iterable<Verdict<Parameters>>;
    /** The message for one violation: the only place in which this policy's words stand. */
    message(parameters: Parameters, circumstances: Circumstances): Message;
    /**
     * What would cure a violation, for people who set the policy's level to `remediate`. Never anything that cannot be
     * taken back.
     */
    remediation?(parameters: Parameters): readonly InputChange[];
}

/** By name. */
export type StackTags = ReadonlyMap<string, string>;

export interface Circumstances {
    /** True for a preview. Else the change has been made, and a message must not speak of it as still to come. */
    readonly dryRun: boolean;
    /** The language of the program, for snippets; undefined where nobody knows it, and then messages use words. */
    readonly language?: ProgramLanguage | undefined;
    /** The tags of the stack in Pulumi; none where nobody knows them. */
    readonly stackTags?: StackTags | undefined;
    /** True for an audit: the resources are what exists in Azure, and of no stack. */
    readonly inAzure?: boolean | undefined;
}
