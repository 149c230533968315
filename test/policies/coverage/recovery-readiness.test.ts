import { attached, disk, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { RESTORE_POLICIES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { ref, type Program } from "../../harness/program";
import { Stack } from "../../harness/stack";
import { SOON } from "../../harness/days";

/** The other messages stand on the pages of the policies. */
async function messages(program: Program): Promise<readonly string[]> {
    const violations = await new Pack(RESTORE_POLICIES).analyze(new Stack().preview(program));
    return violations.map(({ message }) => message);
}

test("BCDR411 lists the VMs where a lock holds several", async () => {
    const program: Program = {
        ...SURROUNDINGS,
        web: vm({ name: "web" }),
        webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
        db: vm({ name: "db" }),
        dbReplication: replicatedItem(ref("db.id"), [osDiskOf("db")]),
        keep: {
            type: "azure-native:authorization:ManagementLockAtResourceGroupLevel",
            properties: { resourceGroupName: ref("rg.name"), level: "CanNotDelete", lockName: "keep" },
        },
    };
    expect(await messages(program)).toMatchSnapshot();
});

test("BCDR414 names the VM that attaches a replica disk from outside", async () => {
    const replica = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/ms-asr-0c1d";
    const program: Program = { ...SURROUNDINGS, web: vm({ dataDisks: [attached(0, replica)] }) };
    expect(await messages(program)).toMatchSnapshot();
});

test("BCDR414 goes by the tag of the VM that has the disk", async () => {
    const program = (tags: Readonly<Record<string, string>>): Program => ({
        ...SURROUNDINGS,
        replica: disk({ name: "web-data-ASRReplica" }),
        web: vm({ dataDisks: [attached(0, ref("replica.id"))], over: { tags } }),
    });
    expect(await messages(program({}))).toHaveLength(1);
    expect(await messages(program({ "bcdr-exempt": `BCDR414 ${SOON} Known.` }))).toEqual([]);
});
