import {
    packConfiguration,
    problemsOf,
    warningsAbout,
    withoutPlanPolicies,
    type ConfigurationFile,
} from "../../src/config/configuration-file";
import { planPolicies, policies } from "../../policies";

const CATALOGUE = [...policies, ...planPolicies];
const WEB = "urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web";
const ERP = "urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::erp";
const POLICY = "vm-backed-up-and-replicated";
const OF_PLANS = "plan-swaps-replicated-disk";

const entry = { policies: [POLICY], targets: [WEB] };
const exception = { reason: "It moves in May.", match: [entry] };
const excepting = (exceptions: unknown): ConfigurationFile => ({ version: 2, exceptions });
const one = (over: object): ConfigurationFile => excepting({ "EXC-1": { ...exception, ...over } });

describe("what is wrong with a file of version 2", () => {
    test.each([
        { name: "a version alone", file: { version: 2 } },
        { name: "empty parts", file: { version: 2, environments: null, policies: null, exceptions: null } },
        {
            name: "all parts",
            file: {
                version: 2,
                environments: ["prod/policies"],
                policies: { all: "advisory", "shared-settings": { tagExemptions: "none" } },
                exceptions: { "EXC-1": exception },
            },
        },
        { name: "an ID with all that it may have", file: excepting({ "a.b_c-1": exception }) },
        { name: "several entries", file: one({ match: [entry, { policies: [OF_PLANS], targets: [WEB, ERP] }] }) },
        {
            name: "a policy that does not exist, as for Pulumi",
            file: one({ match: [{ policies: ["gone"], targets: [WEB] }] }),
        },
        { name: "a URN with more in its name", file: one({ match: [{ ...entry, targets: [`${WEB}::a::b`] }] }) },
    ])("nothing: $name", ({ file }) => {
        expect(problemsOf(file, CATALOGUE)).toEqual([]);
    });

    test.each([
        { name: "an older version", file: { version: 1 }, says: /"version" is 1\. The only version .* is 2\.$/ },
        { name: "a newer version", file: { version: 3, later: {} }, says: /"version" is 3/ },
        { name: "a version in quotes", file: { version: "2" }, says: /"version" needs .*"version": 2, as a number/ },
        { name: "exceptions without a version", file: { exceptions: {} }, says: /"exceptions" needs a file with/ },
        { name: "policies without a version", file: { policies: {} }, says: /"policies" needs a file with/ },
        {
            name: "a policy beside the version",
            file: { version: 2, [POLICY]: "advisory" },
            says: /^Put "vm-backed-up-and-replicated" under "policies"/,
        },
        {
            name: "all beside the version",
            file: { version: 2, all: "advisory" },
            says: /^Put "all" under "policies"/,
        },
        {
            name: "a misspelt key",
            file: { version: 2, exeptions: {} },
            says: /no key "exeptions".*Did you mean "exceptions"\?$/,
        },
        {
            name: "environments among policies",
            file: { version: 2, policies: { environments: [] } },
            says: /no policy "environments"/,
        },
        {
            name: "a misspelt policy",
            file: { version: 2, policies: { "vault-sotf-delete": "disabled" } },
            says: /no policy "vault-sotf-delete".*"vault-soft-delete"\?/,
        },
        { name: "policies that are a list", file: { version: 2, policies: [] }, says: /"policies" must be an object/ },
        { name: "environments that are none", file: { version: 2, environments: "a" }, says: /must be a list/ },
        { name: "exceptions that are a list", file: excepting([exception]), says: /"exceptions" must be an object/ },
        {
            name: "an ID with a blank",
            file: excepting({ "EXC 1": exception }),
            says: /has the ID "EXC 1"\. Allowed: letters, digits/,
        },
        {
            name: "an exception that is a text",
            file: excepting({ a: "why" }),
            says: /"exceptions.a" must be an object/,
        },
        { name: "no reason", file: one({ reason: undefined }), says: /"exceptions.EXC-1.reason" is empty or missing/ },
        { name: "a blank reason", file: one({ reason: " " }), says: /"exceptions.EXC-1.reason" is empty or missing/ },
        { name: "an end", file: one({ expires: "2027-01-31" }), says: /has no "expires": Pulumi would ignore it/ },
        { name: "no match", file: one({ match: undefined }), says: /"exceptions.EXC-1.match" must be a list/ },
        { name: "an empty match", file: one({ match: [] }), says: /at least one entry/ },
        { name: "an entry that is a text", file: one({ match: [POLICY] }), says: /match\[0\]" must be an object/ },
        {
            name: "an entry with a slip",
            file: one({ match: [{ ...entry, target: [WEB] }] }),
            says: /match\[0\]" has no "target".*Did you mean "targets"\?$/,
        },
        {
            name: "no policies",
            file: one({ match: [entry, { targets: [WEB] }] }),
            says: /match\[1\]\.policies" must be a list with the name of at least one policy/,
        },
        {
            name: "a policy without a name",
            file: one({ match: [{ ...entry, policies: [""] }] }),
            says: /policies" must/,
        },
        { name: "all policies", file: one({ match: [{ ...entry, policies: ["all"] }] }), says: /names "all"/ },
        { name: "no targets", file: one({ match: [{ ...entry, targets: [] }] }), says: /targets" must be a list/ },
        {
            name: "a target that is a name",
            file: one({ match: [{ ...entry, targets: [WEB, "web"] }] }),
            says: /has "web", which is no URN/,
        },
    ])("one thing: $name", ({ file, says }) => {
        expect(problemsOf(file, CATALOGUE)).toEqual([expect.stringMatching(says)]);
    });
});

describe("what has no effect in it", () => {
    const named = (...names: readonly string[]): readonly string[] =>
        warningsAbout(one({ match: [{ policies: names, targets: [WEB] }, entry] }), CATALOGUE);

    test("is an exception from a policy that does not exist, once", () => {
        expect(named("vm-backed-up-and-replicate", "vm-backed-up-and-replicate")).toEqual([
            'The exception "EXC-1" names the policy "vm-backed-up-and-replicate", which does not exist. It matches nothing. Did you mean "vm-backed-up-and-replicated"?',
        ]);
    });

    test("is an ID, since Pulumi knows names alone", () => {
        expect(named("BCDR101")).toEqual([expect.stringMatching(/Did you mean "vm-backed-up-and-replicated"\?$/)]);
    });

    test("is not a policy of the catalogue, those of plans and the shared settings among them", () => {
        expect(named(POLICY, OF_PLANS, "shared-settings")).toEqual([]);
    });

    test("is not in a file without a version", () => {
        expect(warningsAbout({ [POLICY]: "advisory" }, CATALOGUE)).toEqual([]);
    });
});

describe("a configuration of version 2", () => {
    test("has its levels and settings under policies", () => {
        const { levelOf, shared } = packConfiguration(
            {
                version: 2,
                policies: { all: "disabled", "shared-settings": { enforcementLevel: "advisory", tierTag: "t" } },
            },
            CATALOGUE,
        );
        expect([levelOf(policies[0]!), shared]).toEqual(["disabled", { tierTag: "t" }]);
        expect(packConfiguration({ version: 2 }, CATALOGUE).levelOf(policies[0]!)).toBe(policies[0]!.level);
    });

    test("excepts where one entry has both policy and URN, exactly, and tells each exception once", () => {
        const { exceptionsFrom } = packConfiguration(
            excepting({
                "EXC-10": { reason: "ten", match: [entry, entry] },
                "EXC-9": {
                    reason: "nine",
                    match: [entry, { policies: ["vault-alerts"], targets: [ERP] }],
                },
            }),
            CATALOGUE,
        );
        expect(exceptionsFrom(POLICY, WEB)).toEqual([
            { id: "EXC-9", reason: "nine" },
            { id: "EXC-10", reason: "ten" },
        ]);
        expect(exceptionsFrom("vault-alerts", ERP)).toEqual([{ id: "EXC-9", reason: "nine" }]);
        expect(exceptionsFrom(POLICY, ERP)).toEqual([]);
        expect(exceptionsFrom(POLICY, WEB.toUpperCase())).toEqual([]);
        expect(exceptionsFrom(POLICY, undefined)).toEqual([]);
    });

    test("goes to Pulumi without the policies that Pulumi does not have, and without entries that are then empty", () => {
        const file = {
            version: 2,
            policies: { [OF_PLANS]: "advisory", "vault-alerts": "disabled" },
            exceptions: {
                "EXC-1": { reason: "plans alone", match: [{ policies: [OF_PLANS], targets: [WEB] }] },
                "EXC-2": {
                    reason: "both",
                    match: [
                        { policies: [OF_PLANS], targets: [WEB] },
                        { policies: [OF_PLANS, POLICY], targets: [ERP] },
                    ],
                },
            },
        };
        expect(withoutPlanPolicies(file, CATALOGUE)).toEqual({
            version: 2,
            policies: { "vault-alerts": "disabled" },
            exceptions: { "EXC-2": { reason: "both", match: [{ policies: [POLICY], targets: [ERP] }] } },
        });
    });
});
