// Programs in TypeScript and JavaScript as teams write them, on the real engine.
import { complaints, playAll } from "./play";
import { OTHER_WAYS } from "./table";

playAll(OTHER_WAYS);

describe("a step", () => {
    const told = ["BCDR101 web", "BCDR121 web !"];

    test.each([
        ["has what it must", ["BCDR121 web !"], told, 1, []],
        ["has one of two", [["BCDR122 web", "BCDR121 web !"]], told, 1, []],
        ["lacks a finding", ["BCDR110 web-os", "BCDR121 web !"], told, 1, ["lacks BCDR110 web-os"]],
        ["fails for something else", ["BCDR101 web"], told, 1, ["has BCDR121 web !"]],
        ["passes with a mandatory finding", ["BCDR121 web !"], told, 0, ["ended with 0, and has a mandatory finding"]],
        ["fails without one", [], ["BCDR101 web"], 255, ["ended with 255, and has no mandatory finding"]],
    ])("that %s", (_, must, found, status, wrong) => {
        expect(complaints({ must }, { status, told: found, printed: "" })).toEqual(wrong);
    });
});
