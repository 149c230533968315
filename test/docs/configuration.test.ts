import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import { planPolicies, policies } from "../../policies";
import { SHARED_SETTINGS, sharedSettings } from "../../src/config/shared-settings";
import type { JsonSchema } from "../../src/model/json-schema";
import { backupItem, disk, fromRestorePoint, vm, replicatedItem, SURROUNDINGS } from "../harness/azure";
import { configurationFrom, PackProcess, type ConfigurationFile } from "../harness/pack";
import { ref, type Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { expectGenerated, expectGeneratedPart, ROOT, table } from "../../dev/docs/generated";
import { policyConfigSchema } from "../../dev/docs/policy-config-schema";
import { policyTypes } from "../../dev/docs/policy-types";
import { rowsOf } from "../../dev/docs/policy-pages";
import { profileConfiguration, PROFILES } from "../../dev/docs/profiles";

const SCHEMA_FILE = "policy-config.schema.json";
const TYPES_FILE = "types/policies.d.ts";
const all = [...policies, ...planPolicies];
const schema = policyConfigSchema(all);
const isValid = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

const fileOf = (name: string): string => `profiles/${name}.json`;
const profile = (name: string): ConfigurationFile =>
    JSON.parse(readFileSync(path.join(ROOT, fileOf(name)), "utf8")) as ConfigurationFile;

/** Every configuration that a page shows as JSON. */
const SHOWN = ["README.md", "docs/configuration.md"].flatMap((file) => {
    const page = readFileSync(path.join(ROOT, file), "utf8");
    return [...page.matchAll(/^```json\n(.*?)^```/gms)].map(
        ([, text = ""], index) => [`${file}, example ${index + 1}`, JSON.parse(text) as ConfigurationFile] as const,
    );
});

const URN = "urn:pulumi:prod::shop::azure-native:recoveryservices:Vault::rsv";

/** What Pulumi hands on to the pack: exceptions are its own matter. */
function policiesOf({ version, policies: ofVersion, ...file }: ConfigurationFile): ConfigurationFile {
    return version === undefined ? file : ((ofVersion ?? {}) as ConfigurationFile);
}

function json(value: unknown): string {
    return `${JSON.stringify(value, undefined, 4)}\n`;
}

/** What breaks the core policies and the advice: a VM under both services that boots from a restored disk. */
const restored: Program = {
    ...SURROUNDINGS,
    os: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
    web: vm({ osDisk: ref("os.id") }),
    webBackup: backupItem(ref("web.id"), "shop;web"),
    webReplication: replicatedItem(ref("web.id"), [
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/web-os",
    ]),
};
const round = new Stack().preview(restored);

describe("what is made from the catalogue", () => {
    test(SCHEMA_FILE, () => expectGenerated(SCHEMA_FILE, json(schema)));

    test(TYPES_FILE, () => expectGenerated(TYPES_FILE, policyTypes(all)));

    test.each(PROFILES)("profiles/$name.json", (each) => {
        expectGenerated(fileOf(each.name), json(profileConfiguration(each, all)));
    });

    test("no profile is left over", () => {
        expect(readdirSync(path.join(ROOT, "profiles")).sort()).toEqual(
            PROFILES.map(({ name }) => `${name}.json`).sort(),
        );
    });

    test("the table of settings", () => expectGeneratedPart("docs/configuration.md", "settings", settingsTable()));

    test("the table of profiles", () => {
        const rows = PROFILES.map(({ name, says }) => [`[${fileOf(name)}](../${fileOf(name)})`, says]);
        expectGeneratedPart("docs/configuration.md", "profiles", table(["Profile", "What it does"], rows));
    });
});

/** One row for each setting, in the block that it stands in. */
function settingsTable(): string {
    const blocks = [sharedSettings(all), ...all];
    return table(
        ["Block", "Setting", "Counts for", "Values", "Default", "What it does"],
        blocks.flatMap(({ name: block, settings }) =>
            Object.entries(settings).map(([name, setting]) => [
                `\`${block}\``,
                `\`${name}\``,
                block !== SHARED_SETTINGS ? "this policy" : policiesWith(name).join(", ") || "all policies",
                valuesOf(setting),
                setting.default === undefined ? "" : `\`${String(setting.default)}\``,
                setting.description ?? "",
            ]),
        ),
    );
}

function policiesWith(setting: string): readonly string[] {
    return all.filter(({ sharedSettings: shared }) => Object.hasOwn(shared, setting)).map(({ id }) => id);
}

function valuesOf({ type, enum: words, minimum, maximum, items, additionalProperties }: JsonSchema): string {
    if (words !== undefined) {
        return words.map((word) => `\`${word}\``).join(", ");
    }
    if (Array.isArray(type)) {
        return type
            .map((each: "string" | "array") =>
                valuesOf({ type: each, ...(each === "array" && items ? { items } : {}) }),
            )
            .join(", or ");
    }
    if (items !== undefined) {
        return items.properties === undefined ? `a list of ${valuesOf(items)}` : "a list of objects";
    }
    if (additionalProperties) {
        return `names, each with ${valuesOf(additionalProperties)}`;
    }
    const kind = {
        string: "text",
        integer: "a whole number",
        boolean: "`true`, `false`",
        array: "a list",
        object: "an object",
    };
    const bounds = [
        ...(minimum === undefined ? [] : [`at least ${minimum}`]),
        ...(maximum === undefined ? [] : [`at most ${maximum}`]),
    ];
    return [kind[type as keyof typeof kind], ...bounds].join(", ");
}

describe("the schema", () => {
    test.each(SHOWN)("takes %s", (_, configuration) => {
        expect([isValid(configuration), isValid.errors]).toEqual([true, null]);
    });

    test.each(PROFILES)("takes profiles/$name.json", ({ name }) => {
        expect([isValid(profile(name)), isValid.errors]).toEqual([true, null]);
    });

    test("takes remediate where a policy can", () => {
        const able = all.filter((policy) => policy.scope === "resource" && policy.remediates);
        expect(able.map(({ name }) => name)).toContain("vault-soft-delete");
        for (const { name } of all) {
            expect([name, isValid({ [name]: "remediate" })]).toEqual([name, able.some((each) => each.name === name)]);
        }
    });

    test.each<[string, unknown]>([
        ["a level for all", { all: "disabled" }],
        ["environments", { environments: ["bcdr/policy"] }],
        [
            "shared settings with a level where all is disabled",
            { all: "disabled", "shared-settings": { enforcementLevel: "advisory", tagExemptions: "none" } },
        ],
        [
            "a block with a level for a policy that only the command runs",
            { "plan-swaps-replicated-disk": { enforcementLevel: "mandatory" } },
        ],
        [
            "shared settings without a level where nothing is disabled",
            { all: "advisory", "shared-settings": { tagExemptions: "none" } },
        ],
    ])("takes %s", (_, configuration) => {
        expect([isValid(configuration), isValid.errors]).toEqual([true, null]);
    });

    const exemption = { policies: ["BCDR110"], resource: "x", reason: "known", expires: "2027-01-31" };
    test.each<[string, unknown]>([
        ["a block without a level for a policy that only the command runs", { "plan-swaps-replicated-disk": {} }],
        ["a policy that there is not", { "restored-discs": "advisory" }],
        ["a setting that there is not", { "vault-immutability": { required: "Locked" } }],
        ["a value that there is not", { "shared-settings": { restoreSource: "all" } }],
        ["a shared setting in the block of a policy", { "disk-restored-from-backup": { restoreSource: "certain" } }],
        ["a level that there is not", { "vault-alerts": "fatal" }],
        ["settings for all", { all: { tagExemptions: "none" } }],
        ["an exemption in the block of a policy", { "vault-alerts": { exemptions: [exemption] } }],
        [
            "a policy in an exemption that there is not",
            { "shared-settings": { exemptions: [{ ...exemption, policies: ["BCDR999"] }] } },
        ],
        ["an exemption without a reason", { "shared-settings": { exemptions: [{ ...exemption, reason: " " }] } }],
        ["an exemption with a key too many", { "shared-settings": { exemptions: [{ ...exemption, until: "" }] } }],
        ["an exemption that never ends", { "shared-settings": { exemptions: [{ ...exemption, expires: "never" }] } }],
        ["shared settings that all disables", { all: "disabled", "shared-settings": { tagExemptions: "none" } }],
        [
            "shared settings that are disabled beside all",
            { all: { enforcementLevel: "disabled" }, "shared-settings": "disabled" },
        ],
    ])("refuses %s", (_, configuration) => {
        expect(isValid(configuration)).toBe(false);
    });

    const exception = { reason: "known", match: [{ policies: ["vault-alerts"], targets: [URN] }] };
    const excepting = (over: object): unknown => ({ version: 2, exceptions: { "EXC-1": { ...exception, ...over } } });
    test.each<[string, unknown]>([
        ["a version alone", { version: 2 }],
        ["policies of version 2", { version: 2, environments: ["bcdr/policy"], policies: { all: "advisory" } }],
        ["exceptions", excepting({})],
        [
            "an exception from a policy that there is not",
            excepting({ match: [{ policies: ["gone"], targets: [URN] }] }),
        ],
    ])("takes %s", (_, configuration) => {
        expect([isValid(configuration), isValid.errors]).toEqual([true, null]);
    });
    test.each<[string, unknown]>([
        ["a version that there is not", { version: 3 }],
        ["a version that is a text", { version: "2" }],
        ["exceptions without a version", { exceptions: {} }],
        ["policies without a version", { policies: {} }],
        ["a policy beside a version", { version: 2, "vault-alerts": "disabled" }],
        ["environments among policies", { version: 2, policies: { environments: [] } }],
        ["an ID with a blank", { version: 2, exceptions: { "EXC 1": exception } }],
        ["an exception without a reason", excepting({ reason: " " })],
        ["an exception with an end", excepting({ expires: "2027-01-31" })],
        ["an exception without an entry", excepting({ match: [] })],
        ["an exception from all policies", excepting({ match: [{ policies: ["all"], targets: [URN] }] })],
        ["a target that is no URN", excepting({ match: [{ policies: ["vault-alerts"], targets: ["rsv"] }] })],
    ])("refuses %s", (_, configuration) => {
        expect(isValid(configuration)).toBe(false);
    });

    test("has a key for each setting and level of each policy", () => {
        const { definitions } = schema as {
            readonly definitions: Readonly<Record<string, { readonly properties: Readonly<Record<string, unknown>> }>>;
        };
        const names = ["all", "shared-settings", ...all.map(({ name }) => name)];
        expect(Object.keys(definitions["policies"]!.properties)).toEqual(names);
        expect(Object.keys(definitions["unversioned"]!.properties)).toEqual(["environments", ...names]);
    });
});

describe("the pack itself, over gRPC", () => {
    let pack: PackProcess;

    beforeAll(async () => {
        pack = await PackProcess.start(ROOT);
    });
    afterAll(() => pack.stop());

    async function found(file: ConfigurationFile): Promise<readonly string[]> {
        await pack.configure(configurationFrom(policiesOf(file)));
        return (await pack.analyze(round)).map(({ level, policyId, on = "-" }) => `${level} ${policyId} ${on}`).sort();
    }

    test.each(SHOWN)("takes %s", async (_, configuration) => {
        await expect(found(configuration)).resolves.toEqual(expect.any(Array));
    });

    test("core: restores and mismatches, with what they leave open", async () => {
        const policies = (await found(profile("core"))).map((line) => line.split(" ")[1]);
        expect(policies).toEqual(expect.arrayContaining(["BCDR110", "BCDR121"]));
        expect(policies.filter((policyId) => !/^BCDR(1[123]\d|4\d\d)$/.test(policyId ?? ""))).toEqual([]);
    });

    test("advisory-first: everything is told, nothing blocks", async () => {
        const lines = await found(profile("advisory-first"));
        expect(lines).toEqual(
            expect.arrayContaining(["advisory BCDR110 os", "advisory BCDR101 web", "advisory BCDR121 web"]),
        );
        expect(lines.filter((line) => !line.startsWith("advisory"))).toEqual([]);
    });

    test("strict: notices stay notices, the rest blocks", async () => {
        const lines = await found(profile("strict"));
        expect(lines).toEqual(
            expect.arrayContaining(["advisory BCDR110 os", "advisory BCDR101 web", "mandatory BCDR121 web"]),
        );
    });
});

test.each(PROFILES)("$name lets nothing block that no page of Microsoft's says", ({ level }) => {
    const unsaid = all
        .filter((policy) => level(policy) === "mandatory")
        .map(({ id }) => id)
        .filter((id) => rowsOf(id).every(({ isUnverified }) => isUnverified === true));
    expect(unsaid).toEqual([]);
});

test("the profiles and the schema are published with the pack", () => {
    const { files } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
        readonly files: readonly string[];
    };
    expect(files).toEqual(expect.arrayContaining(["profiles/", SCHEMA_FILE]));
});

test("the entry for SchemaStore leads to the schema, which has what SchemaStore asks of one", () => {
    const page = readFileSync(path.join(ROOT, "docs", "configuration.md"), "utf8");
    const [, entry = ""] = /```json5\n(\{\n {4}"name"[^]*?)```/.exec(page) ?? [];
    const schema = JSON.parse(readFileSync(path.join(ROOT, SCHEMA_FILE), "utf8")) as Readonly<Record<string, unknown>>;
    expect(JSON.parse(entry)).toMatchObject({ name: "azure-bcdr-guard", fileMatch: ["bcdr.json"], url: schema["$id"] });
    expect(schema).toMatchObject({
        $schema: "http://json-schema.org/draft-07/schema#",
        title: expect.stringMatching(/\S/) as string,
        type: "object",
    });
});
