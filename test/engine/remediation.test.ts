// What the level `remediate` does on the engine: the inputs of just those vaults change on their way to the provider.
import { removeScratchFolders } from "../dev/offline/scratch";
import { found, type Outcome, Project, TROUBLE } from "./project";
import { SOON } from "../harness/days";

const PROGRAM = `
name: vaults
runtime: yaml
resources:
  group:
    type: azure-native:resources:ResourceGroup
    properties:
      resourceGroupName: backup
      location: westeurope
  shop:
    type: azure-native:recoveryservices:Vault
    properties:
      resourceGroupName: \${group.name}
      vaultName: shop
      location: westeurope
      sku: { name: RS0, tier: Standard }
      tags: { made-in: "\${group.id}" }
      properties:
        securitySettings:
          immutabilitySettings: { state: Unlocked }
          softDeleteSettings: { softDeleteState: Disabled }
        monitoringSettings:
          azureMonitorAlertSettings: { alertsForAllJobFailures: Disabled }
  disks:
    type: azure:dataprotection/backupVault:BackupVault
    properties:
      resourceGroupName: backup
      name: disks
      location: westeurope
      datastoreType: VaultStore
      redundancy: ZoneRedundant
      immutability: Unlocked
      softDelete: "Off"
  exempted:
    type: azure:recoveryservices/vault:Vault
    properties:
      resourceGroupName: backup
      name: exempted
      location: westeurope
      sku: Standard
      immutability: Unlocked
      softDeleteEnabled: false
`;

const EXEMPTIONS = [{ policies: ["BCDR501"], resource: "exempted", reason: "Goes in December.", expires: SOON }];

const ABOUT_THE_REST = { "vault-redundancy": "disabled", "vault-cross-region-restore": "disabled" };

/** The inputs that the engine held against the policies, after all remediations, by the resource's name. */
function inputsOf({ rounds }: Outcome): Readonly<Record<string, object>> {
    const resources = rounds.flatMap((round) => round.resources);
    return Object.fromEntries(resources.map(({ name, inputs }) => [name, inputs]));
}

let advised: Outcome;
let remediated: Outcome;

beforeAll(async () => {
    const project = await Project.start(PROGRAM);
    const previewAt = (enforcementLevel: string): Promise<Outcome> =>
        project.preview(
            ...project.configured({
                ...ABOUT_THE_REST,
                "vault-soft-delete": { enforcementLevel, retentionDays: 30 },
                "shared-settings": { exemptions: EXEMPTIONS },
                "vault-alerts": { enforcementLevel },
            }),
        );
    advised = await previewAt("advisory");
    remediated = await previewAt("remediate");
});
afterAll(removeScratchFolders);

test("without it the policies find what is to be changed, and change nothing", () => {
    expect(found(advised.events)).toEqual(["BCDR491 vaults-dev", "BCDR501 disks", "BCDR501 shop", "BCDR505 shop"]);
    expect(inputsOf(advised)["shop"]).toMatchObject({
        properties: { securitySettings: { softDeleteSettings: { softDeleteState: "Disabled" } } },
    });
});

test("with it nothing is left to find but the exemption in use, and the preview succeeds", () => {
    expect(found(remediated.events)).toEqual(["BCDR491 vaults-dev"]);
    expect(remediated.status).toBe(0);
    expect(remediated.printed).not.toMatch(TROUBLE);
    expect(remediated.printed).not.toContain("can't run remediation");
});

test("just what was found changes in the planned inputs", () => {
    const { shop, disks, ...others } = inputsOf(advised) as Record<string, { readonly properties?: object }>;
    expect(Object.keys(others)).toContain("exempted");
    expect(inputsOf(remediated)).toEqual({
        ...others,
        shop: {
            ...shop,
            properties: {
                ...shop?.properties,
                securitySettings: {
                    immutabilitySettings: { state: "Unlocked" },
                    softDeleteSettings: { softDeleteState: "Enabled", softDeleteRetentionPeriodInDays: 30 },
                },
                monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
            },
        },
        disks: { ...disks, softDelete: "On", retentionDurationInDays: 30 },
    });
});
