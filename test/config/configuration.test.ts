import { latestEnd, today } from "../../src/findings/exemption";
import { policies } from "../../policies";
import { resourcePolicy, type Policy, type SettingValues } from "../../policies/policy";
import { checkConfiguration, ConfigurationError, type Configurable } from "../../src/config/configuration";
import { configuredExemptions, policyExemptions } from "../../src/config/exemptions";
import { sharedSettings } from "../../src/config/shared-settings";
import { configSchema } from "../../src/pack/config-schema";
import { resourceGroup } from "../harness/azure";
import { SOON } from "../harness/days";
import { Pack } from "../harness/pack";
import { roundOf } from "../harness/phases";

/** A policy with every kind of setting. */
const EXAMPLE: Policy = resourcePolicy<"vault", unknown, SettingValues>({
    kinds: ["vault"],
    id: "BCDR901",
    name: "example",
    summary: "An example.",
    level: "advisory",
    severity: "low",
    framework: { name: "", version: "", reference: "", specification: "", also: [] },
    tags: [],
    remediationSteps: "",
    settings: {
        properties: {
            edition: { type: "string", enum: ["new", "old"], default: "new" },
            most: { type: "integer", minimum: 1 },
            strict: { type: "boolean" },
            regions: { type: "array", items: { type: "string" } },
            owner: { type: "object", properties: { mail: { type: "string" } }, required: ["mail"] },
            share: { type: "integer", maximum: 100, default: 50, description: "In percent." },
            tiers: {
                type: "object",
                additionalProperties: { type: "array", items: { type: "string", enum: ["a", "b"] } },
            },
        },
        read: (values) => values,
    },
    evaluate: () => [],
    message: () => ({ headline: "", why: "", fix: { kind: "in order" as const, intro: "", steps: [] }, sources: [] }),
});
const OTHER: Policy = { ...EXAMPLE, id: "BCDR950", name: "other", settings: { colours: { type: "array" } } };
const BARE: Policy = { ...EXAMPLE, id: "BCDR951", name: "bare", settings: {} };
const SHARED = sharedSettings([EXAMPLE, OTHER, ...policies]);
const BLOCKS = [SHARED, EXAMPLE, OTHER, BARE];

const EXEMPTION = { policies: ["BCDR901"], resource: "web", reason: "known", expires: SOON };

function errorFor(values: SettingValues, block: Configurable = EXAMPLE): unknown {
    try {
        checkConfiguration(block, values, BLOCKS);
    } catch (error) {
        return error;
    }
    return undefined;
}

function exempting(over: Readonly<Record<string, unknown>>): SettingValues {
    return { exemptions: [EXEMPTION, { ...EXEMPTION, ...over }] };
}

describe("accepted", () => {
    test.each<[string, SettingValues]>([
        ["nothing", {}],
        ["every setting", { edition: "old", most: 1, strict: false, regions: ["westeurope"], owner: { mail: "x" } }],
        ["an empty list", { regions: [] }],
        ["the greatest number", { share: 100 }],
        ["names of one's own", { tiers: { gold: ["a", "b"], constructor: [] } }],
    ])("%s", (_, values) => {
        expect(errorFor(values)).toBeUndefined();
    });

    test.each<[string, SettingValues]>([
        ["no exemptions", { exemptions: [] }],
        ["exemptions", { exemptions: [EXEMPTION], tagExemptions: "none" }],
        ["a policy by its name", exempting({ policies: ["example", "vault-alerts"] })],
        ["an exemption that has ended: it is told beside the finding", exempting({ expires: "2020-01-31" })],
        ["29 February of a leap year", exempting({ expires: "2024-02-29" })],
        ["an end on the latest day", exempting({ expires: latestEnd(today(), 365) })],
    ])("%s, in the shared settings", (_, values) => {
        expect(errorFor(values, SHARED)).toBeUndefined();
    });
});

