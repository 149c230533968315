import fc from "fast-check";
import { structs } from "../../dev/offline/providers/wire";

export type Plain = Parameters<typeof structs.Struct.fromJavaScript>[0];

/** Whatever a struct of Protocol Buffers can hold; long texts, because their length takes more than a byte. */
export const plainStruct = fc.dictionary(
    fc.string({ unit: "grapheme" }),
    fc.letrec<{ value: unknown }>((tie) => ({
        value: fc.oneof(
            { depthSize: "small" },
            fc.constant(null),
            fc.boolean(),
            fc.double({ noNaN: true }),
            fc.string({ unit: "binary" }),
            fc.string({ minLength: 120, maxLength: 140 }),
            fc.array(tie("value")),
            fc.dictionary(fc.string(), tie("value")),
        ),
    })).value,
) as fc.Arbitrary<Plain>;
