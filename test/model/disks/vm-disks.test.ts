import type { Value } from "../../../src/model/values";
import type { VmDisk } from "../../../src/model/disks/vm-disks";
import { attached, disk, vm, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Program, type Properties } from "../../harness/program";
import { estateOf } from "../../harness/estate-of";

const ULTRA: Properties = { sku: { name: "UltraSSD_LRS" }, diskSizeGB: 2048, maxShares: 3 };

function disksOf(program: Program, phase: "first preview" | "exported state"): readonly VmDisk[] {
    const estate = estateOf(roundOf(program, phase));
    return estate.vms.flatMap((each) => estate.disks.of(each));
}

function told<T>(value: Value<T>): T | string {
    return value.state === "known" ? value.value : value.state;
}

describe.each(["first preview", "exported state"] as const)("%s", (phase) => {
    test("a disk of its own has the last word; what it does not say, the VM says", () => {
        const program: Program = {
            ...SURROUNDINGS,
            data: disk({ over: ULTRA }),
            web: vm({
                dataDisks: [attached(0, ref("data.id"), { diskSizeGB: 64, caching: "ReadOnly" })],
            }),
        };
        const [, data] = disksOf(program, phase);
        expect([told(data!.size), told(data!.sku), told(data!.isShared), told(data!.settings.caching)]).toEqual([
            2048,
            "UltraSSD_LRS",
            true,
            "ReadOnly",
        ]);
        expect(data!.definedBy.pulumiName).toBe("data");
    });

    test("a disk that Azure makes is as the VM asks for it", () => {
        const program: Program = {
            ...SURROUNDINGS,
            web: vm({
                dataDisks: [
                    {
                        lun: 0,
                        createOption: "Empty",
                        diskSizeGB: 4096,
                        managedDisk: { storageAccountType: "Premium_LRS" },
                    },
                ],
            }),
        };
        const [, data] = disksOf(program, phase);
        expect([told(data!.size), told(data!.sku), told(data!.isShared)]).toEqual([4096, "Premium_LRS", false]);
        expect(data!.definedBy.pulumiName).toBe("web");
    });

    test("a classic VM's disks by their attachments", () => {
        const program: Program = {
            ...SURROUNDINGS,
            os: classicDisk(),
            data: classicDisk({ createOption: "Empty", diskSizeGb: 512, maxShares: 2 }),
            web: classicVm("linux", ref("os.id")),
            attachment: diskAttachment(ref("web.id"), 0, ref("data.id")),
        };
        const data = disksOf(program, phase).find(({ attached: { role } }) => role === "data");
        expect([told(data!.size), told(data!.isShared)]).toEqual([512, true]);
    });
});

test("which of two disks stands in a place is open, and so is all about it", () => {
    const program: Program = {
        ...SURROUNDINGS,
        one: disk({ over: ULTRA }),
        other: disk(),
        tie: disk(),
        web: vm({
            dataDisks: [attached(0, ref("one.id"), { name: ref("tie.id") }), attached(1, ref("other.id"))],
        }),
    };
    const data = disksOf(program, "first preview").filter(({ attached: { role } }) => role === "data");
    expect(data.map(({ sku }) => told(sku))).toEqual(["unknown", "unknown"]);
});
