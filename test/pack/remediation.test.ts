import { UNKNOWN, type ValueMap } from "../../dev/offline/providers/values";
import { Pack, type Configuration } from "../harness/pack";
import { ref, type Program } from "../harness/program";
import { Stack, type SentResource } from "../harness/stack";
import { classicBackupVault, classicVault, nativeBackupVault, nativeVault } from "../harness/vaults";
import { SOON } from "../harness/days";

const SOFT_DELETE: Configuration = { "vault-soft-delete": { enforcementLevel: "remediate" } };
const ALERTS: Configuration = { "vault-alerts": { enforcementLevel: "remediate" } };
const BOTH: Configuration = { ...SOFT_DELETE, ...ALERTS };

const EXEMPTION = { resource: "backup", reason: "It goes in December.", expires: SOON };

/** A secret as the engine sends it. */
function secret(value: unknown): ValueMap {
    return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value } as ValueMap;
}

function sent(program: Program): SentResource {
    const vault = new Stack().preview(program).resources.find(({ name }) => name === "vault");
    if (vault === undefined) {
        throw new Error("the program has no vault");
    }
    return vault;
}

/** The vault of this program with its inputs as remediations leave them; undefined where they leave them alone. */
async function remediated(program: Program, configuration: Configuration): Promise<ValueMap | undefined> {
    return new Pack().remediate(sent(program), configuration);
}

interface Case {
    readonly name: string;
    readonly before: Program;
    readonly after: Program;
    readonly configuration: Configuration;
}

const CHANGES: readonly Case[] = [
    {
        name: "soft delete that is off",
        before: nativeVault({
            publicNetworkAccess: "Disabled",
            securitySettings: {
                immutabilitySettings: { state: "Unlocked" },
                softDeleteSettings: { softDeleteState: "Disabled" },
            },
        }),
        after: nativeVault({
            publicNetworkAccess: "Disabled",
            securitySettings: {
                immutabilitySettings: { state: "Unlocked" },
                softDeleteSettings: { softDeleteState: "Enabled" },
            },
        }),
        configuration: SOFT_DELETE,
    },
    {
        name: "soft delete that is off, classic",
        before: classicVault({ softDeleteEnabled: false }),
        after: classicVault({ softDeleteEnabled: true }),
        configuration: SOFT_DELETE,
    },
    {
        name: "soft delete that is off, with days that Azure refuses",
        before: nativeBackupVault({
            securitySettings: { softDeleteSettings: { state: "Off", retentionDurationInDays: 0 } },
        }),
        after: nativeBackupVault({
            securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
        }),
        configuration: SOFT_DELETE,
    },
    {
        name: "soft delete that is off, classic Backup vault",
        before: classicBackupVault({ softDelete: "Off" }),
        after: classicBackupVault({ softDelete: "On" }),
        configuration: SOFT_DELETE,
    },
    {
        name: "too few days where nothing is set at all",
        before: nativeVault({}),
        after: nativeVault({ securitySettings: { softDeleteSettings: { softDeleteRetentionPeriodInDays: 30 } } }),
        configuration: { "vault-soft-delete": { enforcementLevel: "remediate", retentionDays: 30 } },
    },
    {
        name: "both at once: off, and more days asked for than Azure's own",
        before: classicBackupVault({ softDelete: "Off" }),
        after: classicBackupVault({ softDelete: "On", retentionDurationInDays: 30 }),
        configuration: { "vault-soft-delete": { enforcementLevel: "remediate", retentionDays: 30 } },
    },
    {
        name: "the alerts that are off, and no others",
        before: nativeVault({
            monitoringSettings: {
                azureMonitorAlertSettings: {
                    alertsForAllJobFailures: "Disabled",
                    alertsForAllReplicationIssues: "Enabled",
                },
                classicAlertSettings: { alertsForCriticalOperations: "Disabled" },
            },
        }),
        after: nativeVault({
            monitoringSettings: {
                azureMonitorAlertSettings: {
                    alertsForAllJobFailures: "Enabled",
                    alertsForAllReplicationIssues: "Enabled",
                },
                classicAlertSettings: { alertsForCriticalOperations: "Disabled" },
            },
        }),
        configuration: ALERTS,
    },
    {
        name: "alerts that are off, classic",
        before: classicVault({ monitoring: { alertsForAllFailoverIssuesEnabled: false } }),
        after: classicVault({ monitoring: { alertsForAllFailoverIssuesEnabled: true } }),
        configuration: ALERTS,
    },
    {
        name: "what both policies find, one after the other",
        before: classicVault({ softDeleteEnabled: false, monitoring: { alertsForAllJobFailuresEnabled: false } }),
        after: classicVault({ softDeleteEnabled: true, monitoring: { alertsForAllJobFailuresEnabled: true } }),
        configuration: BOTH,
    },
    {
        name: "what is off beside what is not known",
        before: nativeVault({
            encryption: { keyVaultProperties: { keyUri: ref("rg.id") } },
            securitySettings: { softDeleteSettings: { softDeleteState: "Disabled" } },
        }),
        after: nativeVault({
            encryption: { keyVaultProperties: { keyUri: ref("rg.id") } },
            securitySettings: { softDeleteSettings: { softDeleteState: "Enabled" } },
        }),
        configuration: SOFT_DELETE,
    },
];

