import type { MachineDisk } from "../../estate/machine-disks";
import { headline } from "../../findings/message";
import { MACHINE_BACKUP } from "../../support/backup-matrix";
import { when, type Condition } from "../condition";
import { disksUnderStandardPolicy } from "./disks-under-standard-policy";

const { limit, page } = MACHINE_BACKUP.ULTRA_AND_PREMIUM_V2;
const SKUS = new Set(limit.skus.map((sku) => sku.toLowerCase()));

/** BCDR305: an Ultra or Premium SSD v2 disk, which only an Enhanced policy backs up (VMB-04). */
export const ultraDiskUnderStandardPolicy = disksUnderStandardPolicy({
    id: "BCDR305",
    finds: "an Ultra or Premium SSD v2 disk under a Standard policy",
    isConcerned: ({ toldBy, sku }: MachineDisk): Condition => when(toldBy, sku, (name) => SKUS.has(name.toLowerCase())),
    headline: (machine, policy) =>
        headline(
            (name, of) =>
                `Machine ${name} has disks that the Standard policy${policy === undefined ? "" : ` ${of}`} does not back up: Ultra or Premium SSD v2.`,
            machine,
            policy ?? "",
        ),
    why: "Only Enhanced policies back up Ultra and Premium SSD v2 disks. Under a Standard one, backup of the machine is refused.",
    firstSteps: [],
    page,
});
