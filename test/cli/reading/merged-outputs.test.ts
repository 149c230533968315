import * as fc from "fast-check";
import { UNKNOWN_VALUE as UNKNOWN } from "../../../src/model/property-bag";
import { mergedOutputs } from "../../../src/cli/reading/merged-outputs";

type Bag = Record<string, unknown>;

const DISKS = "/subscriptions/s/resourceGroups/shop/providers/Microsoft.Compute/disks";

const merged = (inputs: [Bag, Bag], outputs: [Bag, Bag]): Bag =>
    mergedOutputs({ inputs: inputs[0], outputs: outputs[0] }, { inputs: inputs[1], outputs: outputs[1] });

describe("the outputs after an update", () => {
    test("keep what no input speaks of, and what no input changes", () => {
        const before = { tags: { a: "1" }, size: "S1", vmName: "web" };
        expect(
            merged(
                [before, { ...before, size: "S2" }],
                [
                    { tags: { a: "1", byAzure: "yes" }, size: "S1", vmId: "1234", id: "/x", name: "web" },
                    { tags: { a: "1" }, size: "S2", vmId: UNKNOWN, id: UNKNOWN, name: "web", zones: UNKNOWN },
                ],
            ),
        ).toEqual({ tags: { a: "1", byAzure: "yes" }, size: "S2", vmId: "1234", id: "/x", name: "web" });
    });

    test("are unknown where the input is, and where an input goes", () => {
        expect(
            merged(
                [
                    { zone: "1", gone: "x", both: "z" },
                    { zone: UNKNOWN, both: "z" },
                ],
                [
                    { zone: "1", gone: "x", both: "z" },
                    { zone: "1", both: UNKNOWN },
                ],
            ),
        ).toEqual({ zone: UNKNOWN, gone: UNKNOWN, both: "z" });
    });

    test("lose a tag that goes and keep one that Azure has set", () => {
        expect(
            merged(
                [{ tags: { a: "1", b: "2" } }, { tags: { a: "1" } }],
                [{ tags: { a: "1", b: "2", byAzure: "yes" } }, { tags: { a: "1" } }],
            ),
        ).toEqual({ tags: { a: "1", byAzure: "yes" } });
    });

    test("have nothing that Azure does not answer", () => {
        const item = (disk: string): Bag => ({ details: { vmManagedDisks: [{ diskId: disk }], vaultId: "v" } });
        const answer = { details: { protectedManagedDisks: [{ diskId: "a" }], vaultId: "v" } };
        expect(merged([item("a"), item("b")], [answer, item("b")])).toEqual(answer);
    });

    test("take a list that was empty as the preview has it", () => {
        expect(merged([{ list: [] }, { list: ["a"] }], [{}, { list: ["a"] }])).toEqual({ list: ["a"] });
    });
});

