import { policies } from "../../../policies";
import { machineCoverage } from "../../../policies/machine-coverage/policy";
import { checkConfiguration } from "../../../configuration/configuration";
import { machine, SURROUNDINGS } from "../../harness/azure";
import { onlyRules } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { Stack } from "../../harness/stack";

const TIERS = { gold: ["backup", "replication"], bronze: [] };

test.each([
    ["a default tier among the configured ones, in any case", { tiers: TIERS, defaultTier: "Gold" }],
    ["one of the tiers that there are without any", { defaultTier: "none" }],
    ["a tier that owes nothing", { tiers: { none: [] } }],
])("accepted: %s", (_, values) => {
    expect(() => checkConfiguration(machineCoverage, values, policies)).not.toThrow();
});

test.each([
    [
        "a default tier that is none",
        { tiers: TIERS, defaultTier: "golf" },
        '"defaultTier" is "golf", which is no tier. Allowed: "gold", "bronze".',
    ],
    ["a service that is none", { tiers: { gold: ["archive"] } }, '"tiers.gold[0]" cannot be "archive".'],
    ["a tier that is no list", { tiers: { gold: "backup" } }, '"tiers.gold" must be of type array.'],
])("refused: %s", (_, values, problem) => {
    expect(() => checkConfiguration(machineCoverage, values, policies)).toThrow(problem);
});

test("a tier that the configuration does not know is told in the finding, with the default that counts", async () => {
    const [finding] = await new Pack(onlyRules((id) => id === "BCDR401")).analyze(
        new Stack().preview({
            ...SURROUNDINGS,
            web: machine({ name: "web", over: { tags: { "bcdr-tier": "golf" } } }),
        }),
        { "machine-coverage": { tiers: TIERS, defaultTier: "gold" } },
    );
    expect(finding?.message).toContain(
        'Its tag bcdr-tier says "golf", a tier that the configuration does not know, and the default tier "gold" asks for backup.',
    );
});
