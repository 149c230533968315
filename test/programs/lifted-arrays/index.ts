// A loop over names, and ids that are taken out of one output of an array: `ids[index]`.
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, isListed, newDisks, newVm, newShop, replicate } from "../shop";

const { group, backup, recovery } = newShop();
const names = ["web", "app"];
const disks = names.map((name) => newDisks(name, group));
const boots = pulumi.all(disks.map((each, index) => (index === 0 ? each.boots.id : each.os.id)));
const original = pulumi.all(disks.map(({ os }) => os.id));
const data = pulumi.all(disks.map((each) => each.data[0]?.id ?? ""));
const vms = names.map((name, index) =>
    newVm(name, group, {
        osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: boots[index] ?? "" } },
        dataDisks: [{ lun: 0, createOption: "Attach", managedDisk: { id: data[index] ?? "" } }],
    }),
);
vms.forEach((vm, index) => {
    backUp(names[index] ?? "", group.name, vm, backup);
    const os = isListed ? boots : original;
    replicate(
        names[index] ?? "",
        vm,
        recovery,
        [os[index] ?? "", data[index] ?? ""].map((id) => element(id)),
    );
});
