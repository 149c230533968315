// The tag of a stack that names the tier of its VMs: an option for a state, and in the record of a preview.
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { analyze } from "../../src/cli/commands/analyze";
import { readRecord } from "../../src/cli/reading/record";
import { UsageError } from "../../src/cli/usage-error";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

afterAll(removeScratchFolders);

const VM = {
    urn: "urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web",
    type: "azure-native:compute:VirtualMachine",
    custom: true,
    id: "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web",
    inputs: { resourceGroupName: "shop", vmName: "web", storageProfile: { osDisk: { createOption: "FromImage" } } },
    outputs: { name: "web" },
};

async function foundWith(...stackTags: readonly string[]): Promise<readonly string[]> {
    const folder = scratchFolder();
    const file = path.join(folder, "state.json");
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { manifest: {}, resources: [VM] } }));
    const [inspection] = await analyze({
        states: [file],
        project: folder,
        config: undefined,
        inventory: undefined,
        stackTags,
    });
    expect(inspection?.unreadable).toBeUndefined();
    return (inspection?.findings ?? []).map(({ policyId }) => policyId).filter((id) => /^BCDR40[12]$/.test(id));
}

test.each([
    [[], []],
    [["team=shop"], []],
    [["bcdr-tier=backup"], ["BCDR401"]],
    [
        ["team=a=b", "bcdr-tier=backup-and-replication"],
        ["BCDR401", "BCDR402"],
    ],
])("a state with the tags %j", async (tags, finds) => {
    expect(await foundWith(...tags)).toEqual(finds);
});

test.each(["bcdr-tier", "=backup", ""])("%j is no tag", async (tag) => {
    await expect(foundWith(tag)).rejects.toThrow(UsageError);
    await expect(foundWith(tag)).rejects.toThrow("Write name=value, such as bcdr-tier=backup.");
});

test("the record has the tag of the last run", async () => {
    const start = { line: "start", version: 1 };
    const lines = [
        start,
        { line: "stack tag", name: "tier", value: "gold" },
        start,
        { line: "stack tag", name: "tier", value: "none" },
    ];
    const { stackTags } = await readRecord(
        lines.map((line) => JSON.stringify(line)),
        "record",
    );
    expect([...stackTags]).toEqual([["tier", "none"]]);
});
