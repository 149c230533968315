import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzeDiagnostic, AnalyzeResponse, RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { isInternalError } from "../findings/internal-error";
import { manyInOne, type Common } from "../findings/many-in-one";
import { formatMessage, parseMessage } from "../findings/text";
import { forDisplay } from "../findings/plain-text";
import type { PolicyId } from "../findings/policy-id";

/**
 * The most bytes that the pack answers with. Pulumi's host for programs in Node takes 4 MiB (ENG-31), and with more than
 * that the whole run fails, and no finding is shown at all.
 */
export const LARGEST_ANSWER = 3 * 1024 * 1024;

type CommonByPolicy = ReadonlyMap<PolicyId, Common>;

/** The findings of one policy at one level, in the order in which they were found. */
interface Group {
    readonly policyId: PolicyId;
    readonly first: AnalyzeDiagnostic;
    readonly all: AnalyzeDiagnostic[];
    readonly headlines: string[];
    bytes: number;
}

/**
 * Makes an answer fit. The findings of a policy are told one by one or, where that is too much, in one that counts for all;
 * the room goes to the most severe first. That a check could not be made is always told as it is.
 */
export function fit(response: AnalyzeResponse, common: CommonByPolicy, largest = LARGEST_ANSWER): void {
    const { groups, others } = grouped(response.getDiagnosticsList());
    const inOrder = [...groups].sort(
        (a, b) =>
            b.first.getEnforcementlevel() - a.first.getEnforcementlevel() ||
            b.first.getSeverity() - a.first.getSeverity() ||
            (a.policyId < b.policyId ? -1 : 1),
    );
    const told = inOrder.map((group) => ({ group, inOne: inOne(group, common) }));
    response.setDiagnosticsList([...others, ...told.map(({ inOne: diagnostic }) => diagnostic)]);
    let left = largest - response.serializeBinary().length;
    response.setDiagnosticsList([
        ...others,
        ...told.flatMap(({ group, inOne: diagnostic }) => {
            const more = group.bytes - bytesOf(diagnostic);
            if (more > left) {
                return [diagnostic];
            }
            left -= more;
            return group.all;
        }),
    ]);
}

function grouped(diagnostics: readonly AnalyzeDiagnostic[]): {
    readonly groups: readonly Group[];
    readonly others: readonly AnalyzeDiagnostic[];
} {
    const groups = new Map<string, Group>();
    const others: AnalyzeDiagnostic[] = [];
    for (const diagnostic of diagnostics) {
        const parsed = parseMessage(diagnostic.getMessage());
        if (parsed === undefined || isInternalError(parsed.message)) {
            others.push(diagnostic);
            continue;
        }
        const { policyId, message } = parsed;
        const key = `${policyId} ${diagnostic.getPolicyname()} ${diagnostic.getEnforcementlevel()}`;
        const group = groups.get(key) ?? { policyId, first: diagnostic, all: [], headlines: [], bytes: 0 };
        groups.set(key, group);
        group.all.push(diagnostic);
        group.headlines.push(message.headline);
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
function inOne({ policyId, first, headlines }: Group, common: CommonByPolicy): AnalyzeDiagnostic {
    const { finds, remediation } = common.get(policyId) ?? {
        finds: first.getDescription(),
        remediation: "See its page.",
    };
    const message = forDisplay(formatMessage(policyId, manyInOne(headlines, { finds, remediation })));
    const diagnostic = first.cloneMessage();
    diagnostic.setMessage(`${first.getDescription()}\n${message}`);
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

function fitting(write: Write<AnalyzeResponse>, common: CommonByPolicy): Write<AnalyzeResponse> {
    return (response) => {
        const bytes = isSurelyTooLarge(response) ? undefined : write(response);
        if (bytes !== undefined && bytes.length <= LARGEST_ANSWER) {
            return bytes;
        }
        fit(response, common);
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
export function limitAnswers(common: CommonByPolicy): void {
    if (isLimited) {
        return;
    }
    isLimited = true;
    const { analyze, analyzeStack, remediate } = AnalyzerService;
    analyze.responseSerialize = fitting(analyze.responseSerialize, common);
    analyzeStack.responseSerialize = fitting(analyzeStack.responseSerialize, common);
    remediate.responseSerialize = fittingRemediations(remediate.responseSerialize);
}
