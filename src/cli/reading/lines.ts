import { isTooDeep, LONGEST } from "./json-elements";
import { UnreadableInput } from "./unreadable";

/**
 * The lines of a file that Pulumi wrote, one at a time. Unlike Node's own reader of lines it ends a line at a line feed
 * alone: JSON texts may hold other characters that end a line for people.
 */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
    let rest = "";
    let line = 0;
    const unreadable = (problem: string): UnreadableInput =>
        new UnreadableInput(file, `line ${line + 1}`, problem, "Give a file that Pulumi wrote.");
    const whole = (text: string): string => {
        if (isTooDeep(text)) {
            throw unreadable("It is nested too deeply.");
        }
        line += 1;
        return text;
    };
    for await (const text of textsOf(bytes, file)) {
        let start = 0;
        for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
            yield whole(rest + text.slice(start, end));
            rest = "";
            start = end + 1;
        }
        rest += text.slice(start);
        if (rest.length > LONGEST) {
            throw unreadable("It is a line without an end.");
        }
    }
    if (rest !== "") {
        yield whole(rest);
    }
}

/** The text of a file, piece by piece: larger ones do not fit into one string. */
export async function* textsOf(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const decode = (piece: Uint8Array | undefined): string => {
        try {
            return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
        } catch {
            throw new UnreadableInput(
                file,
                undefined,
                "It is not text in UTF-8.",
                "If PowerShell wrote it, write it again with: | Out-File -Encoding utf8",
            );
        }
    };
    for await (const piece of bytes) {
        yield decode(piece);
    }
    yield decode(undefined);
}