describe("the disks of a VM after an update", () => {
    const os = { createOption: "Attach", managedDisk: { id: `${DISKS}/os` } };
    const osAnswer = { ...os, name: "os", managedDisk: { id: `${DISKS}/os`, storageAccountType: "Premium_LRS" } };
    const data = (lun: number, size: number): Bag => ({ lun, createOption: "Empty", diskSizeGB: size });
    const dataAnswer = (lun: number, size: number): Bag => ({
        ...data(lun, size),
        name: `data${lun}`,
        managedDisk: { id: `${DISKS}/data${lun}`, storageAccountType: "Premium_LRS" },
    });
    const dataPreview = (lun: number, size: number): Bag => ({
        ...data(lun, size),
        name: UNKNOWN,
        managedDisk: UNKNOWN,
    });
    const profile = (osDisk: Bag, dataDisks: readonly Bag[]): Bag => ({ storageProfile: { osDisk, dataDisks } });

    test("the former disk tells nothing of the one that takes its place", () => {
        const now = { createOption: "Attach", managedDisk: { id: UNKNOWN } };
        const preview = { ...now, name: UNKNOWN, managedDisk: { id: UNKNOWN, storageAccountType: UNKNOWN } };
        expect(
            merged(
                [profile(os, [data(0, 10)]), profile(now, [data(0, 10)])],
                [profile(osAnswer, [dataAnswer(0, 10)]), profile(preview, [dataPreview(0, 10)])],
            ),
        ).toEqual(profile(preview, [dataAnswer(0, 10)]));
    });

    test("a disk that the program comes to name is the one that Azure made", () => {
        const now = { ...data(0, 10), managedDisk: { id: `${DISKS}/DATA0` } };
        const preview = { ...now, name: UNKNOWN, managedDisk: { id: `${DISKS}/DATA0`, storageAccountType: UNKNOWN } };
        const result = merged(
            [profile(os, [data(0, 10)]), profile(os, [now])],
            [profile(osAnswer, [dataAnswer(0, 10)]), profile(osAnswer, [preview])],
        );
        expect(result).toEqual(
            profile(osAnswer, [
                {
                    ...dataAnswer(0, 10),
                    managedDisk: { id: `${DISKS}/DATA0`, storageAccountType: "Premium_LRS" },
                },
            ]),
        );
    });

    test("are told apart by LUN when one of them goes", () => {
        expect(
            merged(
                [profile(os, [data(0, 10), data(1, 20), data(2, 30)]), profile(os, [data(2, 30), data(1, 40)])],
                [
                    profile(osAnswer, [dataAnswer(0, 10), dataAnswer(1, 20), dataAnswer(2, 30)]),
                    profile(osAnswer, [dataPreview(2, 30), dataPreview(1, 40)]),
                ],
            ),
        ).toEqual(profile(osAnswer, [dataAnswer(2, 30), { ...dataAnswer(1, 20), diskSizeGB: 40 }]));
    });

    test("are not taken for each other where Azure's list is not the program's", () => {
        expect(
            merged(
                [profile(os, [data(0, 10), data(1, 20)]), profile(os, [data(0, 10), data(1, 30)])],
                [
                    profile(osAnswer, [dataAnswer(1, 20), dataAnswer(0, 10)]),
                    profile(osAnswer, [dataPreview(0, 10), dataPreview(1, 30)]),
                ],
            ),
        ).toEqual(profile(osAnswer, [dataPreview(0, 10), dataPreview(1, 30)]));
    });

    test("a new one has what the preview knows", () => {
        expect(
            merged(
                [profile(os, []), profile(os, [data(0, 10)])],
                [profile(osAnswer, []), profile(osAnswer, [dataPreview(0, 10)])],
            ),
        ).toEqual(profile(osAnswer, [dataPreview(0, 10)]));
    });
});

describe("whatever the properties are called and hold", () => {
    const name = fc.constantFrom("a", "b", "c", "name", "size", "__proto__", "constructor", "toString");
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const values = (withUnknown: boolean) =>
        fc.letrec((tie) => ({
            value: fc.oneof(
                { depthSize: "small", maxDepth: 4 },
                withUnknown ? fc.oneof(scalar, fc.constant(UNKNOWN)) : scalar,
                fc.array(tie("value"), { maxLength: 3 }),
                fc.dictionary(name, tie("value"), { maxKeys: 4 }),
            ),
        })).value;
    const bags = (withUnknown: boolean) => fc.dictionary(name, values(withUnknown), { maxKeys: 5 });
    const known = bags(false);
    const planned = bags(true);
    const text = (value: unknown): string => JSON.stringify(value);

    test("with the same inputs, the former outputs stay", () => {
        fc.assert(
            fc.property(known, known, planned, (inputs, before, preview) => {
                const result = merged([inputs, inputs], [before, preview]);
                // Nothing and null are the same, and of what was nothing a preview may know something.
                for (const each of Object.keys(before).filter((key) => get(before, key) !== null)) {
                    expect(get(result, each)).toEqual(get(before, each));
                }
            }),
        );
    });

    test("a second merge changes nothing", () => {
        fc.assert(
            fc.property(known, planned, known, planned, (inputs, changed, before, preview) => {
                const memoize = merged([inputs, changed], [before, preview]);
                expect(merged([changed, changed], [memoize, memoize])).toEqual(memoize);
            }),
        );
    });

    test("nothing is known where the new input is unknown", () => {
        fc.assert(
            fc.property(known, planned, known, planned, (inputs, changed, before, preview) => {
                expectUnknown(changed, merged([inputs, changed], [before, preview]));
            }),
        );
    });

    test("what was given is not changed", () => {
        fc.assert(
            fc.property(known, planned, known, planned, (inputs, changed, before, preview) => {
                const given = text([inputs, changed, before, preview]);
                merged([inputs, changed], [before, preview]);
                expect(text([inputs, changed, before, preview])).toBe(given);
            }),
        );
    });

    function get(bag: unknown, key: string): unknown {
        return Object.getOwnPropertyDescriptor(Object(bag), key)?.value as unknown;
    }

    function expectUnknown(input: unknown, output: unknown): void {
        if (input === UNKNOWN) {
            expect([UNKNOWN, undefined]).toContain(output);
        } else if (typeof input === "object" && input !== null && typeof output === "object" && output !== null) {
            for (const each of Object.keys(input)) {
                expectUnknown(get(input, each), get(output, each));
            }
        }
    }
});
