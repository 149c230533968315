import { parseArmId } from "../../src/model/ids/arm-id";
import { ABSENT, known, unknown, type Value } from "../../src/model/values";
import { ResourceIndex, type Link } from "../../src/model/link";
import type { AzureResource } from "../../src/model/resources";
import type { Reference } from "../../src/model/planned-resource";

const PROPERTY = "storageProfile.osDisk.managedDisk.id";

function idOf(name: string, { group = "g", subscription = "s", type = "Microsoft.Compute/disks" } = {}): string {
    return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`;
}

/** A resource with this id; its URN is its name in the program. */
function resource(urn: string, id: string | undefined, azureName: Value<string> = unknown("diskName")): AzureResource {
    const parsed = id === undefined ? undefined : parseArmId(id);
    return {
        urn,
        pulumiName: urn,
        azureName,
        id: parsed === undefined ? unknown("diskName") : known(parsed),
    } as AzureResource;
}

/** One whose subscription the plan does not know. */
function withoutSubscription(urn: string, id: string): AzureResource {
    const parsed = parseArmId(id);
    return { urn, pulumiName: urn, id: parsed && known({ ...parsed, subscription: undefined }) } as AzureResource;
}

function reference(id: Value<string>, ...dependencies: readonly string[]): Reference {
    return { id, property: PROPERTY, dependencies };
}

/** `linked a`, `undecided a, b`, `external`, `none` */
function outcome(link: Link<AzureResource>): string {
    switch (link.state) {
        case "linked":
            return `linked ${link.to.urn}`;
        case "undecided":
            expect(link.property).toBe(PROPERTY);
            return `undecided ${link.candidates.map(({ urn }) => urn).join(", ")}`.trim();
        default:
            return link.state;
    }
}

function follow(all: readonly AzureResource[], to: Reference): string {
    return outcome(new ResourceIndex(all, "Microsoft.Compute/disks").follow(to));
}

const a = resource("a", idOf("a"));
const b = resource("b", idOf("b"));
const openA = withoutSubscription("a", idOf("a"));
const nameless = resource("nameless", undefined);
const inOpenGroup = resource("inOpenGroup", undefined, known("c"));
const nameless2 = resource("nameless2", undefined);

describe("a known id", () => {
    test.each<[string, readonly AzureResource[], Reference, string]>([
        ["is found", [a, b], reference(known(idOf("b"))), "linked b"],
        ["is found in any case (ARM-17)", [a, b], reference(known(idOf("B").toUpperCase())), "linked b"],
        ["counts more than the dependencies", [a, b], reference(known(idOf("b")), "a"), "linked b"],
        ["of nobody here is external", [a, b], reference(known(idOf("c"))), "external"],
        [
            "of nobody here is external whatever else the property was made from",
            [a, b],
            reference(known(idOf("c")), "a"),
            "external",
        ],
        [
            "of another type leads nowhere",
            [a],
            reference(known(idOf("a", { type: "Microsoft.Compute/snapshots" }))),
            "none",
        ],
        [
            "of another type leads nowhere even with a dependency",
            [a],
            reference(known("/subscriptions/s/resourceGroups/g"), "a"),
            "none",
        ],
        ["that is none leads nowhere", [a], reference(known("a"), "a"), "none"],
        [
            "belongs to the one dependency that has no id yet",
            [a, nameless],
            reference(known(idOf("c")), "nameless", "a"),
            "linked nameless",
        ],
        [
            "may belong to two dependencies that have no id yet",
            [nameless, nameless2],
            reference(known(idOf("c")), "nameless", "nameless2"),
            "undecided nameless, nameless2",
        ],
        [
            "does not belong to one without an id that is no dependency",
            [nameless],
            reference(known(idOf("c"))),
            "external",
        ],
        [
            "may belong to one of its name in a group whose name is not known",
            [a, inOpenGroup],
            reference(known(idOf("C"))),
            "undecided inOpenGroup",
        ],
        ["and does not to one of another name", [inOpenGroup], reference(known(idOf("d"))), "external"],
    ])("%s", (_, all, to, expected) => {
        expect(follow(all, to)).toBe(expected);
    });
});

describe("a known id, and a resource whose subscription is not known", () => {
    test.each<[string, readonly AzureResource[], Reference, string]>([
        ["is meant where the program refers to it", [openA], reference(known(idOf("a")), "a"), "linked a"],
        ["may be meant where the program does not", [openA], reference(known(idOf("a"))), "undecided a"],
        ["is not made certain by another dependency", [openA, b], reference(known(idOf("a")), "b"), "undecided a"],
        ["is not meant by another name", [openA], reference(known(idOf("b"))), "external"],
        [
            "is not meant where another one has that very id",
            [withoutSubscription("x", idOf("a")), a],
            reference(known(idOf("a")), "x"),
            "linked a",
        ],
        [
            "is one of two that may be meant",
            [openA, withoutSubscription("x", idOf("a"))],
            reference(known(idOf("a"))),
            "undecided a, x",
        ],
        [
            "is told from its likeness by the dependency",
            [openA, withoutSubscription("x", idOf("a"))],
            reference(known(idOf("a")), "x"),
            "linked x",
        ],
    ])("%s", (_, all, to, expected) => {
        expect(follow(all, to)).toBe(expected);
    });
});

describe("an unknown id", () => {
    test.each<[string, readonly string[], string]>([
        ["made from one resource leads there", ["a"], "linked a"],
        ["made from two may lead to either", ["a", "b"], "undecided a, b"],
        ["made from none may lead anywhere", [], "undecided"],
        ["made from a resource of another kind may lead anywhere", ["vault"], "undecided"],
        ["made from one of this kind among others leads there", ["vault", "b", "policy"], "linked b"],
    ])("%s", (_, dependencies, expected) => {
        expect(follow([a, b], reference(unknown(PROPERTY), ...dependencies))).toBe(expected);
    });
});

test("no id leads nowhere, whatever the property was made from", () => {
    expect(follow([a], reference(ABSENT, "a"))).toBe("none");
});

describe("equal names", () => {
    const inGroup1 = resource("in group 1", idOf("web", { group: "g1" }));
    const inGroup2 = resource("in group 2", idOf("web", { group: "g2" }));
    const inSubscription2 = resource("in subscription 2", idOf("web", { group: "g1", subscription: "s2" }));
    const all = [inGroup1, inGroup2, inSubscription2];

    test.each(all.map((each) => [String(each.urn), each] as const))("%s", (urn, { id }) => {
        const { resourceGroup = "", subscription = "" } = id.state === "known" ? id.value : {};
        expect(follow(all, reference(known(idOf("web", { group: resourceGroup, subscription }))))).toBe(
            `linked ${urn}`,
        );
    });

    test("in a third group or subscription are external", () => {
        expect(follow(all, reference(known(idOf("web", { group: "g3" }))))).toBe("external");
        expect(follow(all, reference(known(idOf("web", { group: "g1", subscription: "s3" }))))).toBe("external");
    });

    test("match by what is known of an id without a subscription", () => {
        const directory = new ResourceIndex(all, "Microsoft.Compute/disks");
        const web = parseArmId(idOf("web", { group: "g1" }));
        expect(web && directory.matching({ ...web, subscription: undefined }).map(({ urn }) => urn)).toEqual([
            "in group 1",
            "in subscription 2",
        ]);
    });
});
