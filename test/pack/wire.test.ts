import fc from "fast-check";
import { WireBag } from "../../src/pack/wire";
import { LazyBag, Property } from "../../src/model/property-bag";
import { structs } from "../../dev/offline/providers/wire";
import { plainStruct, type Plain } from "./plain-struct";

const { Struct } = structs;

/** In the middle of other bytes, as in a request. */
function bagOf(plain: Plain): WireBag {
    const bytes = Buffer.from(Struct.fromJavaScript(plain).serializeBinary());
    return new WireBag(Buffer.concat([Buffer.from("before"), bytes, Buffer.from("after")]), 6, 6 + bytes.length);
}

function asPlain(value: unknown): unknown {
    if (value instanceof LazyBag) {
        return Object.fromEntries(value.names().map((name) => [name, asPlain(value.get(name))]));
    }
    return Array.isArray(value) ? value.map(asPlain) : value;
}

test("gives the values that the library gives, property by property and as a whole", () => {
    fc.assert(
        fc.property(plainStruct, (plain) => {
            const expected = Struct.deserializeBinary(Struct.fromJavaScript(plain).serializeBinary()).toJavaScript();
            const bag = bagOf(plain);
            expect(asPlain(bag)).toEqual(expected);
            expect(bag.whole()).toEqual(expected);
        }),
        { numRuns: 300 },
    );
});

test("has no property but those that it holds", () => {
    const bag = bagOf({ abc: 1, ü: 2 });
    expect(["ab", "abd", "abcd", "toString", "é", ""].map((name) => bag.get(name))).toEqual(Array(6).fill(undefined));
    expect([bag.get("abc"), bag.get("ü")]).toEqual([1, 2]);
});

test("tells texts apart that look alike byte by byte", () => {
    // "Ã©" is what the bytes of "é" are, taken for Latin-1.
    const texts = ["Ã©", "é", "Ã©", "e\u0301", "é"];
    expect(texts.map((text) => bagOf({ a: text }).get("a"))).toEqual(texts);
});

test("is read like any other bag", () => {
    // In the order in which the library writes them.
    const plain = { empty: null, list: [{ id: "x" }, "y"], none: {}, tags: { a: "1" } };
    const [lazy, eager] = [Property.of(bagOf(plain)), Property.of(plain)];
    for (const read of [
        (of: Property) => of.at("tags").texts(),
        (of: Property) => of.at("tags").names(),
        (of: Property) => of.at("list").raw(),
        (of: Property) => of.at("tags").raw(),
        (of: Property) => of.raw(),
        (of: Property) => of.at("list").list(),
        (of: Property) => of.at("none").exists(),
        (of: Property) => of.at("empty").exists(),
        (of: Property) => of.at("absent").exists(),
    ]) {
        const [got, expected] = [read(lazy), read(eager)];
        expect(JSON.stringify(got, (_, value: unknown) => (value instanceof LazyBag ? value.whole() : value))).toEqual(
            JSON.stringify(expected),
        );
    }
});

test("passes over fields that it does not know, as later versions of the protocol may have them", () => {
    // Field 9 of the struct, then an entry { 1: "a", 2: { 4: true, 9: "new" }, 9: "new" }.
    const added = [0x4a, 0x03, ...Buffer.from("new")];
    const value = [0x20, 0x01, ...added];
    const entry = [0x0a, 0x01, ...Buffer.from("a"), 0x12, value.length, ...value, ...added];
    const bytes = Buffer.from([...added, 0x0a, entry.length, ...entry]);
    const bag = new WireBag(bytes, 0, bytes.length);
    expect([bag.get("a"), bag.names(), bag.whole()]).toEqual([true, ["a"], { a: true }]);
});

test("does not read beyond the end of a request", () => {
    const bytes = Buffer.from([0x0a, 0x20, 0x0a, 0x01]);
    expect(() => new WireBag(bytes, 0, bytes.length).get("a")).toThrow("A request ends in the middle of a message.");
});
