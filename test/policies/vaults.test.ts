import { Pack } from "../harness/pack";
import type { Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { classicBackupVault, classicVault, nativeBackupVault, nativeVault } from "../harness/vaults";

async function messages(program: Program): Promise<string> {
    const violations = await new Pack().analyze(new Stack().preview(program));
    return violations.map(({ message }) => message).join("\n");
}

test.each([
    ["azure-native", nativeBackupVault({ storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] })],
    ["classic", classicBackupVault({ redundancy: "GeoRedundant" })],
    ["classic, stored locally", classicBackupVault({ redundancy: "LocallyRedundant" })],
])("of a Backup vault (%s) nothing is said about Site Recovery, which has no part in it", async (_, program) => {
    const said = await messages(program);
    expect(said).toContain(
        "If other stacks keep only operational backups in it, such as those of disks, it does not need this setting",
    );
    expect(said).not.toMatch(/Site Recovery|replicated/i);
});

test("the message on a Recovery Services vault says that Site Recovery does not need its redundancy", async () => {
    expect(await messages(nativeVault({}))).toContain(
        "If other stacks use the vault only for Site Recovery, it does not need this setting",
    );
});

test("no redundancy is advised that no vault can be set to", async () => {
    const said = await messages(classicVault({ storageModeType: "LocallyRedundant" }));
    expect(said).toContain('where: storageModeType = "GeoRedundant" or "ZoneRedundant"\n');
});
