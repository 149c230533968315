import { packConfiguration, problemsOf, withoutPlanPolicies } from "../../src/config/configuration-file";
import { policies } from "../../policies";
import { planPolicy, type CataloguePolicy } from "../../policies/policy";
import { documentation } from "../../policies/documentation";
import { stackSubject } from "../../src/findings/subject";
import { SOON } from "../harness/days";

/** Stands for any policy that only the gate runs. */
const OF_PLANS: CataloguePolicy = planPolicy({
    id: "BCDR699",
    name: "of-plans",
    summary: "A plan does something.",
    level: "mandatory",
    severity: "high",
    framework: policies[0]!.framework,
    tags: [],
    remediationSteps: documentation("gate.md"),
    evaluate: () => [],
    message: () => ({ headline: "", why: "", fix: { kind: "in order" as const, intro: "", steps: [] }, sources: [] }),
});
const CATALOGUE = [...policies, OF_PLANS];

const named = (name: string): CataloguePolicy => CATALOGUE.find((policy) => policy.name === name)!;

describe("what is wrong with a configuration file", () => {
    test.each([
        { name: "nothing in it", file: {} },
        { name: "levels alone", file: { all: "advisory", "disk-restored-from-backup": "disabled" } },
        { name: "a level as an object", file: { all: { enforcementLevel: "mandatory" } } },
        { name: "ESC environments", file: { environments: ["prod/policies"] } },
        { name: "a policy of plans with a level", file: { "of-plans": { enforcementLevel: "advisory" } } },
        { name: "settings for all", file: { "shared-settings": { tagExemptions: "none" } } },
        { name: "a level that mends", file: { "vault-alerts": "remediate" } },
    ])("none: $name", ({ file }) => {
        expect(problemsOf(file, CATALOGUE)).toEqual([]);
    });

    test.each([
        { name: "no object", file: [], says: /must be one JSON object/ },
        { name: "null", file: null, says: /must be one JSON object/ },
        {
            name: "a misspelt policy",
            file: { "vault-sotf-delete": "disabled" },
            says: /no policy "vault-sotf-delete".*"vault-soft-delete"\?/,
        },
        {
            name: "a policy like no other",
            file: { "xyz-unheard-of-thing": "disabled" },
            says: /^There is no policy "xyz[^?]*$/,
        },
        {
            name: "a misspelt level",
            file: { all: "mandatry" },
            says: /cannot have the level "mandatry".*"mandatory"\?/,
        },
        {
            name: "a level of another type",
            file: { "disk-restored-from-backup": { enforcementLevel: 3 } },
            says: /the level "3"/,
        },
        {
            name: "a policy that cannot mend",
            file: { "vm-not-backed-up": "remediate" },
            says: /"vm-not-backed-up" cannot have the level "remediate"/,
        },
        {
            name: "settings under all",
            file: { all: { tagExemptions: "none" } },
            says: /put "tagExemptions" under "shared-settings"/,
        },
        {
            name: "an unknown setting",
            file: { "disk-restored-from-backup": { colour: "red" } },
            says: /no setting "colour"/,
        },
        { name: "a value that is no block", file: { "disk-restored-from-backup": 7 }, says: /must be a level/ },
        { name: "environments that are none", file: { environments: "prod" }, says: /must be a list/ },
        {
            name: "a policy of plans without a level",
            file: { "of-plans": {} },
            says: /needs an "enforcementLevel"/,
        },
    ])("one: $name", ({ file, says }) => {
        expect(problemsOf(file, CATALOGUE)).toEqual([expect.stringMatching(says)]);
    });

    test("all of them at once", () => {
        expect(problemsOf({ "vault-sotf-delete": "disabled", all: "none" }, CATALOGUE)).toHaveLength(2);
    });
});

describe("a configuration", () => {
    test("gives a policy its own level, else the level of all, else the one that it is coded with", () => {
        const { levelOf } = packConfiguration({ all: "disabled", "disk-restored-from-backup": "mandatory" }, CATALOGUE);
        expect([levelOf(named("disk-restored-from-backup")), levelOf(named("vm-not-backed-up"))]).toEqual([
            "mandatory",
            "disabled",
        ]);
        expect(packConfiguration({}, CATALOGUE).levelOf(named("vm-not-backed-up"))).toBe("advisory");
    });

    test("shares settings, unless the block that shares them is disabled", () => {
        const block = { restoreSource: "any-snapshot" };
        const values = (shared: object): unknown =>
            packConfiguration({ "shared-settings": shared }, CATALOGUE).valuesOf(
                named("restored-os-disk-not-replicated"),
            )["restoreSource"];
        expect(values(block)).toBe("any-snapshot");
        expect(values({ ...block, enforcementLevel: "disabled" })).toBeUndefined();
    });

    test("knows the policies of an exemption by id and by name", () => {
        const exemption = (policy: string) => ({ policies: [policy], resource: "*", reason: "known", expires: SOON });
        const { exemptionsOf } = packConfiguration(
            { "shared-settings": { exemptions: [exemption("BCDR110"), exemption("disk-restored-from-backup")] } },
            CATALOGUE,
        );
        const { configured } = exemptionsOf(named("disk-restored-from-backup"), "2026-11-22");
        const finding = {
            policyId: "BCDR110",
            subject: stackSubject("urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"),
            message: { headline: "", why: "", fix: { kind: "in order" as const, intro: "", steps: [] }, sources: [] },
        } as const;
        expect(configured.for(finding)).toHaveLength(2);
    });

    test("goes to Pulumi without the policies that Pulumi does not have", () => {
        const file = { "of-plans": "advisory", "disk-restored-from-backup": "disabled" };
        expect(withoutPlanPolicies(file, CATALOGUE)).toEqual({ "disk-restored-from-backup": "disabled" });
    });
});
