// A loop over names, and ids that are taken out of one output of an array: `ids[index]`.
import * as pulumi from "@pulumi/pulumi";

import { backUp, element, isListed, newDisks, newMachine, newShop, replicate } from "../shop";

const { group, backup, recovery } = newShop();
const names = ["web", "app"];
const disks = names.map((name) => newDisks(name, group));
const boots = pulumi.all(disks.map((each, index) => (index === 0 ? each.boots.id : each.os.id)));
const original = pulumi.all(disks.map(({ os }) => os.id));
const data = pulumi.all(disks.map((each) => each.data[0]?.id ?? ""));
const machines = names.map((name, index) =>
    newMachine(name, group, {
        osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: boots[index] ?? "" } },
        dataDisks: [{ lun: 0, createOption: "Attach", managedDisk: { id: data[index] ?? "" } }],
    }),
);
machines.forEach((machine, index) => {
    backUp(names[index] ?? "", group.name, machine, backup);
    const os = isListed ? boots : original;
    replicate(
        names[index] ?? "",
        machine,
        recovery,
        [os[index] ?? "", data[index] ?? ""].map((id) => element(id)),
    );
});
