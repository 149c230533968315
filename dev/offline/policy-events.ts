// What Pulumi's event log says about policies (ENG-07). A log is one engine event a line.
import { readFileSync } from "node:fs";

export interface PolicyEvent {
    /** The policy's id, for instance "BCDR110"; undefined where the message names none. */
    readonly rule: string | undefined;
    readonly urn: string;
    readonly level: string;
    readonly policy: string;
    /** The policy's description in the first line, what was found from the second on. */
    readonly message: string;
}

interface EngineEvent {
    readonly policyEvent?: {
        readonly resourceUrn?: string;
        readonly message: string;
        readonly policyName: string;
        readonly enforcementLevel: string;
    };
}

const policyOf = (message: string): string | undefined => /\[(BCDR\d{3})\]/.exec(message)?.[1];

/** The last part of a URN: the name that the program gives a resource. */
export const resourceName = (urn: string): string => urn.split("::").slice(3).join("::");

// The engine colours messages with its own marks, such as <{%reset%}>.
const withoutMarks = (message: string): string => message.replace(/<\{%.*?%\}>/g, "");

/** The violations in a text of engine events, one a line. Other lines are passed over. */
export const policyEvents = (text: string): readonly PolicyEvent[] =>
    text
        .split("\n")
        .filter((line) => line.includes('"policyEvent"'))
        .flatMap((line) => (JSON.parse(line) as EngineEvent).policyEvent ?? [])
        .map((event) => {
            const message = withoutMarks(event.message);
            return {
                rule: policyOf(message),
                urn: event.resourceUrn ?? "",
                level: event.enforcementLevel,
                policy: event.policyName,
                message,
            };
        });

/** The violations in a file that `--event-log` wrote. */
export const readPolicyEvents = (file: string): readonly PolicyEvent[] => policyEvents(readFileSync(file, "utf8"));
