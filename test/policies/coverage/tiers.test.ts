import { policies } from "../../../policies";
import { checkConfiguration } from "../../../src/config/configuration";
import { SHARED_SETTINGS, sharedSettings } from "../../../src/config/shared-settings";
import { vm, SURROUNDINGS } from "../../harness/azure";
import { onlyPolicies } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { Stack } from "../../harness/stack";

const SHARED = sharedSettings(policies);
const TIERS = { gold: ["backup", "replication"], bronze: [] };

test.each([
    ["a default tier among the configured ones, in any case", { tiers: TIERS, defaultTier: "Gold" }],
    ["one of the tiers that there are without any", { defaultTier: "none" }],
    ["a tier that requires nothing", { tiers: { none: [] } }],
])("accepted: %s", (_, values) => {
    expect(() => checkConfiguration(SHARED, values, [SHARED])).not.toThrow();
});

test.each([
    [
        "a default tier that is none",
        { tiers: TIERS, defaultTier: "golf" },
        '"defaultTier" is "golf", which is not a tier. Allowed: "bronze", "gold".',
    ],
    ["a service that is none", { tiers: { gold: ["archive"] } }, '"tiers.gold[0]" cannot be "archive".'],
    ["a tier that is no list", { tiers: { gold: "backup" } }, '"tiers.gold" must be of type array.'],
])("refused: %s", (_, values, problem) => {
    expect(() => checkConfiguration(SHARED, values, [SHARED])).toThrow(problem);
});

test("the finding names a tier that is not configured, and the default tier that applies", async () => {
    const [finding] = await new Pack(onlyPolicies((id) => id === "BCDR401")).analyze(
        new Stack().preview({
            ...SURROUNDINGS,
            web: vm({ name: "web", over: { tags: { "bcdr-tier": "golf" } } }),
        }),
        { [SHARED_SETTINGS]: { tiers: TIERS, defaultTier: "gold" } },
    );
    expect(finding?.message).toContain(
        'The VM has the tag bcdr-tier=golf, which is not a configured tier. The default tier "gold" requires backup.',
    );
});