describe("refused, with the key and what is allowed", () => {
    const settings = '"edition", "most", "strict", "regions", "owner", "share", "tiers"';

    test.each<[string, SettingValues, string]>([
        [
            "a mistyped key",
            { editon: "old" },
            `there is no setting "editon". Allowed: ${settings}. Did you mean "edition"?`,
        ],
        ["an unknown key", { colour: "red" }, `there is no setting "colour". Allowed: ${settings}.`],
        [
            "a key of another policy",
            { colours: [] },
            `there is no setting "colours". Allowed: ${settings}. "colours" belongs to "other".`,
        ],
        [
            "exemptions",
            { exemptions: [EXEMPTION] },
            `there is no setting "exemptions". Allowed: ${settings}. "exemptions" belongs to "shared-settings".`,
        ],
        ["a key of JavaScript's own", { constructor: "x" }, `there is no setting "constructor". Allowed: ${settings}.`],
        ["no text", { edition: 2019 }, '"edition" must be of type string.'],
        ["a text that is not listed", { edition: "2019" }, '"edition" cannot be "2019". Allowed: "new", "old".'],
        [
            "a text that is nearly one that is listed",
            { edition: "odl" },
            '"edition" cannot be "odl". Allowed: "new", "old". Did you mean "old"?',
        ],
        ["a number that is too great", { share: 101 }, '"share" must be at most 100.'],
        ["another kind under a name of one's own", { tiers: { gold: "a" } }, '"tiers.gold" must be of type array.'],
        [
            "a text that is not listed, further down",
            { tiers: { gold: ["c"] } },
            '"tiers.gold[0]" cannot be "c". Allowed: "a", "b". Did you mean "a"?',
        ],
        ["null", { edition: null }, '"edition" must be of type string.'],
        ["no whole number", { most: 1.5 }, '"most" must be of type integer.'],
        ["a number as text", { most: "3" }, '"most" must be of type integer.'],
        ["a number that is too small", { most: 0 }, '"most" must be at least 1.'],
        ["a flag as text", { strict: "false" }, '"strict" must be of type boolean.'],
        ["a text for a list", { regions: "westeurope" }, '"regions" must be of type array.'],
        ["another kind in a list", { regions: ["westeurope", 7] }, '"regions[1]" must be of type string.'],
        ["a list for an object", { owner: ["x"] }, '"owner" must be of type object.'],
        ["an object that lacks a key", { owner: {} }, '"owner" lacks "mail". It needs "mail".'],
        ["an object with a key too many", { owner: { mail: "x", fax: "y" } }, '"owner" has no "fax". Allowed: "mail".'],
        ["another kind in an object", { owner: { mail: 1 } }, '"owner.mail" must be of type string.'],
    ])("%s", (_, values, problem) => {
        const error = errorFor(values);
        expect(error).toBeInstanceOf(ConfigurationError);
        const message = `azure-bcdr-guard: configuration of policy "example": ${problem}`;
        // The SDK sends the stack to the engine, so it must be the message and no more.
        expect(error).toMatchObject({ message, stack: message });
    });

    test("a setting where a policy has none", () => {
        expect(errorFor({ colour: "red" }, BARE)).toMatchObject({
            message:
                'azure-bcdr-guard: configuration of policy "bare": there is no setting "colour". This policy has none beside its level.',
        });
    });

    const fields = '"policies", "resource", "reason", "expires"';

    test.each<[string, SettingValues, string]>([
        ["a flag for a word", { tagExemptions: false }, '"tagExemptions" must be of type string.'],
        ["one exemption instead of a list", { exemptions: EXEMPTION }, '"exemptions" must be of type array.'],
        ["an exemption that is a text", { exemptions: ["BCDR901"] }, '"exemptions[0]" must be of type object.'],
        [
            "an exemption without an end",
            { exemptions: [{ policies: ["BCDR901"], resource: "web", reason: "known" }] },
            `"exemptions[0]" lacks "expires". It needs ${fields}.`,
        ],
        [
            "a mistyped field",
            exempting({ expiry: "2027-01-31" }),
            `"exemptions[1]" has no "expiry". Allowed: ${fields}. Did you mean "expires"?`,
        ],
        [
            "policies that are no list",
            exempting({ policies: "BCDR901" }),
            '"exemptions[1].policies" must be of type array.',
        ],
        [
            "no policy",
            exempting({ policies: [] }),
            '"exemptions[1].policies" is empty. Name the policies whose finding is left out, by id or name.',
        ],
        [
            "an id that no policy has",
            exempting({ policies: ["BCDR901", "BCDR999"] }),
            '"exemptions[1].policies" names "BCDR999", which is no policy. Allowed: ids such as "BCDR121", or names.',
        ],
        [
            "an id in another case",
            exempting({ policies: ["bcdr901"] }),
            '"exemptions[1].policies" names "bcdr901", which is no policy. Allowed: ids such as "BCDR121", or names. Did you mean "BCDR901"?',
        ],
        [
            "a mistyped name",
            exempting({ policies: ["vault-alert"] }),
            '"exemptions[1].policies" names "vault-alert", which is no policy. Allowed: ids such as "BCDR121", or names. Did you mean "vault-alerts"?',
        ],
        [
            "an empty resource",
            exempting({ resource: " " }),
            '"exemptions[1].resource" is empty. Allowed: a URN, an ARM id or a name; * stands for any text.',
        ],
        [
            "an empty reason",
            exempting({ reason: " \n" }),
            '"exemptions[1].reason" is empty. Say why the finding is left out.',
        ],
        [
            "a day that is none",
            exempting({ expires: "2027-02-31" }),
            '"exemptions[1].expires" is "2027-02-31", which is no day. Allowed: a day such as "2027-01-31".',
        ],
        [
            "a day in words",
            exempting({ expires: "end of January" }),
            '"exemptions[1].expires" is "end of January", which is no day. Allowed: a day such as "2027-01-31".',
        ],
    ])("%s, in the shared settings", (_, values, problem) => {
        expect(errorFor(values, SHARED)).toMatchObject({
            message: `azure-bcdr-guard: configuration of policy "shared-settings": ${problem}`,
        });
    });
});

