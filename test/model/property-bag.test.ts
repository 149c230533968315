import { ABSENT, known, unknown, type Value } from "../../src/model/values";
import { Property, type PropertyBag } from "../../src/model/property-bag";

// The SDK's own wrapper: what a policy gets is read through it, and it throws wherever an unknown is touched (SEE-07).
const sdk = require("@pulumi/policy/proxy") as Readonly<Record<string, unknown>> & {
    readonly unknownCheckingProxy: (bag: object) => PropertyBag;
};

const SENTINELS = Object.entries(sdk).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && /^unknown[A-Z]\w*Value$/.test(entry[0]),
);
const UNKNOWN = sdk["unknownStringValue"] as string;

/** By way of JSON, as it comes over the wire. */
function bag(json: string | object): Property {
    const text = typeof json === "string" ? json : JSON.stringify(json);
    return Property.of(sdk.unknownCheckingProxy(JSON.parse(text) as object));
}

test("the SDK's wrapper really throws, so that these tests can fail", () => {
    const wrapped = sdk.unknownCheckingProxy({ name: UNKNOWN });
    expect(() => wrapped["name"]).toThrow("can't be known during preview");
});

describe("unknown", () => {
    test("the SDK knows the kinds of unknown that it knew", () => {
        expect(SENTINELS.map(([name]) => name).sort()).toEqual([
            "unknownArchiveValue",
            "unknownArrayValue",
            "unknownAssetValue",
            "unknownBooleanValue",
            "unknownNumberValue",
            "unknownObjectValue",
            "unknownStringValue",
        ]);
    });

    test.each(SENTINELS)("%s, whatever it is read as", (_, sentinel) => {
        const property = bag({ it: sentinel }).at("it");
        expect(property.state).toBe("unknown");
        expect(property.text()).toEqual(unknown("it"));
        expect(property.flag()).toEqual(unknown("it"));
        expect(property.number()).toEqual(unknown("it"));
        expect(property.list()).toEqual(unknown("it"));
        expect(property.texts()).toEqual(unknown("it"));
    });

    test("what lies below is decided by the place that is unknown", () => {
        const property = bag({ storageProfile: UNKNOWN }).at("storageProfile", "osDisk", "managedDisk");
        expect(property.at("id").text()).toEqual(unknown("storageProfile"));
        expect(property.path).toBe("storageProfile.osDisk.managedDisk");
    });

    test("deep down, with the whole path as a program writes it", () => {
        const places = bag({ storageProfile: { dataDisks: [{ lun: 0 }, { managedDisk: { id: UNKNOWN } }] } })
            .at("storageProfile")
            .at("dataDisks")
            .list();
        const ids = places.state === "known" ? places.value.map((place) => place.at("managedDisk", "id").text()) : [];
        expect(ids).toEqual([ABSENT, unknown("storageProfile.dataDisks[1].managedDisk.id")]);
    });

    test("known siblings read as if nothing were (SEE-08)", () => {
        const properties = bag({
            resourceGroupName: UNKNOWN,
            creationData: { sourceUri: UNKNOWN, createOption: "Copy" },
        });
        expect(properties.at("creationData", "createOption").text()).toEqual(known("Copy"));
        expect(properties.at("resourceGroupName").text()).toEqual(unknown("resourceGroupName"));
    });

    test("an element of a list", () => {
        const zones = bag({ zones: ["1", UNKNOWN, "3"] })
            .at("zones")
            .list();
        expect(zones.state === "known" && zones.value.map((zone) => zone.text())).toEqual([
            known("1"),
            unknown("zones[1]"),
            known("3"),
        ]);
    });

    test("the value of a tag: the tag is there", () => {
        expect(
            bag({ tags: { owner: UNKNOWN, env: "prod" } })
                .at("tags")
                .texts(),
        ).toEqual(
            known(
                new Map<string, Value<string>>([
                    ["owner", unknown("tags.owner")],
                    ["env", known("prod")],
                ]),
            ),
        );
    });

    test("a sentinel as part of a longer text is a text", () => {
        expect(
            bag({ id: `${UNKNOWN}/x` })
                .at("id")
                .text(),
        ).toEqual(known(`${UNKNOWN}/x`));
    });

    test("a bag of which nothing is known names the place that decides", () => {
        expect(Property.unknown().at("properties", "disks").text()).toEqual(unknown("properties"));
        expect(Property.unknown().at("properties").at("disks").list()).toEqual(unknown("properties"));
    });
});

describe("absent", () => {
    test.each<[string, unknown]>([
        ["null", null],
        ["an empty text", ""],
        ["a number", 7],
        ["a flag", true],
        ["a list", ["x"]],
        ["an object", { text: "x" }],
    ])("%s is no text", (_, value) => {
        expect(bag({ it: value }).at("it").text()).toEqual(ABSENT);
    });

    test.each<[string, unknown]>([
        ["null", null],
        ["a text", "1"],
        ["an object with a length", { length: 1, 0: "x" }],
    ])("%s is no number, no flag and no list", (_, value) => {
        const property = bag({ it: value }).at("it");
        expect([property.number(), property.flag(), property.list()]).toEqual([ABSENT, ABSENT, ABSENT]);
    });

    test.each<[string, unknown]>([
        ["null", null],
        ["a text", "owner"],
        ["a list", ["owner"]],
    ])("%s is no map of texts", (_, value) => {
        expect(bag({ it: value }).at("it").texts()).toEqual(ABSENT);
    });

    test("what nobody set, and everything below it", () => {
        const property = bag({}).at("storageProfile", "osDisk");
        expect([property.state, property.at("name").text(), property.list()]).toEqual(["absent", ABSENT, ABSENT]);
    });

    test("below a value of another kind", () => {
        expect(bag({ storageProfile: "x" }).at("storageProfile", "length").number()).toEqual(ABSENT);
        expect(bag({ zones: ["1"] }).at("zones", "length").state).toBe("known");
    });

    test("an element that is null", () => {
        const list = bag({ list: [null, "x"] })
            .at("list")
            .list();
        expect(list.state === "known" && list.value.map((each) => each.state)).toEqual(["absent", "known"]);
    });
});

describe("names that JavaScript gives a meaning", () => {
    test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
        "%s is absent where nobody set it",
        (name) => {
            expect(bag({}).at(name).state).toBe("absent");
            expect(bag({ deep: {} }).at("deep", name, "name").state).toBe("absent");
        },
    );

    test.each(["constructor", "__proto__", "toString"])("%s is a property where somebody set it", (name) => {
        expect(bag(`{ "${name}": "x" }`).at(name).text()).toEqual(known("x"));
        expect(bag(`{ "tags": { "${name}": "x" } }`).at("tags").texts()).toEqual(known(new Map([[name, known("x")]])));
    });
});

test("values of their own kind", () => {
    const properties = bag({ text: "x", number: 0, flag: false, list: [], tags: {} });
    expect(properties.at("text").text()).toEqual(known("x"));
    expect(properties.at("number").number()).toEqual(known(0));
    expect(properties.at("flag").flag()).toEqual(known(false));
    expect(properties.at("list").list()).toEqual(known([]));
    expect(properties.at("tags").texts()).toEqual(known(new Map()));
});
