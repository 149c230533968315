import { parseArmId } from "../../../src/model/ids/arm-id";
import { attachedDisks } from "../../../src/model/disks/attached-disks";
import { ABSENT, known, unknown } from "../../../src/model/values";
import { ResourceIndex } from "../../../src/model/link";
import type { Disk, DiskPlace, VirtualMachine } from "../../../src/model/resources";
import { attached, disk, vm, resourceGroup } from "../../harness/azure";
import { roundOf } from "../../harness/phases";
import { ref, text, type Content, type Program } from "../../harness/program";
import { estateOf } from "../../harness/estate-of";

const DISKS = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks";

function diskNamed(name: string, osType?: string): Disk {
    const id = parseArmId(`${DISKS}/${name}`);
    return {
        kind: "disk",
        urn: name,
        id: id && known(id),
        osType: osType === undefined ? ABSENT : known(osType),
    } as Disk;
}

interface PlaceOptions {
    readonly id?: string;
    readonly implicit?: boolean;
    readonly wholeList?: boolean;
    /** What is unknown as a whole, where that is more than the id. */
    readonly unknownBy?: string;
}

/** A place whose id is unknown, unless given. */
function place(
    where: "os" | number,
    { id, implicit = false, wholeList = false, unknownBy }: PlaceOptions = {},
): DiskPlace {
    return {
        role: where === "os" ? "os" : "data",
        lun: where === "os" ? undefined : where,
        origin: implicit ? "implicit" : "explicit",
        disk: {
            id: id === undefined ? unknown(unknownBy ?? `place ${where}`) : known(id),
            property: `place ${where}`,
            dependencies: [],
        },
        isWholeList: wholeList,
    } as unknown as DiskPlace;
}

/** `os: web-os`, `data 0: undecided a, b`; the role is that of the disk, the number the place's. */
function told(places: readonly DiskPlace[], disks: readonly Disk[], dependencies: readonly string[]): string[] {
    const of = {
        diskPlaces: places.map((each) => ({ ...each, disk: { ...each.disk, dependencies } })),
    } as unknown as VirtualMachine;
    return attachedDisks(of.diskPlaces, new ResourceIndex(disks, "Microsoft.Compute/disks")).map(
        ({ role, place: { lun }, disk: link }) => {
            const where = lun === undefined ? role : `${role} ${lun}`;
            switch (link.state) {
                case "linked":
                    return `${where}: ${link.to.urn}`;
                case "undecided":
                    return `${where}: undecided ${link.candidates.map(({ urn }) => urn).join(", ")}`.trim();
                default:
                    return `${where}: ${link.state}`;
            }
        },
    );
}

const os = diskNamed("os", "Linux");
const a = diskNamed("a");
const b = diskNamed("b");
const all = [os, a, b];

describe("known ids", () => {
    test("say it themselves", () => {
        const places = [place("os", { id: `${DISKS}/OS` }), place(0, { id: `${DISKS}/b` })];
        expect(told(places, all, ["os", "a", "b"])).toEqual(["os: os", "data 0: b"]);
    });

    test("of a disk outside of the stack", () => {
        expect(told([place(0, { id: `${DISKS}/elsewhere` })], all, ["a"])).toEqual(["data 0: external"]);
    });

    test("take their disks from those that are left for the unknown places", () => {
        const places = [place("os", { id: `${DISKS}/os` }), place(0, { id: `${DISKS}/b` }), place(1)];
        expect(told(places, all, ["os", "a", "b"])).toEqual(["os: os", "data 0: b", "data 1: a"]);
    });
});

