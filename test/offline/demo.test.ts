import { closingLine } from "../../offline/demo";
import { missingFindings } from "../../offline/examples";
import { policyEvents, resourceName } from "../../offline/policy-events";

const DISK = "urn:pulumi:dev::shop::azure-native:compute:Disk::web-data";

const logged = (message: string, resourceUrn = DISK): string =>
    JSON.stringify({
        sequence: 9,
        policyEvent: { resourceUrn, message, policyName: "restored-disk", enforcementLevel: "advisory" },
    });

describe("policy events", () => {
    test("are read out of an engine's log, without colours", () => {
        const log = [JSON.stringify({ preludeEvent: {} }), logged("About disks\n[BCDR110] It is.<{%reset%}>"), ""];
        expect(policyEvents(log.join("\n"))).toEqual([
            {
                rule: "BCDR110",
                urn: DISK,
                level: "advisory",
                policy: "restored-disk",
                message: "About disks\n[BCDR110] It is.",
            },
        ]);
    });

    test("of other packs have no rule", () => {
        expect(policyEvents(logged("Something else")).map((event) => event.rule)).toEqual([undefined]);
    });

    test.each([
        [DISK, "web-data"],
        ["urn:pulumi:dev::shop::a:b:Parent$c:d:E::with::colons", "with::colons"],
    ])("%s names %s", (urn, name) => expect(resourceName(urn)).toBe(name));
});

describe("the demo's closing line", () => {
    const ran = { status: 0, stdout: "", stderr: "" };
    const expected = [
        { rule: "BCDR101", resource: "web", shows: 'machine "web" is under both' },
        { rule: "BCDR110", resource: "web-data" },
    ];

    test("says what was shown", () => {
        expect(closingLine(expected, [], ran)).toBe(
            'Shown: a preview in which machine "web" is under both (BCDR101) and BCDR110 for "web-data", ' +
                "found before anything was deployed.",
        );
    });

    test("says that Pulumi failed, whatever was shown before", () => {
        expect(closingLine(expected, [], { ...ran, status: 2 })).toBe(
            "Not shown: the preview above ended with status 2, and examples/restored-disk-in-plan must pass.",
        );
    });

    test("says what is missing", () => {
        const missing = missingFindings(expected, policyEvents(logged("About disks\n[BCDR110] It is.")));
        expect(missing).toEqual(expected.slice(0, 1));
        expect(closingLine(expected, missing, ran)).toBe(
            'Not shown: the preview above lacks BCDR101 for "web", which examples/restored-disk-in-plan must give.',
        );
    });
});
