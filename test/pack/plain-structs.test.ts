import fc from "fast-check";
import { readPlainStructs } from "../../src/pack/plain-structs";
import { structs } from "../../dev/offline/providers/wire";
import { plainStruct } from "./plain-struct";

const { Struct } = structs;

/** What the library reads by itself stands beside each example, because afterwards nothing in this process does. */
const examples = fc.sample(plainStruct, { numRuns: 300, seed: 1 }).map((plain) => {
    const bytes = Struct.fromJavaScript(plain).serializeBinary();
    const message = Struct.deserializeBinary(bytes);
    return { bytes, plain: message.toJavaScript(), object: message.toObject() };
});

beforeAll(() => {
    readPlainStructs();
});

test("gives the values that the library gives", () => {
    for (const { bytes, plain } of examples) {
        expect(Struct.deserializeBinary(bytes).toJavaScript()).toEqual(plain);
    }
});

test("gives the library's messages to whoever asks for them", () => {
    for (const { bytes, plain, object } of examples) {
        const message = Struct.deserializeBinary(bytes);
        expect(message.toObject()).toEqual(object);
        expect(message.toJavaScript()).toEqual(plain);
        expect(Struct.deserializeBinary(message.serializeBinary()).toJavaScript()).toEqual(plain);
    }
});

test("passes over fields that it does not know, as later versions of the protocol may have them", () => {
    // Field 9 of the struct, then an entry { 1: "a", 2: { 4: true, 9: "new" }, 9: "new" }.
    const added = [0x4a, 0x03, ...Buffer.from("new")];
    const value = [0x20, 0x01, ...added];
    const entry = [0x0a, 0x01, ...Buffer.from("a"), 0x12, value.length, ...value, ...added];
    const struct = Struct.deserializeBinary(Uint8Array.of(...added, 0x0a, entry.length, ...entry));
    expect(struct.toJavaScript()).toEqual({ a: true });
});

test("does not give away what it keeps: the SDK puts the level into the configuration of a policy", () => {
    const message = Struct.deserializeBinary(Struct.fromJavaScript({ a: 1 }).serializeBinary());
    Object.assign(message.toJavaScript(), { enforcementLevel: "mandatory" });
    expect(message.toJavaScript()).toEqual({ a: 1 });
});

test("leaves structs alone that were not read", () => {
    expect(Struct.fromJavaScript({ a: [1, { b: null }] }).toJavaScript()).toEqual({ a: [1, { b: null }] });
});
