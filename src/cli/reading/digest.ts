import type { Urn } from "../../model/planned-resource";
import { own } from "../../model/property-bag";
import { type RecordedPlace, recordedPlaceIn } from "../sources/source-position";
import { elementsIn, Unbounded } from "./json-elements";
import { isRecord, objectIn, placeOfTear, textIn } from "./json";
import { UnreadableInput } from "./unreadable";

const PRINT_DIGEST = "Give what pulumi preview --json printed, without PULUMI_ENABLE_STREAMING_JSON_PREVIEW.";

/**
 * Where the program makes resources in the run of which `pulumi preview --json` wrote this document. Without `--show-sames`
 * it has only those that the plan changes. The place in an old state is that of the last deployment, and does not count.
 *
 * @throws UnreadableInput
 */
export async function readDigest(
    texts: AsyncIterable<string> | Iterable<string>,
    name: string,
): Promise<ReadonlyMap<Urn, RecordedPlace>> {
    const places = new Map<Urn, RecordedPlace>();
    let count = 0;
    const parse = (text: string, position: string | undefined): Readonly<Record<string, unknown>> => {
        const object = objectIn(text);
        if (object === undefined) {
            const problem = "This is not a complete preview digest.";
            const last = count === 0 ? undefined : `steps[${count - 1}]`;
            throw new UnreadableInput(name, position ?? placeOfTear(text, last), problem, PRINT_DIGEST);
        }
        return object;
    };
    const take = (text: string): void => {
        const step = parse(text, `steps[${count}]`);
        count += 1;
        const urn = textIn(step, "urn");
        const state = own(step, "newState");
        const place = isRecord(state) ? recordedPlaceIn(state) : undefined;
        if (urn !== undefined && place !== undefined) {
            places.set(urn, place);
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
    return places;
}

/** Told by the names of the document's properties. */
export function isDigest(names: readonly string[]): boolean {
    return ["steps", "changeSummary", "diagnostics"].some((name) => names.includes(name));
}
