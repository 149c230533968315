import type { Answer } from "../model/answers";
import { armKey, nameOf } from "../model/ids/arm-id";
import type { AttachedDisk } from "../model/disks/attached-disks";
import { displayName } from "../model/ids/display-name";
import { kindName } from "../model/kind-names";
import type { Estate } from "../model/estate";
import { valueOf } from "../model/values";
import type { Link } from "../model/link";
import { pushTo } from "../model/lists";
import type {
    BackupItem,
    BackupVault,
    DiskBackup,
    VirtualMachine,
    PolicyAssignment,
    RecoveryPlan,
    ReplicatedItem,
    VmReplication,
    Vault,
} from "../model/resources";
import { describeError } from "../findings/internal-error";
import type { ReplicatedVm } from "../model/protection/replicated-vm";
import { nameOfListed, unattachedDisks } from "../model/protection/unattached-disks";
import type {
    EstateSummary,
    SummaryDisk,
    SummaryListedOnly,
    SummaryVm,
    SummaryProtection,
    SummaryRecoveryPlan,
    SummaryVault,
} from "./estate-summary";

export function summaryOf(estate: Estate): EstateSummary {
    return new SummaryBuilder(estate).paint();
}

/** The same for a report, to which a bug in drawing costs the picture, and no finding. */
export function drawn(estate: Estate): {
    readonly summary: EstateSummary | undefined;
    readonly missing: readonly string[];
} {
    try {
        return { summary: summaryOf(estate), missing: [] };
    } catch (error) {
        const missing = `The picture of VMs and vaults: an internal error (${describeError(error)}) kept it from being drawn.`;
        return { summary: undefined, missing: [missing] };
    }
}

const SERVICES = ["backup", "replication"] as const;

/** Gives VMs and vaults their ids as they come, vaults outside of the stack when something names them. */
class SummaryBuilder {
    private readonly vmIds: ReadonlyMap<VirtualMachine, string>;
    private readonly vaults = new Map<string | Vault | BackupVault, SummaryVault>();
    private readonly failedOver = new Map<VirtualMachine, ReplicatedItem[]>();

    constructor(private readonly estate: Estate) {
        this.vmIds = new Map(estate.vms.map((vm, index) => [vm, `machine-${index + 1}`]));
        [...estate.vaults.recoveryServicesVaults, ...estate.vaults.backupVaults].forEach((vault) =>
            this.vaultInStack(vault),
        );
        for (const item of estate.replication.items) {
            const vm = estate.protectedVms.of(item);
            if (vm.state === "linked" && valueOf(item.failedOver) === true) {
                pushTo(this.failedOver, vm.to, item);
            }
        }
    }

    paint(): EstateSummary {
        const vms = this.estate.vms.map((vm) => this.vm(vm));
        return { machines: vms, vaults: [...this.vaults.values()], recoveryPlans: this.recoveryPlans() };
    }

    private vm(vm: VirtualMachine): SummaryVm {
        const { estate } = this;
        const backups = estate.backup.ofWholeVm(vm);
        const files = estate.backup.ofFiles(vm);
        const diskBackups = estate.backup.ofAnyDisk(vm);
        const replications = estate.replication.ofAny(vm);
        const assigned = SERVICES.map((service) => [service, estate.assignedProtection.of(vm, service)] as const);
        const attached = estate.disks.attachedTo(vm);
        const replicated =
            replications.answer === "yes" ? estate.replication.replicatedVm(vm, replications.items) : undefined;
        const ofDisks = attached.map((disk) => estate.backup.ofDisk(vm, disk));
        const ofAssignedDisks = ofDisks.flatMap(itemsOf).filter((each) => each.kind === "policy assignment");
        const answers = [backups, files, diskBackups, replications, ...assigned.map(([, answer]) => answer)];
        return {
            id: this.vmIds.get(vm) ?? "",
            urn: vm.urn,
            name: estate.names.of(vm),
            region: valueOf(estate.regions.of(vm)),
            disks: this.disks(vm, attached, replicated),
            listedOnly: this.listedOnly(vm, replicated),
            protections: [
                ...itemsOf(backups).map((item) => this.backup("backup", item)),
                ...itemsOf(diskBackups).map((backup) => this.diskBackup(backup)),
                ...itemsOf(files).map((item) => this.backup("file backup", item)),
                ...itemsOf(replications).map((item) => this.replication(item, false)),
                ...(this.failedOver.get(vm) ?? []).map((item) => this.replication(item, true)),
                ...assigned.flatMap(([service, answer]) => itemsOf(answer).map((each) => byAzurePolicy(each, service))),
                ...[...new Set(ofAssignedDisks)].map((assignment) => byAzurePolicy(assignment, "disk backup")),
            ],
            undecided:
                answers.some(({ answer }) => answer === "unknown") ||
                ofDisks.some(({ answer }) => answer === "unknown") ||
                estate.backup.possiblyOfWholeVm(vm).length > 0,
        };
    }

