import { createInterface } from "node:readline/promises";
import { UsageError } from "./usage-error";

/** Shows a question and gives the answer, a line. */
export type Ask = (question: string) => Promise<string>;

/**
 * Lets `work` ask at the terminal.
 *
 * @throws UsageError if the input ends, or Ctrl-C ends it, before an answer
 */
export async function atTerminal<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result> {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const ended = new Promise<never>((_, reject) => {
        terminal.once("close", () => reject(new UsageError("Nothing was written, because a question has no answer.")));
    });
    try {
        return await Promise.race([work((question) => terminal.question(question)), ended]);
    } finally {
        ended.catch(() => undefined);
        terminal.close();
    }
}
