import type { Answer } from "../model/answers";
import { armKey, nameOf } from "../model/ids/arm-id";
import type { AttachedDisk } from "../model/disks/attached-disks";
import { displayName } from "../model/ids/display-name";
import type { Estate } from "../model/estate";
import { valueOf } from "../model/values";
import type { Link } from "../model/link";
import { append } from "../model/lists";
import type {
    BackupItem,
    BackupVault,
    DiskBackup,
    Machine,
    PolicyAssignment,
    RecoveryPlan,
    ReplicatedItem,
    Vault,
} from "../model/resources";
import { describeError } from "../findings/internal-error";
import type { ReplicatedMachine } from "../model/protection/replicated-vm";
import type {
    Picture,
    PictureDisk,
    PictureMachine,
    PictureProtection,
    PictureRecoveryPlan,
    PictureVault,
} from "./estate-summary";

export function pictureOf(estate: Estate): Picture {
    return new Painter(estate).paint();
}

/** The same for a report, to which a bug in drawing costs the picture, and no finding. */
export function drawn(estate: Estate): { readonly picture: Picture | undefined; readonly missing: readonly string[] } {
    try {
        return { picture: pictureOf(estate), missing: [] };
    } catch (error) {
        const missing = `The picture of machines and vaults: an internal error (${describeError(error)}) kept it from being drawn.`;
        return { picture: undefined, missing: [missing] };
    }
}

const SERVICES = ["backup", "replication"] as const;

/** Gives machines and vaults their ids as they come, vaults outside of the stack when something names them. */
class Painter {
    private readonly machineIds: ReadonlyMap<Machine, string>;
    private readonly vaults = new Map<string | Vault | BackupVault, PictureVault>();
    private readonly failedOver = new Map<Machine, ReplicatedItem[]>();

    constructor(private readonly estate: Estate) {
        this.machineIds = new Map(estate.machines.map((machine, index) => [machine, `machine-${index + 1}`]));
        [...estate.vaults, ...estate.backupVaults].forEach((vault) => this.vaultInStack(vault));
        for (const item of estate.replicatedItems) {
            const machine = estate.machineOf(item);
            if (machine.state === "linked" && valueOf(item.failedOver) === true) {
                append(this.failedOver, machine.to, item);
            }
        }
    }

    paint(): Picture {
        const machines = this.estate.machines.map((machine) => this.machine(machine));
        return { machines, vaults: [...this.vaults.values()], recoveryPlans: this.recoveryPlans() };
    }

    private machine(machine: Machine): PictureMachine {
        const { estate } = this;
        const backups = estate.machineBackup(machine);
        const files = estate.fileBackup(machine);
        const diskBackups = estate.diskBackup(machine);
        const replications = estate.replication(machine);
        const assigned = SERVICES.map((service) => [service, estate.assignedProtection(machine, service)] as const);
        const attached = estate.attachedDisks(machine);
        const ofDisks = attached.map((disk) => estate.protectionOfDisk(machine, disk));
        const ofAssignedDisks = ofDisks.flatMap(itemsOf).filter((each) => each.kind === "policy assignment");
        const answers = [backups, files, diskBackups, replications, ...assigned.map(([, answer]) => answer)];
        return {
            id: this.machineIds.get(machine) ?? "",
            urn: machine.urn,
            name: estate.nameOf(machine),
            region: valueOf(estate.locationOf(machine)),
            disks: this.disks(machine, attached, replications),
            protections: [
                ...itemsOf(backups).map((item) => this.backup("backup", item)),
                ...itemsOf(diskBackups).map((backup) => this.diskBackup(backup)),
                ...itemsOf(files).map((item) => this.backup("file backup", item)),
                ...itemsOf(replications).map((item) => this.replication(item, false)),
                ...(this.failedOver.get(machine) ?? []).map((item) => this.replication(item, true)),
                ...assigned.flatMap(([service, answer]) => itemsOf(answer).map((each) => byAzurePolicy(each, service))),
                ...[...new Set(ofAssignedDisks)].map((assignment) => byAzurePolicy(assignment, "disk backup")),
            ],
            undecided:
                answers.some(({ answer }) => answer === "undecided") ||
                ofDisks.some(({ answer }) => answer === "undecided") ||
                estate.possibleMachineBackups(machine).length > 0,
        };
    }

