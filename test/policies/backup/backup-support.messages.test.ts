import { classicDisk, classicVm } from "../../harness/classic";
import { vm, vault } from "../../harness/azure";
import { onlyPolicies } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { roundOf, type Phase } from "../../harness/phases";
import { ref, type Program } from "../../harness/program";
import { backedUp, CLASSIC_STANDARD, classicInstance, classicItem, classicWithDisk, diskUnderBackup } from "./programs";

async function messages(program: Program, phase: Phase, policyId: string): Promise<string> {
    const violations = await new Pack(onlyPolicies((id) => id === policyId)).analyze(roundOf(program, phase));
    return violations.map(({ message }) => message).join("\n\n");
}

const BOOT = { boot: classicDisk() };

test.each<[string, string, Program]>([
    [
        "BCDR301",
        "a classic item",
        {
            ...backedUp(classicVm("linux", ref("boot.id")), CLASSIC_STANDARD, classicItem()),
            ...BOOT,
            vault: vault("shop-backup", { location: "northeurope" }),
        },
    ],
    [
        "BCDR303",
        "unmanaged disks",
        backedUp(
            vm({
                name: "web",
                dataDisks: Array.from({ length: 20 }, (_, lun) => ({
                    lun,
                    createOption: "Empty",
                    diskSizeGB: 64,
                    name: `d${lun}`,
                    vhd: { uri: `https://shop.blob.core.windows.net/vhds/${lun}.vhd` },
                })),
            }),
        ),
    ],
    [
        "BCDR304",
        "all disks together",
        backedUp(
            vm({
                name: "web",
                dataDisks: Array.from({ length: 9 }, (_, lun) => ({ lun, createOption: "Empty", diskSizeGB: 32_000 })),
            }),
        ),
    ],
    ["BCDR305", "a classic item", classicWithDisk({ storageAccountType: "UltraSSD_LRS" }, CLASSIC_STANDARD)],
    ["BCDR321", "a classic instance", { ...diskUnderBackup({}, classicInstance(ref("rg.name"))) }],
])("%s, %s", async (policyId, _, program) => {
    expect(await messages(program, "first preview", policyId)).toMatchSnapshot();
});
