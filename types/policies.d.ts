// Made from the catalogue of policies. UPDATE_DOCS=1 updates it.
import { Policies, PolicyPack } from "@pulumi/policy";

/**
 * Makes your own policy pack: these policies, and yours if you add any. Options are in the form of a configuration file,
 * and Pulumi's configuration of the pack overrides each of them.
 *
 * @param name of the pack; `azure-bcdr-guard` without one
 */
export declare function policyPack(name?: string, options?: PackOptions): PolicyPack;

/** The policies for a pack that you make with `new PolicyPack`. Call it once. */
export declare function policies(options?: Options): Policies;

export interface PackOptions extends Options {
    /** Policies of your own in the same pack. */
    readonly policies?: Policies;
}

/** Which policies the pack has: those that each given list selects. Without any list, all. */
export interface Selection {
    readonly services?: readonly ("azure-backup" | "site-recovery")[];
    readonly tags?: readonly ("azure-backup" | "site-recovery" | "interoperability" | "restore" | "readiness" | "support-matrix" | "recovery-points" | "soft-delete" | "immutability" | "retention" | "coverage" | "vault" | "redundancy" | "alerts" | "network" | "encryption" | "multi-user-authorization" | "exemptions")[];
    readonly frameworks?: readonly ("NIST SP 800-53" | "MCSB" | "NIST CSF" | "ISO 27001" | "DORA" | "SOC 2" | "CIS Controls" | "NIS2" | "PCI DSS")[];
    readonly ids?: readonly PolicyId[];
}

export type Level = "advisory" | "mandatory" | "disabled";