    private disks(
        machine: Machine,
        attached: readonly AttachedDisk[],
        replications: Answer<ReplicatedItem>,
    ): readonly PictureDisk[] {
        const restores = new Map(
            this.estate.restoredAttachments(machine).map((each) => [each.attached, each.restored]),
        );
        const replicated =
            replications.answer === "yes" ? this.estate.replicated(machine, replications.items) : undefined;
        return attached.map((disk): PictureDisk => {
            const restored = restores.get(disk)?.state;
            return {
                name: this.diskName(machine, disk),
                role: disk.role,
                lun: disk.place.lun,
                restored: restored === undefined ? "no" : restored === "certain" ? "yes" : "maybe",
                replicated: replicated && isReplicated(replicated, disk),
            };
        });
    }

    private diskName(machine: Machine, attached: AttachedDisk): string {
        const { place, disk } = attached;
        if (disk.state === "linked" || disk.state === "external") {
            return this.estate.nameOfDisk(machine, attached);
        }
        const made = place.origin === "implicit" ? "made with the machine" : "not known yet";
        return valueOf(place.diskName) ?? (place.isWholeList ? "all data disks, not known yet" : made);
    }

    private backup(kind: "backup" | "file backup", item: BackupItem): PictureProtection {
        const vault = this.vault(this.estate.vaultOf(item), "Recovery Services vault");
        // Azure's own name for it only says the machine's once more (ARM-04).
        return { ...NO_REPLICATION, kind, name: item.pulumiName ?? displayName(item), ...vault };
    }

    private diskBackup(backup: DiskBackup): PictureProtection {
        const vault = this.vault(this.estate.backupVaultOf(backup), "Backup vault");
        return { ...NO_REPLICATION, kind: "disk backup", name: displayName(backup), ...vault };
    }

    private replication(item: ReplicatedItem, failedOver: boolean): PictureProtection {
        return {
            kind: "replication",
            name: displayName(item),
            ...this.vault(this.estate.vaultOf(item), "Recovery Services vault"),
            to: valueOf(this.estate.targetLocationOf(item)),
            group: this.estate.consistencyGroup(item) === undefined ? undefined : valueOf(item.group),
            failedOver,
        };
    }

    private vault(
        link: Link<Vault | BackupVault>,
        kind: PictureVault["kind"],
    ): Pick<PictureProtection, "vault" | "vaultName"> {
        switch (link.state) {
            case "linked": {
                const { id, name } = this.vaultInStack(link.to);
                return { vault: id, vaultName: name };
            }
            case "external": {
                const name = nameOf(link.id);
                const { id } = this.paintVault(armKey(link.id), { name, kind, region: undefined, inStack: false });
                return { vault: id, vaultName: name };
            }
            case "undecided":
            case "none":
                return { vault: undefined, vaultName: undefined };
        }
    }

    private vaultInStack(vault: Vault | BackupVault): PictureVault {
        return this.paintVault(vault, {
            name: displayName(vault),
            kind: vault.kind === "vault" ? "Recovery Services vault" : "Backup vault",
            region: valueOf(this.estate.locationOf(vault)),
            inStack: true,
        });
    }

    private paintVault(key: string | Vault | BackupVault, vault: Omit<PictureVault, "id">): PictureVault {
        const painted = this.vaults.get(key) ?? { id: `vault-${this.vaults.size + 1}`, ...vault };
        this.vaults.set(key, painted);
        return painted;
    }

    private recoveryPlans(): readonly PictureRecoveryPlan[] {
        const machines = new Map<RecoveryPlan, Set<string>>(this.estate.recoveryPlans.map((plan) => [plan, new Set()]));
        for (const item of this.estate.replicatedItems) {
            const machine = this.estate.machineOf(item);
            const id = machine.state === "linked" ? this.machineIds.get(machine.to) : undefined;
            if (id !== undefined) {
                this.estate.recoveryPlansWith(item).forEach((plan) => machines.get(plan)?.add(id));
            }
        }
        return this.estate.recoveryPlans.map((plan) => ({
            name: displayName(plan),
            machines: [...(machines.get(plan) ?? [])],
            groups: valueOf(plan.bootGroups),
        }));
    }
}

const NO_REPLICATION = { to: undefined, group: undefined, failedOver: false } as const;

function itemsOf<T>(answer: Answer<T>): readonly T[] {
    return answer.answer === "yes" ? answer.items : [];
}

/** What a new item without a list of disks covers, and one with unmanaged disks, nobody can tell by disk. */
function isReplicated(replicated: ReplicatedMachine, disk: AttachedDisk): "yes" | "no" | "unknown" {
    return replicated.hasLists ? replicated.isListed(disk) : "unknown";
}

function byAzurePolicy(
    assignment: PolicyAssignment,
    turnsOn: NonNullable<PictureProtection["turnsOn"]>,
): PictureProtection {
    const name = displayName(assignment);
    return { ...NO_REPLICATION, kind: "azure policy", name, vault: undefined, vaultName: undefined, turnsOn };
}
