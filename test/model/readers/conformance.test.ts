import { readersOf } from "../../../src/model/readers/reader";
import { nativeType, NOT_IN_THIS_SDK, readTypes, type ReadType } from "../../harness/reader-reads";

/** The properties that a reader names and the SDK does not have. */
function unheardOf({ reads }: ReadType): readonly string[] {
    return reads
        .filter(({ input, output, path }) => !input && !output && !NOT_IN_THIS_SDK.has(path))
        .map(({ path }) => path);
}

test.each(readTypes().map((type) => [type.token, type] as const))(
    "%s: no property that the SDK does not know",
    (_, type) => {
        expect(unheardOf(type)).toEqual([]);
        expect(type.reads.length).toBeGreaterThan(1);
    },
);

test("a misspelt path is noticed", () => {
    const misspelt = readersOf("azure-native", () => "existing")(
        "resource group",
        { armType: "Microsoft.RecoveryServices/vaults", names: ["vaultName"] },
        ({ properties }) => ({
            location: properties.planned("properties", "publicNetworkAcces").text(),
        }),
    );
    expect(unheardOf(nativeType("recoveryservices:Vault", misspelt))).toEqual(["properties.publicNetworkAcces"]);
});