export interface Options {
    /** Leaves the others out. BCDR430, BCDR490 and BCDR491 stay: they report what the selected ones found and left open. */
    readonly select?: Selection;
    /** The level of every policy without a level here. */
    readonly all?: Level | "remediate";
    /** Settings of several policies, exemptions, and what is known beyond the stack. */
    readonly "shared-settings"?: {
        /** Which edition of Microsoft's interoperability table the messages carry, by the page's date. Default: 2025-12-08. */
        readonly edition?: "2025-12-08" | "2019-02-26";
        /** With more VMs than this, one finding for the stack lists them. Default: 20. */
        readonly summariseAbove?: number;
        /** `certain`: only disks that surely come from a backup. `any-snapshot`: also those made from any snapshot or imported VHD. Default: certain. */
        readonly restoreSource?: "certain" | "any-snapshot";
        /** The tag of a VM, or of the stack for all VMs without it, that names the tier. Default: bcdr-tier. */
        readonly tierTag?: string;
        /** What each tier requires: a list of `backup` and `replication`. Without this setting the tiers are `none`, `backup`, `replication` and `backup-and-replication`. */
        readonly tiers?: { readonly [name: string]: readonly ("backup" | "replication")[] };
        /** The tier of a VM without the tag, unless the stack has the tag. Without this setting, such a VM must be backed up if the stack uses Azure Backup at all. */
        readonly defaultTier?: string;
        /** Redundancies of vaults that pass. Default: GeoRedundant, ZoneRedundant, ReadAccessGeoZoneRedundant. */
        readonly acceptedRedundancies?: readonly ("GeoRedundant" | "ZoneRedundant" | "LocallyRedundant" | "ReadAccessGeoZoneRedundant")[];
        /** Findings to leave out, each for a reason and until a day. */
        readonly exemptions?: readonly {
            /** Ids or names of policies, such as BCDR110 or disk-restored-from-backup. */
            readonly policies: readonly string[];
            /** URN, ARM id or name; * stands for any text. */
            readonly resource: string;
            /** Why it is left out. */
            readonly reason: string;
            /** Last day on which it counts (UTC), such as 2027-01-31. */
            readonly expires: string;
        }[];
        /** Which findings the tag bcdr-exempt of a VM may exempt. `advisory`: advisory findings only. `all`: mandatory ones, too. `none`: tags do not count. Default: advisory. */
        readonly tagExemptions?: "advisory" | "all" | "none";
        /** The greatest number of days from today to the end of an exemption. A later end is refused: in the configuration as a mistake, in a tag the exemption alone. Default: 365. */
        readonly maximumExemptionDays?: number;
        /** Whether messages, reports and the record show the reason that the tag bcdr-exempt of a VM gives. Without it they name the tag. Default: false. */
        readonly showTagReasons?: boolean;
        /** Inventories of what protects VMs outside of the stack: one absolute path, or a list of them. Without it, the environment variable AZURE_BCDR_GUARD_INVENTORY counts. */
        readonly inventory?: string | readonly string[];
        /** The age in hours above which what an inventory tells is called old. Default: 24. */
        readonly maximumAgeHours?: number;
    };
    /** BCDR101: A VM is both backed up and replicated. advisory, low by default. */
    readonly "vm-backed-up-and-replicated"?: Level;
    /** BCDR102: A replicated VM has disks under Disk Backup. advisory, low by default. */
    readonly "disk-backed-up-and-vm-replicated"?: Level;
    /** BCDR110: A disk comes from a backup. advisory, medium by default. */
    readonly "disk-restored-from-backup"?: Level;
    /** BCDR111: A replicated VM has a restored data disk that is not replicated. mandatory, high by default. */
    readonly "restored-data-disk-not-replicated"?: Level;
    /** BCDR121: A replicated VM boots from a restored disk that is not replicated. mandatory, critical by default. */
    readonly "restored-os-disk-not-replicated"?: Level;
    /** BCDR122: The plan does not show whether a restored disk is replicated. advisory, high by default. */
    readonly "restored-disk-undecided"?: Level;
    /** BCDR123: A VM of a multi-VM consistency group was restored. mandatory, critical by default. */
    readonly "consistency-group-broken-by-restore"?: Level;
    /** BCDR131: A replicated disk is no longer attached to its VM. mandatory, high by default. */
    readonly "replicated-disk-not-attached"?: Level;
    /** BCDR132: The OS disk of a replicated VM is not replicated. mandatory, high by default. */
    readonly "os-disk-not-replicated"?: Level;
    /** BCDR419: A restored copy of a VM is not backed up. advisory, medium by default. */
    readonly "restored-vm-not-backed-up"?: Level;
    /** BCDR420: A restored copy of a replicated VM is not replicated. advisory, medium by default. */
    readonly "restored-vm-not-replicated"?: Level;
    /** BCDR201: A replicated VM has an ephemeral OS disk. mandatory, high by default. */
    readonly "replicated-vm-ephemeral-os-disk"?: Level;
    /** BCDR202: A replicated VM uses the NVMe disk controller. mandatory, high by default. */
    readonly "replicated-vm-nvme-controller"?: Level;
    /** BCDR203: A replicated disk uses Write Accelerator. mandatory, high by default. */
    readonly "replicated-disk-write-accelerator"?: Level;
    /** BCDR204: A replicated VM runs on a dedicated host. mandatory, high by default. */
    readonly "replicated-vm-dedicated-host"?: Level;
    /** BCDR205: A replicated VM is smaller than the documented minimum. advisory, low by default. */
    readonly "replicated-vm-too-small"?: Level;
    /** BCDR206: A replicated VM has an Arm64 processor. mandatory, high by default. */
    readonly "replicated-vm-arm64"?: Level;
    /** BCDR207: The OS disk of a replicated VM is too large. mandatory, high by default. */
    readonly "replicated-os-disk-too-large"?: Level;
    /** BCDR208: A replicated data disk is too small or too large. mandatory, high by default. */
    readonly "replicated-data-disk-size"?: Level;
    /** BCDR209: A replicated VM has too many data disks. mandatory, high by default. */
    readonly "replicated-vm-too-many-data-disks"?: Level;
    /** BCDR210: An Ultra disk is replicated between zones. mandatory, high by default. */
    readonly "ultra-disk-zone-to-zone"?: Level;
    /** BCDR211: A replicated shared disk is in no protection cluster. mandatory, high by default. */
    readonly "shared-disk-outside-cluster"?: Level;
    /** BCDR212: A zone-redundant disk is replicated between zones. mandatory, high by default. */
    readonly "zone-redundant-disk-zone-to-zone"?: Level;
    /** BCDR213: A replicated disk that is encrypted with your own key has no target key. mandatory, high by default. */
    readonly "customer-key-disk-without-target-set"?: Level;
    /** BCDR214: A replicated VM has IPv6 addresses only. mandatory, high by default. */
    readonly "replicated-vm-ipv6-only"?: Level;
    /** BCDR215: A replicated VM is in an application security group. advisory, low by default. */
    readonly "replicated-vm-application-security-group"?: Level;
    /** BCDR216: A replicated disk of 4 TiB or more uses host caching. mandatory, high by default. */
    readonly "replicated-disk-host-caching"?: Level;
    /** BCDR217: A subscription has too many replicated disks. mandatory, high by default. */
    readonly "too-many-replicated-disks"?: Level;
    /** BCDR218: A cache storage account is in another region than its VM. mandatory, high by default. */
    readonly "cache-account-other-region"?: Level;
    /** BCDR219: A cache storage account blocks Site Recovery. mandatory, high by default. */
    readonly "cache-account-blocked"?: Level;
    /** BCDR220: The vault of a replicated item is in the source region. mandatory, high by default. */
    readonly "recovery-vault-in-source-region"?: Level;
    /** BCDR221: A target resource group is not one that Site Recovery accepts. mandatory, high by default. */
    readonly "target-group-in-source-region"?: Level;
    /** BCDR222: A multi-VM consistency group has too many VMs. mandatory, high by default. */
    readonly "consistency-group-too-large"?: Level;
    /** BCDR223: A recovery plan has too many groups or VMs. mandatory, high by default. */
    readonly "recovery-plan-too-many-groups"?: Level;
    /** BCDR224: A replicated VM has unmanaged disks that cannot be replicated. mandatory, high by default. */
    readonly "unmanaged-disks-not-replicable"?: Level;
    /** BCDR225: A new replicated item lists no disks. mandatory, high by default. */
    readonly "replicated-item-without-disks"?: Level;
    /** BCDR226: A replicated item names a scale set. mandatory, high by default. */
    readonly "scale-set-replicated"?: Level;
    /** BCDR227: A VM replicated within its region is in no zone, or goes to its own. mandatory, high by default. */
    readonly "zone-to-zone-without-zones"?: Level;
    /** BCDR228: A target or replica disk has a type that does not go with the disk. advisory, high by default. */
    readonly "replica-disk-type"?: Level;
    /** BCDR229: A protection cluster breaks a limit of Site Recovery for shared disks. mandatory, high by default. */
    readonly "protection-cluster-limits"?: Level;
    /** BCDR230: A replication policy keeps recovery points outside the limits. mandatory, high by default. */
    readonly "replication-policy-history"?: Level | {
        readonly enforcementLevel?: Level;
        /** Recovery points must be kept for at least this many hours. A policy that keeps only the latest one (0) does not pass. Azure keeps them for at most 360 hours. */
        readonly minimumHistoryHours?: number;
    };
    /** BCDR231: A replication policy's app-consistent interval is outside the limits. mandatory, high by default. */
    readonly "replication-policy-app-consistent-interval"?: Level | {
        readonly enforcementLevel?: Level;
        /** There must be an application-consistent recovery point at least once in this many hours. A policy that takes none (0, Azure's default) does not pass. */
        readonly maximumAppConsistentHours?: number;
    };
    /** BCDR232: A cache storage account keeps deleted blobs. advisory, low by default. */
    readonly "cache-account-soft-delete"?: Level;
    /** BCDR233: A cache of Premium SSD v2 or Ultra disks is no premium block blob account. advisory, high by default. */
    readonly "cache-account-standard-for-premium-v2"?: Level;
    /** BCDR234: A recovery plan within one region does not name both zones. advisory, high by default. */
    readonly "recovery-plan-without-zones"?: Level;
    /** BCDR235: A container mapping does not update the Mobility agent. advisory, medium by default. */
    readonly "mobility-agent-not-updated"?: Level;
    /** BCDR236: A replicated disk is private, but its replica can come out public. advisory, medium by default. */
    readonly "replica-disk-network-access"?: Level;
    /** BCDR237: A replicated item has no target network. advisory, medium by default. */
    readonly "replica-without-target-network"?: Level;
    /** BCDR301: A backup item's vault is in another region than the VM. mandatory, high by default. */
    readonly "vm-backup-vault-other-region"?: Level;
    /** BCDR302: A VM is backed up into two vaults. mandatory, high by default. */
    readonly "vm-backed-up-twice"?: Level;
    /** BCDR303: A backed-up VM has more data disks than Azure Backup supports. mandatory, high by default. */
    readonly "vm-backup-too-many-disks"?: Level;
    /** BCDR304: A disk or VM is too large for Azure Backup. mandatory, high by default. */
    readonly "vm-backup-disk-too-large"?: Level;
    /** BCDR305: A Standard policy backs up an Ultra or Premium SSD v2 disk. mandatory, high by default. */
    readonly "standard-policy-ultra-or-premium-v2-disk"?: Level;
    /** BCDR306: A Standard policy backs up a Trusted Launch VM. mandatory, high by default. */
    readonly "standard-policy-trusted-launch"?: Level;
    /** BCDR307: A Standard policy backs up a shared disk. mandatory, high by default. */
    readonly "standard-policy-shared-disk"?: Level;
    /** BCDR308: A backed-up VM has an ephemeral OS disk. mandatory, high by default. */
    readonly "vm-backup-ephemeral-os-disk"?: Level;
    /** BCDR309: A backed-up disk accepts only Microsoft Entra authentication. mandatory, high by default. */
    readonly "vm-backup-entra-only-disk"?: Level;
    /** BCDR310: A backed-up VM is smaller than the documented minimum. advisory, low by default. */
    readonly "backed-up-vm-too-small"?: Level;
    /** BCDR311: A VM may not support its crash-consistent backup policy. advisory, medium by default. */
    readonly "crash-consistent-backup-unsupported"?: Level;
    /** BCDR320: A Disk Backup vault is in another region than the disk. mandatory, high by default. */
    readonly "disk-backup-vault-other-region"?: Level;
    /** BCDR321: Disk Backup snapshots are in the disk's own resource group. advisory, medium by default. */
    readonly "disk-backup-snapshot-group"?: Level;
    /** BCDR322: Disk Backup is used for a disk under Azure Disk Encryption. mandatory, high by default. */
    readonly "disk-backup-encrypted-disk"?: Level;
    /** BCDR323: Disk Backup of a Premium SSD v2 or Ultra disk is too frequent. mandatory, high by default. */
    readonly "disk-backup-premium-v2-interval"?: Level;
    /** BCDR324: The names, source VM and policy of a backup item contradict each other. mandatory, high by default. */
    readonly "backup-item-names-disagree"?: Level;
    /** BCDR325: Backups are suspended in a vault that is not immutable. mandatory, high by default. */
    readonly "backup-suspended-in-mutable-vault"?: Level;
    /** BCDR326: Azure Backup may not support a confidential VM's size or region. advisory, medium by default. */
    readonly "confidential-vm-backup"?: Level;
    /** BCDR330: A backup policy keeps snapshots for too many or too few days. mandatory, high by default. */
    readonly "backup-policy-instant-restore-days"?: Level;
    /** BCDR331: A backup policy's daily retention is outside the limits. mandatory, high by default. */
    readonly "backup-policy-daily-retention"?: Level | {
        readonly enforcementLevel?: Level;
        /** Daily recovery points of VMs must be kept for at least this many days. Policies without daily recovery points, such as weekly ones, always pass. Default: 7. */
        readonly minimumDailyRetentionDays?: number;
    };
    /** BCDR332: A backup policy has a schedule that its type does not support. mandatory, high by default. */
    readonly "backup-policy-hourly-schedule"?: Level;
    /** BCDR333: A Standard backup policy sets crash-consistent snapshots. mandatory, high by default. */
    readonly "backup-policy-crash-consistent"?: Level;
    /** BCDR334: A Disk Backup policy's interval or retention is outside the limits. mandatory, high by default. */
    readonly "disk-backup-policy-interval"?: Level;
    /** BCDR401: A VM that must be backed up is not. advisory, medium by default. */
    readonly "vm-not-backed-up"?: Level;
    /** BCDR402: A VM that must be replicated is not. advisory, medium by default. */
    readonly "vm-not-replicated"?: Level;
    /** BCDR403: A VM backup excludes a data disk. advisory, medium by default. */
    readonly "data-disk-not-backed-up"?: Level;
    /** BCDR404: A replicated item leaves out a data disk. advisory, medium by default. */
    readonly "data-disk-not-replicated"?: Level;
    /** BCDR411: A lock prevents replication from being disabled cleanly. advisory, medium by default. */
    readonly "lock-blocks-reprotection"?: Level;
    /** BCDR413: A replicated VM is in no recovery plan. advisory, low by default. */
    readonly "vm-in-no-recovery-plan"?: Level;
    /** BCDR414: The program manages or attaches a disk that belongs to Site Recovery. advisory, medium by default. */
    readonly "site-recovery-disk-in-program"?: Level;
    /** BCDR415: A backup is stopped, suspended or scheduled for deletion. advisory, medium by default. */
    readonly "backup-stopped"?: Level;
    /** BCDR416: A VM has failed over and is not protected again. advisory, high by default. */
    readonly "failed-over-vm-not-protected"?: Level;
    /** BCDR417: Azure reports a problem with the replication of a VM. advisory, medium by default. */
    readonly "replication-needs-attention"?: Level;
    /** BCDR418: A VM is protected with a known restriction. advisory, low by default. */
    readonly "protection-caveat"?: Level;
    /** BCDR501: A vault does not keep deleted backups long enough. advisory, medium by default. */
    readonly "vault-soft-delete"?: Level | "remediate" | {
        readonly enforcementLevel?: Level | "remediate";
        /** Deleted backups must be kept for at least this many days. Recovery Services vaults of the classic provider have no such setting and always pass. Default: 14. */
        readonly retentionDays?: number;
    };
    /** BCDR502: Backups in a vault can be deleted early. advisory, medium by default. */
    readonly "vault-immutability"?: Level | {
        readonly enforcementLevel?: Level;
        /** `Unlocked`: immutability has to be on, locked or not. `Locked`: it has to be locked, which can never be undone. Default: Unlocked. */
        readonly require?: "Unlocked" | "Locked";
    };
    /** BCDR503: A vault's redundancy is not an accepted one. advisory, medium by default. */
    readonly "vault-redundancy"?: Level;
    /** BCDR504: A geo-redundant vault has no cross-region restore. advisory, medium by default. */
    readonly "vault-cross-region-restore"?: Level;
    /** BCDR505: A vault's built-in alerts are off. advisory, low by default. */
    readonly "vault-alerts"?: Level | "remediate";
    /** BCDR506: A vault can be reached from public networks. disabled, medium by default. */
    readonly "vault-public-network"?: Level;
    /** BCDR507: A vault is encrypted with Microsoft's keys. disabled, medium by default. */
    readonly "vault-customer-managed-key"?: Level;
    /** BCDR508: A single account can remove a vault's protection. disabled, medium by default. */
    readonly "vault-multi-user-authorization"?: Level;
    /** BCDR509: A vault's redundancy is set in two places. mandatory, medium by default. */
    readonly "vault-redundancy-set-twice"?: Level;
    /** BCDR430: Protection works, but Azure can refuse to set it up again. advisory, medium by default. */
    readonly "unsupported-protection-in-place"?: Level;
    /** BCDR490: The plan does not know yet what a policy depends on. advisory, low by default. */
    readonly "undecided-at-preview"?: Level;
    /** BCDR491: Exemptions suppress findings. advisory, low by default. */
    readonly "exemption-in-use"?: Level;
    /** BCDR601: The plan swaps a disk of a replicated VM but keeps its replicated item. mandatory, critical by default. Only the command runs it. */
    readonly "plan-swaps-replicated-disk"?: Level;
    /** BCDR602: The plan replaces or deletes a protected VM but keeps the item that protects it. mandatory, critical by default. Only the command runs it. */
    readonly "plan-replaces-protected-vm"?: Level;
    /** BCDR603: The plan ends the protection of a VM or disk that it keeps. mandatory, critical by default. Only the command runs it. */
    readonly "plan-ends-protection"?: Level;
    /** BCDR604: The plan creates a replicated item before it deletes the old one. mandatory, critical by default. Only the command runs it. */
    readonly "plan-creates-item-before-delete"?: Level;
    /** BCDR605: The plan deletes the source VM of a failover before it is re-protected. mandatory, critical by default. Only the command runs it. */
    readonly "plan-deletes-failover-source"?: Level;
    /** BCDR606: The plan deletes a vault that still contains items. mandatory, critical by default. Only the command runs it. */
    readonly "plan-deletes-vault-in-use"?: Level;
    /** BCDR607: The plan shortens the retention of recovery points. advisory, medium by default. Only the command runs it. */
    readonly "plan-shortens-retention"?: Level;
    /** BCDR608: The plan removes or deletes a data disk of a replicated VM. advisory, medium by default. Only the command runs it. */
    readonly "plan-removes-replicated-data-disk"?: Level;
    /** BCDR609: The plan edits a replicated item's disk list or consistency group in place. mandatory, critical by default. Only the command runs it. */
    readonly "plan-edits-replicated-disk-list"?: Level;
    /** BCDR610: The plan deletes a fabric, container, mapping or policy that items need. mandatory, critical by default. Only the command runs it. */
    readonly "plan-deletes-replication-settings-in-use"?: Level;
    /** BCDR611: The plan deletes a backup item that its immutable vault keeps. mandatory, critical by default. Only the command runs it. */
    readonly "plan-deletes-immutable-item"?: Level;
    /** BCDR612: The plan weakens a vault's soft delete or immutability. advisory, medium by default. Only the command runs it. */
    readonly "plan-weakens-vault"?: Level;
    /** BCDR613: The plan resizes a replicated disk in a way that harms replication. advisory, medium by default. Only the command runs it. */
    readonly "plan-resizes-replicated-disk"?: Level;
}