    private disks(
        vm: VirtualMachine,
        attached: readonly AttachedDisk[],
        replicated: ReplicatedVm | undefined,
    ): readonly SummaryDisk[] {
        const restores = new Map(this.estate.restores.of(vm).map((each) => [each.attached, each.restored]));
        return attached.map((disk): SummaryDisk => {
            const restored = restores.get(disk)?.state;
            return {
                name: this.diskName(vm, disk),
                role: disk.role,
                lun: disk.place.lun,
                restored: restored === undefined ? "no" : restored === "certain" ? "yes" : "maybe",
                replicated: replicated && isReplicated(replicated, disk),
            };
        });
    }

    /** Nobody knows all disks of a VM outside of the stack, or of one that `--target` leaves out. */
    private listedOnly(vm: VirtualMachine, replicated: ReplicatedVm | undefined): SummaryListedOnly | undefined {
        if (vm.urn === undefined || vm.skipped || replicated?.hasLists !== true) {
            return undefined;
        }
        const { certain, open } = unattachedDisks(replicated, this.estate.external.isKnown);
        return {
            names: certain.map(nameOfListed),
            undecided: open.length + replicated.openLists.length > 0,
        };
    }

    private diskName(vm: VirtualMachine, attached: AttachedDisk): string {
        const { place, disk } = attached;
        if (disk.state === "linked" || disk.state === "external") {
            return this.estate.names.ofDisk(vm, attached);
        }
        const made = place.origin === "implicit" ? "made with the VM" : "not known yet";
        return valueOf(place.diskName) ?? (place.isWholeList ? "all data disks, not known yet" : made);
    }

    private backup(kind: "backup" | "file backup", item: BackupItem): SummaryProtection {
        const vault = this.vault(this.estate.vaults.of(item), "Recovery Services vault");
        // Azure's own name for it only says the VM's once more (ARM-04).
        return { ...NO_REPLICATION, kind, name: item.pulumiName ?? displayName(item), ...vault };
    }

    private diskBackup(backup: DiskBackup): SummaryProtection {
        const vault = this.vault(this.estate.vaults.ofDiskBackup(backup), "Backup vault");
        return { ...NO_REPLICATION, kind: "disk backup", name: displayName(backup), ...vault };
    }

    private replication(item: VmReplication, failedOver: boolean): SummaryProtection {
        if (item.kind === "replication intent") {
            const vault = this.vault(this.estate.vaults.of(item), "Recovery Services vault");
            return { ...NO_REPLICATION, kind: "replication", name: displayName(item), ...vault };
        }
        return {
            kind: "replication",
            name: displayName(item),
            ...this.vault(this.estate.vaults.of(item), "Recovery Services vault"),
            to: valueOf(this.estate.replication.targetRegionOf(item)),
            group: this.estate.consistencyGroups.of(item) === undefined ? undefined : valueOf(item.group),
            failedOver,
        };
    }

    private vault(
        link: Link<Vault | BackupVault>,
        kind: SummaryVault["kind"],
    ): Pick<SummaryProtection, "vault" | "vaultName"> {
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

    private vaultInStack(vault: Vault | BackupVault): SummaryVault {
        return this.paintVault(vault, {
            name: displayName(vault),
            kind: kindName(vault.kind),
            region: valueOf(this.estate.regions.of(vault)),
            inStack: true,
        });
    }

    private paintVault(key: string | Vault | BackupVault, vault: Omit<SummaryVault, "id">): SummaryVault {
        const painted = this.vaults.get(key) ?? { id: `vault-${this.vaults.size + 1}`, ...vault };
        this.vaults.set(key, painted);
        return painted;
    }

    private recoveryPlans(): readonly SummaryRecoveryPlan[] {
        const vms = new Map<RecoveryPlan, Set<string>>(this.estate.recoveryPlans.all.map((plan) => [plan, new Set()]));
        for (const item of this.estate.replication.items) {
            const vm = this.estate.protectedVms.of(item);
            const id = vm.state === "linked" ? this.vmIds.get(vm.to) : undefined;
            if (id !== undefined) {
                this.estate.recoveryPlans.holding(item).forEach((plan) => vms.get(plan)?.add(id));
            }
        }
        return this.estate.recoveryPlans.all.map((plan) => ({
            name: displayName(plan),
            machines: [...(vms.get(plan) ?? [])],
            groups: valueOf(plan.bootGroups),
        }));
    }
}

const NO_REPLICATION = { to: undefined, group: undefined, failedOver: false } as const;

function itemsOf<T>(answer: Answer<T>): readonly T[] {
    return answer.answer === "yes" ? answer.items : [];
}

/** What a new item without a list of disks covers, and one with unmanaged disks, nobody can tell by disk. */
function isReplicated(replicated: ReplicatedVm, disk: AttachedDisk): Answer["answer"] {
    return replicated.hasLists ? replicated.isListed(disk) : "unknown";
}

function byAzurePolicy(
    assignment: PolicyAssignment,
    turnsOn: NonNullable<SummaryProtection["turnsOn"]>,
): SummaryProtection {
    const name = displayName(assignment);
    return { ...NO_REPLICATION, kind: "azure policy", name, vault: undefined, vaultName: undefined, turnsOn };
}
