import { nameOf } from "../model/ids/arm-id";
import type { AttachedDisk } from "../model/disks/attached-disks";
import { valueOf } from "../model/values";
import type { AzureResource, BackupItem } from "../model/resources";
import type { Provider } from "../model/ids/type-token";
import { idsInCli } from "./azure-cli";
import type { Step } from "./fix";
import { WORDS } from "./property-names";

/** How disks are kept out of a VM's backup; the OS disk cannot be (VMB-29). */
export function leaveOutSteps(item: string, provider: Provider, disks: readonly DiskInWords[]): readonly Step[] {
    if (disks.length === 0 || disks.some(({ isOsDisk }) => isOsDisk)) {
        return [];
    }
    return [
        {
            do: `Exclude ${disks.length === 1 ? "the disk" : "these disks"} from the backup in item "${item}".`,
            where: WORDS[provider].backup.leavesDisksOut,
            note: `Recovery points then do not contain the data on ${disks.length === 1 ? "this disk" : "these disks"}.`,
        },
    ];
}

export interface DiskInWords {
    /** `"data" (data disk, LUN 1)` */
    readonly words: string;
    readonly isOsDisk: boolean;
}

export function diskInWords({ place, role, disk }: AttachedDisk): DiskInWords {
    const where = role === "os" ? "OS disk" : `data disk${place.lun === undefined ? "" : `, LUN ${place.lun}`}`;
    const name =
        disk.state === "linked"
            ? nameInProgram(disk.to)
            : disk.state === "external"
              ? nameOf(disk.id)
              : valueOf(place.diskName);
    return { words: name === undefined ? `the ${where}` : `"${name}" (${where})`, isOsDisk: role === "os" };
}

/** The name by which a person finds it in the program; Azure's, where it is in none. */
export function nameInProgram({ pulumiName, azureName }: AzureResource): string | undefined {
    return pulumiName ?? valueOf(azureName);
}

/** Takes the backup item of a VM out of soft delete; undefined where its ID is not known. */
export function undeleteCommand({ id, level }: BackupItem): string | undefined {
    const known = valueOf(level) === "VM" ? valueOf(id) : undefined;
    const ids = known && idsInCli(known);
    return ids && `az backup protection undelete ${ids} --backup-management-type AzureIaasVM --workload-type VM`;
}