export type PolicyId =
    | "BCDR101"
    | "BCDR102"
    | "BCDR110"
    | "BCDR111"
    | "BCDR121"
    | "BCDR122"
    | "BCDR123"
    | "BCDR131"
    | "BCDR132"
    | "BCDR419"
    | "BCDR420"
    | "BCDR201"
    | "BCDR202"
    | "BCDR203"
    | "BCDR204"
    | "BCDR205"
    | "BCDR206"
    | "BCDR207"
    | "BCDR208"
    | "BCDR209"
    | "BCDR210"
    | "BCDR211"
    | "BCDR212"
    | "BCDR213"
    | "BCDR214"
    | "BCDR215"
    | "BCDR216"
    | "BCDR217"
    | "BCDR218"
    | "BCDR219"
    | "BCDR220"
    | "BCDR221"
    | "BCDR222"
    | "BCDR223"
    | "BCDR224"
    | "BCDR225"
    | "BCDR226"
    | "BCDR227"
    | "BCDR228"
    | "BCDR229"
    | "BCDR230"
    | "BCDR231"
    | "BCDR232"
    | "BCDR233"
    | "BCDR234"
    | "BCDR235"
    | "BCDR236"
    | "BCDR237"
    | "BCDR301"
    | "BCDR302"
    | "BCDR303"
    | "BCDR304"
    | "BCDR305"
    | "BCDR306"
    | "BCDR307"
    | "BCDR308"
    | "BCDR309"
    | "BCDR310"
    | "BCDR311"
    | "BCDR320"
    | "BCDR321"
    | "BCDR322"
    | "BCDR323"
    | "BCDR324"
    | "BCDR325"
    | "BCDR326"
    | "BCDR330"
    | "BCDR331"
    | "BCDR332"
    | "BCDR333"
    | "BCDR334"
    | "BCDR401"
    | "BCDR402"
    | "BCDR403"
    | "BCDR404"
    | "BCDR411"
    | "BCDR413"
    | "BCDR414"
    | "BCDR415"
    | "BCDR416"
    | "BCDR417"
    | "BCDR418"
    | "BCDR501"
    | "BCDR502"
    | "BCDR503"
    | "BCDR504"
    | "BCDR505"
    | "BCDR506"
    | "BCDR507"
    | "BCDR508"
    | "BCDR509"
    | "BCDR430"
    | "BCDR490"
    | "BCDR491";