test.each(CHANGES)("changes $name", async ({ before, after, configuration }) => {
    expect(await remediated(before, configuration)).toEqual(sent(after).inputs);
});

test.each(CHANGES)("leaves no finding about $name", async ({ after, configuration }) => {
    const round = new Stack().preview(after);
    const found = (await new Pack().analyze(round, configuration)).filter(({ policy }) =>
        Object.hasOwn(configuration, policy),
    );
    expect(found).toEqual([]);
});

test.each<[string, Program, Configuration]>([
    ["what holds", nativeVault({ securitySettings: { softDeleteSettings: { softDeleteState: "AlwaysON" } } }), BOTH],
    ["what nobody sets and Azure switches on", classicVault({}), BOTH],
    [
        "what is not known",
        nativeVault({ securitySettings: { softDeleteSettings: { softDeleteState: ref("rg.id") } } }),
        BOTH,
    ],
    ["what is not known as a whole", nativeVault(ref("rg.tags")), BOTH],
    ["a vault of which other policies find something", nativeVault({ publicNetworkAccess: "Enabled" }), BOTH],
    [
        "what is exempted",
        classicVault({ softDeleteEnabled: false }),
        {
            ...SOFT_DELETE,
            "shared-settings": { exemptions: [{ ...EXEMPTION, policies: ["BCDR501"] }] },
        },
    ],
    [
        "what is violated under any other level",
        classicVault({ softDeleteEnabled: false }),
        { "vault-soft-delete": { enforcementLevel: "mandatory" } },
    ],
])("leaves %s alone", async (_, program, configuration) => {
    expect(await remediated(program, configuration)).toBeUndefined();
});

test("keeps secrets secret, above what it changes, beside it and in it", async () => {
    const vault = sent(nativeVault({}));
    const before = {
        ...vault.inputs,
        tags: secret({ owner: "finance" }),
        properties: secret({
            securitySettings: { softDeleteSettings: { softDeleteState: secret("Disabled") } },
            encryption: { keyVaultProperties: { keyUri: secret("https://keys.vault.azure.net/keys/backup") } },
        }),
    };
    expect(await new Pack().remediate({ ...vault, inputs: before }, SOFT_DELETE)).toEqual({
        ...before,
        properties: secret({
            securitySettings: { softDeleteSettings: { softDeleteState: secret("Enabled") } },
            encryption: { keyVaultProperties: { keyUri: secret("https://keys.vault.azure.net/keys/backup") } },
        }),
    });
});

test("keeps what is not known, in lists too", async () => {
    const vault = sent(nativeBackupVault({ securitySettings: { softDeleteSettings: { state: "Off" } } }));
    const before = {
        ...vault.inputs,
        properties: {
            securitySettings: { softDeleteSettings: { state: "Off" } },
            storageSettings: [UNKNOWN, { datastoreType: "VaultStore", type: UNKNOWN }],
            replicatedRegions: UNKNOWN,
        },
    };
    expect(await new Pack().remediate({ ...vault, inputs: before }, SOFT_DELETE)).toEqual({
        ...before,
        properties: { ...before.properties, securitySettings: { softDeleteSettings: { state: "On" } } },
    });
});

test("a mistake in the configuration ends the run", async () => {
    const configuration = { "vault-soft-delete": { enforcementLevel: "remediate", days: 30 } };
    await expect(remediated(classicVault({ softDeleteEnabled: false }), configuration)).rejects.toThrow(
        'there is no setting "days"',
    );
});
