import * as fc from "fast-check";
import { UNKNOWN, type KnownValue, type ValueMap } from "../../../dev/offline/providers/values";
import { diskRestoredFromBackup } from "../../../policies/restores/disk-restored-from-backup";
import { analyzeRequest, nextEvent, Pack } from "../../harness/pack";
import type { SentResource } from "../../harness/stack";
import { unrelatedResources } from "../../pack/unrelated";

const COMPUTE = "/subscriptions/s/resourceGroups/AzureBackupRG_westeurope_1/providers/Microsoft.Compute";
const [unrelated] = unrelatedResources(1) as [SentResource];

/** The inputs of all types that make disks, by the create option of a disk and what it is made from. */
const MAKERS: readonly (readonly [string, (option: KnownValue, source: KnownValue) => ValueMap])[] = [
    [
        "azure-native:compute:Disk",
        (createOption, sourceResourceId) => ({ creationData: { createOption, sourceResourceId } }),
    ],
    [
        "azure-native:compute/v20240701:VirtualMachine",
        (createOption, id) => ({
            storageProfile: {
                dataDisks: [
                    { lun: 0, createOption: "Attach" },
                    { lun: 1, createOption, sourceResource: { id } },
                ],
            },
        }),
    ],
    ["azure:compute/managedDisk:ManagedDisk", (createOption, sourceResourceId) => ({ createOption, sourceResourceId })],
    [
        "azure:compute/implicitDataDiskFromSource:ImplicitDataDiskFromSource",
        (createOption, sourceResourceId) => ({ createOption, sourceResourceId }),
    ],
    ["azure:compute/dataDiskAttachment:DataDiskAttachment", (createOption) => ({ createOption })],
    [
        "azure:compute/virtualMachine:VirtualMachine",
        (createOption) => ({ storageDataDisks: [{ lun: 0, createOption, name: "data" }] }),
    ],
    ["azure:compute/linuxVirtualMachine:LinuxVirtualMachine", (osManagedDiskId) => ({ osManagedDiskId })],
];

const option = fc.constantFrom<KnownValue>(
    ...["Restore", "Copy", "CopyStart", "Import", "ImportSecure", "RESTORE", "copy"],
    ...["Empty", "FromImage", "Attach", "Upload", "", "Restored"],
    ...[UNKNOWN, null, 7, []],
);
const source = fc.constantFrom<KnownValue>(
    `${COMPUTE}/restorePointCollections/AzureBackup_web_1234567/restorePoints/AzureBackup_20260301_084000/diskRestorePoints/d`,
    `${COMPUTE}/snapshots/x`,
    `${COMPUTE}/disks/x`,
    UNKNOWN,
    null,
);

/** What is reported on the last of these resources. */
async function reported(resources: readonly SentResource[]): Promise<readonly string[]> {
    const analyzer = new Pack([diskRestoredFromBackup]).analyzer(true, {
        "shared-settings": { restoreSource: "any-snapshot" },
    });
    let found: readonly string[] = [];
    for (const resource of resources) {
        const response = await analyzer.analyze(analyzeRequest(resource));
        found = response.getDiagnosticsList().map((each) => each.getMessage());
        await nextEvent();
    }
    return found;
}

// The first resource of a round is shown to every policy, later ones only to those that look at such a resource.
test("the findings on a resource do not depend on the resources before it", async () => {
    const seen = new Set<string>();
    await fc.assert(
        fc.asyncProperty(
            fc.constantFrom(...MAKERS),
            option,
            source,
            fc.boolean(),
            async ([type, inputs], createOption, madeFrom, isTagged) => {
                const name = "made";
                const tags = isTagged ? { RSVaultBackup: "0e1b7c4e" } : {};
                const made: SentResource = {
                    ...unrelated,
                    type,
                    name,
                    urn: `urn:pulumi:dev::shop::${type}::${name}`,
                    inputs: { name, tags, ...inputs(createOption, madeFrom) },
                };
                const alone = await reported([made]);
                expect(await reported([unrelated, made])).toEqual(alone);
                if (alone.length > 0) {
                    seen.add(type);
                }
            },
        ),
        { numRuns: 1000 },
    );
    expect(seen.size).toBe(4);
});
