import { closingLine, complaint } from "../../../dev/offline/demo";
import type { Found, Step, StepRun } from "../../../dev/offline/examples";
import { policyEvents, resourceName } from "../../../dev/offline/policy-events";

const DISK = "urn:pulumi:dev::shop::azure-native:compute:Disk::web-data";

const logged = (message: string, resourceUrn = DISK): string =>
    JSON.stringify({
        sequence: 9,
        policyEvent: { resourceUrn, message, policyName: "disk-restored-from-backup", enforcementLevel: "advisory" },
    });

describe("policy events", () => {
    test("are read out of an engine's log, without colours", () => {
        const log = [JSON.stringify({ preludeEvent: {} }), logged("About disks\n[BCDR110] It is.<{%reset%}>"), ""];
        expect(policyEvents(log.join("\n"))).toEqual([
            {
                rule: "BCDR110",
                urn: DISK,
                level: "advisory",
                policy: "disk-restored-from-backup",
                message: "About disks\n[BCDR110] It is.",
            },
        ]);
    });

    test("of other packs have no policy", () => {
        expect(policyEvents(logged("Something else")).map((event) => event.rule)).toEqual([undefined]);
    });

    test.each([
        [DISK, "web-data"],
        ["urn:pulumi:dev::shop::a:b:Parent$c:d:E::with::colons", "with::colons"],
    ])("%s names %s", (urn, name) => expect(resourceName(urn)).toBe(name));
});

describe("the demo", () => {
    const swap: Step = {
        says: "Previews a swap.",
        run: "preview",
        expect: [
            { policyId: "BCDR121", resource: "web", level: "mandatory", shows: "the swap is stopped" },
            { policyId: "BCDR110", resource: "web-os" },
        ],
    };
    const BCDR121 = { policyId: "BCDR121", resource: "web", level: "mandatory" };
    const BCDR110 = { policyId: "BCDR110", resource: "web-os", level: "advisory" };
    const ran = (found: readonly Found[], status = 1, step = swap): StepRun => ({
        step,
        run: { status, stdout: "", stderr: "" },
        found,
    });

    test("says what was shown, and that Pulumi failed as it must", () => {
        expect(complaint(ran([BCDR110, BCDR121]))).toBeUndefined();
        expect(closingLine([ran([BCDR110, BCDR121])])).toBe(
            "Shown: the swap is stopped (BCDR121). A mandatory finding fails the run: Pulumi itself ended with status 1.",
        );
    });

    test.each<[string, StepRun, string]>([
        ["what is missing", ran([BCDR110]), 'the run above lacks BCDR121 for "web"'],
        [
            "a mandatory finding that nobody expects",
            ran([BCDR110, BCDR121, { ...BCDR121, policyId: "BCDR131" }]),
            'the run above fails with BCDR131 for "web", which nobody expects there',
        ],
        [
            "that Pulumi passed where it must fail",
            ran([BCDR110, BCDR121], 0),
            "the run above ended with status 0, where a failure is expected",
        ],
        [
            "that Pulumi failed by itself",
            ran([], 255, { says: "Deploys.", run: "up", expect: [] }),
            "the run above ended with status 255, where 0 is expected",
        ],
    ])("complains about %s", (_what, run, complains) => {
        expect(complaint(run)).toBe(complains);
    });
});