describe("through the SDK", () => {
    const round = roundOf({ rg: resourceGroup() }, "first preview");

    test.each(policies.map(({ name }) => name))(
        "an error in the configuration of %s reaches the person whole",
        async (name) => {
            const failed = new Pack().analyze(round, { [name]: { enforcementLevel: "advisory", exemption: [] } });
            await expect(failed).rejects.toThrow(`configuration of policy "${name}": there is no setting "exemption"`);
            await expect(failed).rejects.not.toThrow(/\n\s+at /);
        },
    );

    test("a configuration that has been mended is read anew", async () => {
        const pack = new Pack();
        await expect(pack.analyze(round, { "shared-settings": { restoreSource: "all" } })).rejects.toThrow(
            "any-snapshot",
        );
        await expect(pack.analyze(round, { "shared-settings": { restoreSource: "certain" } })).resolves.toEqual([]);
    });
});

test("the engine's schema has every setting of a block, and no other", () => {
    expect(Object.keys(configSchema(EXAMPLE).properties ?? {})).toEqual(Object.keys(EXAMPLE.settings));
    expect(Object.keys(configSchema(BARE).properties ?? {})).toEqual([]);
    expect(Object.keys(configSchema(SHARED).properties ?? {})).toEqual(
        expect.arrayContaining(["restoreSource", "exemptions", "tagExemptions", "inventory"]),
    );
});

test("the engine gets no defaults to put in, so that what is set can be told from what is not", () => {
    const { properties } = configSchema(EXAMPLE);
    expect(Object.values(properties ?? {}).filter((schema) => "default" in schema)).toEqual([]);
    expect(properties?.["share"]).toMatchObject({ description: "In percent. Default: 50." });
});

test("a tag exempts from advisory findings for at most a year, and its reason is not told, unless the settings say else", () => {
    const advisory = { isAdvisory: true };
    const byDefault = policyExemptions({}, configuredExemptions({}, []), "2026-11-22", advisory);
    expect(byDefault).toMatchObject({ today: "2026-11-22", tags: { allowed: "advisory", maximumDays: 365 } });
    expect(byDefault.tags.showsReason("BCDR111 2027-01-31 why")).toBe(false);
    const shared = { maximumExemptionDays: 30, showTagReasons: true, tagExemptions: "all" };
    const set = policyExemptions(shared, configuredExemptions(shared, []), "2026-11-22", {
        ...advisory,
        isSecret: (tag) => tag.includes("secret"),
    });
    expect(set).toMatchObject({ tags: { allowed: "all", maximumDays: 30 } });
    expect(set.tags.showsReason("BCDR111 2027-01-31 why")).toBe(true);
    expect(set.tags.showsReason("BCDR111 2027-01-31 secret")).toBe(false);
});

describe("the end of an exemption", () => {
    const problem = (expires: string, shared: SettingValues = {}): string => {
        try {
            checkConfiguration(SHARED, { ...shared, exemptions: [{ ...EXEMPTION, expires }] }, BLOCKS);
        } catch (error) {
            return (error as Error).message;
        }
        return "";
    };

    test.each([1, 30, 365, 3650])("is refused the day after the last of %d, which is named", (days) => {
        const shared = { maximumExemptionDays: days };
        const latest = latestEnd(today(), days);
        expect(problem(latest, shared)).toBe("");
        expect(problem(latestEnd(today(), days + 1), shared)).toContain(`The latest day allowed is ${latest}.`);
    });

    test("may be a year away without a setting", () => {
        expect(problem(latestEnd(today(), 365))).toBe("");
        expect(problem("9999-12-31")).toContain(
            `"exemptions[0].expires" is "9999-12-31", more than 365 days away ("maximumExemptionDays"). The latest day allowed is ${latestEnd(today(), 365)}.`,
        );
    });
});

test.each(["BCDR491", "exemption-in-use"])("%s, which tells which exemptions are in use, cannot be exempted", (key) => {
    const exemptions = [{ ...EXEMPTION, policies: [key] }];
    expect(() => checkConfiguration(SHARED, { exemptions }, [SHARED])).toThrow(`"${key}", which cannot be exempted`);
});