describe("unknown ids", () => {
    test.each<[string, readonly DiskPlace[], readonly string[], readonly string[]]>([
        ["one place, one disk", [place("os")], ["a"], ["os: a"]],
        [
            "as many disks as places: osType tells the OS disk",
            [place("os"), place(0), place(1)],
            ["a", "os", "b"],
            ["os: os", "data 0: a", "data 1: b"],
        ],
        [
            "without osType each is attached, none is certainly the OS disk",
            [place("os"), place(0)],
            ["a", "b"],
            ["data 0: a", "data: b"],
        ],
        [
            "fewer disks than places: what is left may be any disk",
            [place("os"), place(0), place(1)],
            ["os", "a"],
            ["os: os", "data 0: a", "data 1: undecided"],
        ],
        [
            "fewer disks than places, without osType: data places first",
            [place("os"), place(0)],
            ["a"],
            ["data 0: a", "os: undecided"],
        ],
        [
            "more disks than places: any of them may be in any place",
            [place("os"), place(0)],
            ["os", "a", "b"],
            ["os: undecided os, a, b", "data 0: undecided os, a, b"],
        ],
        ["no disk at all", [place("os"), place(0)], [], ["data 0: undecided", "os: undecided"]],
        ["what is no disk does not count", [place(0)], ["vault", "a"], ["data 0: a"]],
        [
            "a disk that is referred to twice counts once",
            [place(0), place(1)],
            ["a", "a"],
            ["data 0: a", "data 1: undecided"],
        ],
    ])("%s", (_, places, dependencies, expected) => {
        expect(told(places, all, dependencies)).toEqual(expected);
    });

    test("an osType that is unknown tells of no disk what it is", () => {
        const maybe = { ...diskNamed("maybe"), osType: unknown("osType") };
        expect(told([place("os"), place(0)], [maybe, a], ["maybe", "a"])).toEqual([
            "os: undecided maybe, a",
            "data 0: undecided maybe, a",
        ]);
    });

    test("of two disks with osType neither is certainly the OS disk", () => {
        const second = diskNamed("second", "Windows");
        expect(told([place("os"), place(0)], [os, second], ["os", "second"])).toEqual(["data 0: os", "data: second"]);
    });
});

describe("the list of data disks is unknown as a whole", () => {
    test("what it was made from may stand in it or not", () => {
        const places = [place("os", { id: `${DISKS}/os` }), place(0, { wholeList: true })];
        expect(told(places, all, ["os", "a", "b"])).toEqual(["os: os", "data 0: undecided a, b"]);
    });

    test("osType tells the OS disk, whose id alone is unknown", () => {
        const places = [place("os"), place(0, { wholeList: true })];
        expect(told(places, all, ["os", "a"])).toEqual(["os: os", "data 0: undecided a"]);
        expect(told(places, all, ["a"])).toEqual(["os: undecided a", "data 0: undecided a"]);
    });

    test("nor is there a sure OS disk where the whole profile is unknown", () => {
        const places = [place("os", { unknownBy: "storageProfile" }), place(0, { wholeList: true })];
        expect(told(places, all, ["os", "a"])).toEqual(["os: undecided os, a", "data 0: undecided os, a"]);
    });
});

describe("implicit disks", () => {
    test("are no disk of the program, whatever the VM was made from", () => {
        expect(told([place("os", { implicit: true }), place(0)], all, ["a"])).toEqual(["os: undecided", "data 0: a"]);
    });

    test("whose id is known are outside of the program", () => {
        expect(told([place("os", { implicit: true, id: `${DISKS}/web_OsDisk_1` })], all, [])).toEqual(["os: external"]);
    });
});

describe("read from a program", () => {
    function disksOfWeb(program: Program, phase: "first preview" | "exported state"): readonly string[] {
        const estate = estateOf(roundOf({ rg: resourceGroup("g"), ...program }, phase));
        const [web] = estate.vms;
        return web === undefined
            ? []
            : estate.disks.attachedTo(web).map(({ role, disk: link }) => {
                  const to = link.state === "linked" ? link.to.pulumiName : link.state;
                  return `${role}: ${to}`;
              });
    }

    test.each(["first preview", "exported state"] as const)("%s: OS disk and data disks", (phase) => {
        const program: Program = {
            data: disk(),
            boot: disk({ over: { osType: "Linux" } }),
            web: vm({ osDisk: ref("boot.id"), dataDisks: [attached(0, ref("data.id"))] }),
        };
        expect(disksOfWeb(program, phase)).toEqual(["os: boot", "data: data"]);
    });

    test("a disk under toBeDetached is not attached", () => {
        const program: Program = {
            data: disk(),
            gone: disk(),
            web: vm({
                dataDisks: [attached(0, ref("data.id")), attached(1, ref("gone.id"), { toBeDetached: true })],
            }),
        };
        expect(disksOfWeb(program, "exported state")).toEqual(["os: external", "data: data"]);
        expect(disksOfWeb(program, "first preview")).toEqual(["os: undecided", "data: undecided"]);
    });

    test("an id that another resource passes on", () => {
        const through: Content = text`${ref("data.id")}`;
        const program: Program = { data: disk(), web: vm({ dataDisks: [attached(0, through)] }) };
        expect(disksOfWeb(program, "first preview")).toEqual(["os: undecided", "data: data"]);
    });
});
