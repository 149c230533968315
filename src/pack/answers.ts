import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeDiagnostic, AnalyzeResponse, RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { isInternalError } from "../findings/internal-error";
import { manyInOne, type Common } from "../findings/many-in-one";
import type { Message } from "../findings/message";
import type { FindingsInOne } from "../findings/record";
import { formatMessage, headlineIn, type PolicyReference } from "../findings/text";
import { forDisplay } from "../findings/plain-text";

/**
 * The most bytes that the pack answers with. Pulumi's host for programs in Node takes 4 MiB (ENG-31), and with more than
 * that the whole run fails, and no finding is shown at all.
 */
export const LARGEST_ANSWER = 3 * 1024 * 1024;

/** What this needs to know of a policy whose findings go into one. */
export interface AnsweringPolicy extends PolicyReference, Common {
    readonly scope: "resource" | "stack";
}

/** By the name of the policy. */
export type AnsweringPolicies = ReadonlyMap<string, AnsweringPolicy>;

/** Gets what goes into one, for the record. */
export type NoteInOne = (inOne: FindingsInOne) => void;

/** The findings of one policy at one level, in the order in which they were found. */
interface Group {
    readonly policy: AnsweringPolicy;
    readonly first: AnalyzeDiagnostic;
    readonly all: AnalyzeDiagnostic[];
    readonly headlines: string[];
    bytes: number;
}

/**
 * Makes an answer fit. The findings of a policy are told one by one or, where that is too much, in one that counts for all;
 * the room goes to the most severe first. That a policy could not run is always reported in full.
 */
export function fit(
    response: AnalyzeResponse,
    policies: AnsweringPolicies,
    note: NoteInOne = () => undefined,
    largest = LARGEST_ANSWER,
): void {
    const { groups, others } = grouped(response.getDiagnosticsList(), policies);
    const inOrder = [...groups].sort(
        (a, b) =>
            b.first.getEnforcementlevel() - a.first.getEnforcementlevel() ||
            b.first.getSeverity() - a.first.getSeverity() ||
            (a.policy.id < b.policy.id ? -1 : 1),
    );
    const told = inOrder.map((group) => {
        const message = manyInOne(group.headlines, group.policy);
        return { group, message, diagnostic: inOne(group, message) };
    });
    response.setDiagnosticsList([...others, ...told.map(({ diagnostic }) => diagnostic)]);
    let left = largest - response.serializeBinary().length;
    response.setDiagnosticsList([
        ...others,
        ...told.flatMap(({ group, message, diagnostic }) => {
            const more = group.bytes - bytesOf(diagnostic);
            if (more > left) {
                const { policy, first, all } = group;
                const urn = policy.scope === "resource" ? first.getUrn() : undefined;
                note({ policy: policy.name, urn, count: all.length, message });
                return [diagnostic];
            }
            left -= more;
            return group.all;
        }),
    ]);
}

function grouped(
    diagnostics: readonly AnalyzeDiagnostic[],
    policies: AnsweringPolicies,
): {
    readonly groups: readonly Group[];
    readonly others: readonly AnalyzeDiagnostic[];
} {
    const groups = new Map<string, Group>();
    const others: AnalyzeDiagnostic[] = [];
    for (const diagnostic of diagnostics) {
        const policy = policies.get(diagnostic.getPolicyname());
        const headline = headlineIn(diagnostic.getMessage())?.headline;
        if (policy === undefined || headline === undefined || isInternalError({ headline })) {
            others.push(diagnostic);
            continue;
        }
        const key = `${policy.id} ${diagnostic.getEnforcementlevel()}`;
        const group = groups.get(key) ?? { policy, first: diagnostic, all: [], headlines: [], bytes: 0 };
        groups.set(key, group);
        group.all.push(diagnostic);
        group.headlines.push(headline);
        group.bytes += bytesOf(diagnostic);
    }
    return { groups: [...groups.values()], others };
}

/** As one of the list in an answer: with the number of the list, and with its own length in groups of seven bits. */
function bytesOf(diagnostic: AnalyzeDiagnostic): number {
    const { length } = diagnostic.serializeBinary();
    return 1 + Math.ceil(Math.log2(length + 1) / 7) + length;
}

/** On no resource in particular, so that the engine tells it on what it has asked about. */
function inOne({ policy, first }: Group, message: Message): AnalyzeDiagnostic {
    const diagnostic = first.cloneMessage();
    diagnostic.setMessage(`${first.getDescription()}\n${forDisplay(formatMessage(policy, message))}`);
    diagnostic.setUrn("");
    return diagnostic;
}

/** Characters are never more than bytes: bytes of an answer that is far too large need not be made to be counted. */
function isSurelyTooLarge(response: AnalyzeResponse): boolean {
    let characters = 0;
    for (const diagnostic of response.getDiagnosticsList()) {
        characters += diagnostic.getMessage().length;
    }
    return characters > LARGEST_ANSWER;
}

type Write<Response> = (response: Response) => Buffer;

function fitting(write: Write<AnalyzeResponse>, policies: AnsweringPolicies, note: NoteInOne): Write<AnalyzeResponse> {
    return (response) => {
        const bytes = isSurelyTooLarge(response) ? undefined : write(response);
        if (bytes !== undefined && bytes.length <= LARGEST_ANSWER) {
            return bytes;
        }
        fit(response, policies, note);
        return write(response);
    };
}

/** Inputs that are too large to be handed back stay as they are: the policy then finds what it could not mend. */
function fittingRemediations(write: Write<RemediateResponse>): Write<RemediateResponse> {
    return (response) => {
        const bytes = write(response);
        if (bytes.length <= LARGEST_ANSWER) {
            return bytes;
        }
        response.clearRemediationsList();
        return write(response);
    };
}

let isLimited = false;

/** Before the SDK serves: it asks for these functions once (SEE-33). */
export function limitAnswers(policies: AnsweringPolicies, note: NoteInOne): void {
    if (isLimited) {
        return;
    }
    isLimited = true;
    const { analyze, analyzeStack, remediate } = AnalyzerService;
    analyze.responseSerialize = fitting(analyze.responseSerialize, policies, note);
    analyzeStack.responseSerialize = fitting(analyzeStack.responseSerialize, policies, note);
    remediate.responseSerialize = fittingRemediations(remediate.responseSerialize);
}
