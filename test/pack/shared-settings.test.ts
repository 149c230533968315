import * as path from "node:path";
import { policies } from "../../policies";
import { backupItem, disk, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../harness/azure";
import { Pack, PackProcess, type Configuration, type Violation } from "../harness/pack";
import { ref, type Program } from "../harness/program";
import { roundOf } from "../harness/phases";
import { SOON } from "../harness/days";

const GROUP = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/images/providers/Microsoft.Compute";

/** A disk from a snapshot that may be a backup's, and a VM under both services. */
const program: Program = {
    ...SURROUNDINGS,
    golden: disk({ creationData: { createOption: "Copy", sourceResourceId: `${GROUP}/snapshots/golden` } }),
    web: vm(),
    webBackup: backupItem(ref("web.id"), "shop;web"),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};
const round = roundOf(program, "first preview");

const untilThen = { reason: "Known.", expires: SOON };
const notWeb = { policies: ["BCDR101"], resource: "web", ...untilThen };
const notGolden = { policies: ["disk-restored-from-backup"], resource: "golden", ...untilThen };

function told(violations: readonly Violation[]): readonly string[] {
    return violations
        .filter(({ policyId }) => policyId === "BCDR101" || policyId === "BCDR110")
        .map(({ policyId, on = "-" }) => `${policyId} ${on}`)
        .sort();
}

interface Shared {
    readonly name: string;
    readonly configuration: Configuration;
    readonly finds: readonly string[];
}

const CASES: readonly Shared[] = [
    { name: "nothing is shared", configuration: {}, finds: ["BCDR101 web"] },
    {
        name: "a shared setting reaches the policies that take it",
        configuration: { "shared-settings": { restoreSource: "any-snapshot" } },
        finds: ["BCDR101 web", "BCDR110 golden"],
    },
    {
        name: "exemptions reach resource policies and stack policies",
        configuration: { "shared-settings": { restoreSource: "any-snapshot", exemptions: [notWeb, notGolden] } },
        finds: [],
    },
    {
        name: "the level of the shared settings is of no account",
        configuration: { "shared-settings": { enforcementLevel: "mandatory", exemptions: [notWeb] } },
        finds: [],
    },
    {
        name: "shared settings that are disabled count for nothing",
        configuration: { "shared-settings": { enforcementLevel: "disabled", exemptions: [notWeb] } },
        finds: ["BCDR101 web"],
    },
];

describe("over gRPC, one configuration after another in one process", () => {
    let pack: PackProcess;

    beforeAll(async () => {
        pack = await PackProcess.start(path.resolve(__dirname, "../.."));
    });
    afterAll(() => pack.stop());

    test.each(CASES)("$name", async ({ configuration, finds }) => {
        await pack.configure(configuration);
        expect(told(await pack.analyze(round))).toEqual(finds);
    });

    test.each([
        [
            "a setting that only one policy has",
            { retentionDays: 30 },
            ['there is no setting "retentionDays". Allowed: ', ' "retentionDays" belongs to "vault-soft-delete".'],
        ],
        [
            "a mistyped setting",
            { restoreSuorce: "certain" },
            ['there is no setting "restoreSuorce". Allowed: ', ' Did you mean "restoreSource"?'],
        ],
        [
            "a policy that there is not",
            { exemptions: [{ ...notWeb, policies: ["BCDR999"] }] },
            ['"exemptions[0].policies" names "BCDR999", which is no policy. Allowed: '],
        ],
    ])("%s ends the run with one sentence", async (_, values, parts) => {
        await pack.configure({ "shared-settings": values });
        const refused = pack.analyze(round);
        for (const part of ['azure-bcdr-guard: configuration of policy "shared-settings": ', ...parts]) {
            await expect(refused).rejects.toThrow(part);
        }
        await expect(refused).rejects.not.toThrow(/\n\s+at /);
    });
});

test("the block stands first, so that no policy looks at anything before it", async () => {
    const mistakes = Object.fromEntries(policies.map(({ name }) => [name, { colour: "red" }]));
    const failed = new Pack().analyze(round, { ...mistakes, "shared-settings": { colour: "red" } });
    await expect(failed).rejects.toThrow('policy "shared-settings"');
});

test("settings of one name are one setting: what is shared means the same to every policy", () => {
    const seen = new Map<string, unknown>();
    for (const { sharedSettings } of policies) {
        for (const [name, setting] of Object.entries(sharedSettings)) {
            expect(setting).toEqual(seen.get(name) ?? setting);
            seen.set(name, setting);
        }
    }
    const own = policies.flatMap(({ settings }) => Object.keys(settings));
    expect(own.filter((name, index) => own.indexOf(name) !== index || seen.has(name))).toEqual([]);
});
