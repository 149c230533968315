import { AZURE_NATIVE_READERS } from "../../../estate/readers/azure-native";
import { readersOf } from "../../../estate/readers/reader";
import { loadShapes } from "../../../offline/providers/sdk-types";
import { recordedReads } from "../../harness/recorded-reads";

const shapes = loadShapes();

/** What the SDK at hand does not have, and a reader asks for all the same. */
const NOT_IN_THIS_SDK: ReadonlySet<string> = new Set([
    // Version 2 of azure-native kept a resource's inputs in its outputs.
    "__inputs",
]);

describe.each([...AZURE_NATIVE_READERS])("azure-native:%s", (key, reader) => {
    const shape = shapes.resources[key];

    test("is a resource of the SDK", () => {
        expect(shape).toBeDefined();
    });

    test("names no property that the SDK does not know", () => {
        const reads = recordedReads(reader, `azure-native:${key}`, shape!, shapes);
        const unheard = reads.filter(({ input, output, path }) => !input && !output && !NOT_IN_THIS_SDK.has(path));
        expect(unheard.map(({ path }) => path)).toEqual([]);
        expect(reads.length).toBeGreaterThan(1);
    });
});

test("a misspelt path is noticed", () => {
    const reader = readersOf("azure-native", () => "existing")(
        "vault",
        { armType: "Microsoft.RecoveryServices/vaults", names: ["vaultName"] },
        ({ properties, identity }) => ({
            ...identity,
            location: properties.planned("properties", "publicNetworkAcces").text(),
        }),
    );
    const reads = recordedReads(
        reader,
        "azure-native:recoveryservices:Vault",
        shapes.resources["recoveryservices:Vault"]!,
        shapes,
    );
    const unheard = reads.filter(({ input, output, path }) => !input && !output && !NOT_IN_THIS_SDK.has(path));
    expect(unheard.map(({ path }) => path)).toEqual(["properties.publicNetworkAcces"]);
});
