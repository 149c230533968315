import type { Urn } from "../../estate/planned-resource";
import { own } from "../../estate/property-bag";
import { elementsIn, Unbounded } from "./json-elements";
import { isRecord, objectIn, placeOfTear, textIn } from "./json";
import { UnreadableInput } from "./unreadable";

const PRINT_DIGEST = "Give what pulumi preview --json printed, without PULUMI_ENABLE_STREAMING_JSON_PREVIEW.";

/**
 * Where resources are declared, by URN, from the document that `pulumi preview --json` writes.
 *
 * @throws UnreadableInput
 */
export async function readDigest(
    texts: AsyncIterable<string> | Iterable<string>,
    name: string,
): Promise<ReadonlyMap<Urn, string>> {
    const positions = new Map<Urn, string>();
    let count = 0;
    const parse = (text: string, position: string | undefined): Readonly<Record<string, unknown>> => {
        const object = objectIn(text);
        if (object === undefined) {
            const problem = "It is no digest of a preview: torn, or something else.";
            const last = count === 0 ? undefined : `steps[${count - 1}]`;
            throw new UnreadableInput(name, position ?? placeOfTear(text, last), problem, PRINT_DIGEST);
        }
        return object;
    };
    const take = (text: string): void => {
        const step = parse(text, `steps[${count}]`);
        count += 1;
        const urn = textIn(step, "urn");
        const states = [own(step, "newState"), own(step, "oldState")];
        const position = states.flatMap((state) => (isRecord(state) ? (textIn(state, "sourcePosition") ?? []) : []))[0];
        if (urn !== undefined && position !== undefined) {
            positions.set(urn, position);
        }
    };
    const rest = await elementsIn(texts, [["steps"]], take).catch((error: unknown) => {
        throw error instanceof Unbounded
            ? new UnreadableInput(
                  name,
                  count === 0 ? `character ${error.at}` : `after steps[${count - 1}]`,
                  error.message,
                  PRINT_DIGEST,
              )
            : error;
    });
    if (!isDigest(Object.keys(parse(rest, undefined)))) {
        throw new UnreadableInput(name, undefined, "It is no digest of a preview.", PRINT_DIGEST);
    }
    return positions;
}

/** Told by the names of the document's properties. */
export function isDigest(names: readonly string[]): boolean {
    return ["steps", "changeSummary", "diagnostics"].some((name) => names.includes(name));
}
