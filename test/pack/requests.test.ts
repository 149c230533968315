// What the pack hears of the engine's requests and the SDK keeps from policies: levels, and what is secret (SEE-33).
import { readFileSync, existsSync } from "node:fs";
import * as path from "node:path";
import { RECORD_FILE_VARIABLE } from "../../src/findings/record";
import type { ValueMap } from "../../dev/offline/providers/values";
import { disk, fromRestorePoint, vm, resourceGroup, SURROUNDINGS } from "../harness/azure";
import { SOON } from "../harness/days";
import { Pack, type Configuration, type Violation } from "../harness/pack";
import type { Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

interface SecretText {
    readonly [key: string]: string;
}

const secret = (value: string): SecretText => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value,
});

/** The same where the tag with the marker is a secret. */
function withSecretTag(bag: ValueMap): ValueMap {
    const tags = (bag["tags"] ?? {}) as ValueMap;
    const tag = tags["bcdr-exempt"];
    return typeof tag === "string" && tag.includes("MARK")
        ? { ...bag, tags: { ...tags, "bcdr-exempt": secret(tag) } }
        : bag;
}

afterAll(removeScratchFolders);

async function found(program: Program, configuration: Configuration = {}): Promise<readonly Violation[]> {
    return new Pack().analyze(new Stack().preview(program), configuration, true);
}

const shop = (tag: string, level = "advisory"): [Program, Configuration] => [
    { ...SURROUNDINGS, web: vm({ over: { tags: { "bcdr-exempt": tag } } }) },
    { "vm-not-backed-up": { enforcementLevel: level } },
];

describe("the level that counts", () => {
    const TAG = `BCDR401 ${SOON} It is thrown away in a week.`;

    test.each([
        ["advisory", ["BCDR491"]],
        ["mandatory", ["BCDR401"]],
    ])("%s: of the finding and the exemption, %s is told", async (level, expected) => {
        const policies = (await found(...shop(TAG, level))).map(({ policyId }) => policyId);
        expect(policies.filter((policyId) => policyId === "BCDR401" || policyId === "BCDR491")).toEqual(expected);
    });

    test("a tag that does not count says so in the finding", async () => {
        const finding = (await found(...shop(TAG, "mandatory"))).find(({ policyId }) => policyId === "BCDR401");
        expect(finding?.message).toContain('Tag ignored: bcdr-exempt on "web" does not count: BCDR401 is mandatory');
    });

    test("`all` tags count for what is mandatory, where the configuration says so", async () => {
        const [program, configuration] = shop(TAG, "mandatory");
        const all = { ...configuration, "shared-settings": { tagExemptions: "all" } };
        expect((await found(program, all)).map(({ policyId }) => policyId)).toContain("BCDR491");
    });

    test("an end too far away in a tag costs the exemption, and not the run", async () => {
        const [program, configuration] = shop("BCDR401 9999-12-31 For ever.");
        const finding = (await found(program, configuration)).find(({ policyId }) => policyId === "BCDR401");
        expect(finding?.message).toContain("more than 365 days away. The latest day allowed is ");
    });

    test("an end too far away in the configuration ends the run, also by the shared limit", async () => {
        const exemptions = [{ policies: ["BCDR401"], resource: "web", reason: "Known.", expires: SOON }];
        const [program] = shop("");
        await expect(found(program, { "shared-settings": { maximumExemptionDays: 7, exemptions } })).rejects.toThrow(
            'more than 7 days away ("maximumExemptionDays"). The latest day allowed is ',
        );
    });
});

describe("what is secret", () => {
    const restored = (diskName: SecretText): Program => ({
        rg: resourceGroup(),
        os: disk({ creationData: fromRestorePoint(), over: { diskName } }),
    });

    test("of a name stands in no message, not even in the commands of one", async () => {
        const program: Program = {
            ...SURROUNDINGS,
            web: vm({ over: { vmName: secret("MARK-NAME") } }),
        };
        const violations = await found(program);
        expect(violations.map(({ policyId }) => policyId)).toContain("BCDR401");
        expect(JSON.stringify(violations)).not.toContain("MARK-NAME");
    });

    test("of a tag's reason is told neither in messages nor in the record, whatever the settings", async () => {
        const file = path.join(scratchFolder(), "record");
        process.env[RECORD_FILE_VARIABLE] = file;
        try {
            const tagged = (reason: string): ReturnType<typeof vm> =>
                vm({ over: { tags: { "bcdr-exempt": `BCDR401 ${SOON} ${reason}` } } });
            const round = new Stack().preview({
                ...SURROUNDINGS,
                web: tagged("MARK-REASON"),
                db: tagged("Thrown away in a week."),
            });
            const resources = round.resources.map((resource) => ({
                ...resource,
                inputs: withSecretTag(resource.inputs),
                outputs: withSecretTag(resource.outputs),
            }));
            const settings = { "shared-settings": { showTagReasons: true } };
            const violations = await new Pack().analyze({ ...round, resources }, settings, true);
            const told = violations.find(({ policyId }) => policyId === "BCDR491")?.message ?? "";
            expect(told).toContain(`on "web" until ${SOON}: see the tag bcdr-exempt`);
            expect(told).toContain(`on "db" until ${SOON}: Thrown away in a week.`);
            expect(existsSync(file)).toBe(true);
            expect(told + readFileSync(file, "utf8")).not.toContain("MARK-REASON");
        } finally {
            Reflect.deleteProperty(process.env, RECORD_FILE_VARIABLE);
        }
    });

    test("and is the program's own name of something as well is told: Pulumi prints it on every line", async () => {
        const [violation] = (await found(restored(secret("os")))).filter(({ policyId }) => policyId === "BCDR110");
        expect(violation?.message).toContain('"os"');
    });

    test("in outputs of which the program says so is told nowhere", async () => {
        const stack = new Stack();
        stack.up({ ...SURROUNDINGS, web: vm({ name: "MARK-DEPLOYED" }) });
        const state = stack.preview({ ...SURROUNDINGS, web: vm({ name: "MARK-DEPLOYED" }) });
        const resources = state.resources.map((resource) =>
            resource.name === "web"
                ? { ...resource, options: { ...resource.options, additionalSecretOutputs: ["name"] } }
                : resource,
        );
        const violations = await new Pack().analyze({ ...state, resources }, {}, true);
        const told = violations.find(({ policyId }) => policyId === "BCDR401")?.message ?? "";
        expect(told).toContain("az backup protection enable-for-vm");
        expect(told).not.toContain("MARK-DEPLOYED");
    });
});
