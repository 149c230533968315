import * as fc from "fast-check";

import { fingerprints, type Fingerprinted } from "../../../src/cli/judging/fingerprint";

const urn = (name: string): string => `urn:pulumi:dev::fleet::azure-native:compute:VirtualMachine::${name}`;

const web: Fingerprinted = { policyId: "BCDR121", urn: urn("web"), name: "web-vm" };

/** Findings of which several may share policy and URN. */
const anyFinding: fc.Arbitrary<Fingerprinted> = fc.record({
    policyId: fc.constantFrom("BCDR101" as const, "BCDR121" as const),
    urn: fc.option(fc.constantFrom(urn("web"), urn("db"), urn("")), { nil: undefined }),
    name: fc.constantFrom("web", "db", urn("web")),
});

const same = (a: Fingerprinted, b: Fingerprinted): boolean =>
    a.policyId === b.policyId && a.urn === b.urn && (a.urn !== undefined || a.name === b.name);

test("is what it has been from the first version on", () => {
    expect(fingerprints([web, web, { ...web, urn: undefined }])).toEqual([
        "f0548d73b3138f3fe4be92143a21f29d",
        "c6311371de5811576b75feedb86e2690",
        "e417e05f5c2e0ea05226a1d284ce7607",
    ]);
});

test("does not hold what Azure names by itself, where the resource is in the stack", () => {
    expect(fingerprints([{ ...web, name: "web1f3a9b" }])).toEqual(fingerprints([web]));
});

test.each<[string, Partial<Fingerprinted>]>([
    ["another policy", { policyId: "BCDR101" }],
    ["another resource", { urn: urn("db") }],
    ["a resource outside of the stack", { urn: undefined }],
    ["a resource outside of the stack whose name is that URN", { urn: undefined, name: urn("web") }],
])("tells %s", (_, over) => {
    expect(fingerprints([{ ...web, ...over }])).not.toEqual(fingerprints([web]));
});

test("no two of one run are the same", () => {
    fc.assert(
        fc.property(fc.array(anyFinding, { maxLength: 30 }), (findings) => {
            expect(new Set(fingerprints(findings)).size).toBe(findings.length);
        }),
    );
});

test("stays whatever other findings come, go and change places", () => {
    fc.assert(
        fc.property(anyFinding, fc.array(anyFinding), fc.array(anyFinding), (finding, before, after) => {
            const unrelated = (others: readonly Fingerprinted[]): readonly Fingerprinted[] =>
                others.filter((other) => !same(other, finding));
            const front = unrelated(before);
            const all = [...front, finding, finding, ...unrelated(after)];
            expect(fingerprints(all).slice(front.length, front.length + 2)).toEqual(fingerprints([finding, finding]));
        }),
    );
});

test("is 32 hexadecimal digits, whatever the names", () => {
    fc.assert(
        fc.property(fc.string({ unit: "binary" }), fc.option(fc.string(), { nil: undefined }), (name, any) => {
            expect(fingerprints([{ policyId: "BCDR101", urn: any, name }])[0]).toMatch(/^[0-9a-f]{32}$/);
        }),
    );
});
