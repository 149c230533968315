import { NIST } from "../../support/frameworks";
import { NO_SETTINGS, stackPolicy } from "../policy";
import { arm64Machine } from "./arm64-machine";
import { cacheAccountRegion } from "./cache-account-region";
import { cacheAccountSettings } from "./cache-account-settings";
import { cachingOnLargeDisk } from "./caching-on-large-disk";
import { consistencyGroupTooLarge } from "./consistency-group-too-large";
import { customerManagedKey } from "./customer-managed-key";
import { dataDiskSize } from "./data-disk-size";
import { dedicatedHost } from "./dedicated-host";
import { ephemeralOsDisk } from "./ephemeral-os-disk";
import { itemNamesScaleSet } from "./item-names-scale-set";
import { newItemWithoutDisks } from "./new-item-without-disks";
import { nvmeController } from "./nvme-controller";
import { onlyIpv6 } from "./only-ipv6";
import { osDiskTooLarge } from "./os-disk-too-large";
import { recoveryPlanTooLong } from "./recovery-plan-too-long";
import { sharedDiskWithoutCluster } from "./shared-disk-without-cluster";
import { targetGroup } from "./target-group";
import { tooManyDataDisks } from "./too-many-data-disks";
import { tooManyProtectedDisks } from "./too-many-protected-disks";
import { ultraDiskBetweenZones } from "./ultra-disk-between-zones";
import { unmanagedDisks } from "./unmanaged-disks";
import { vaultInSourceRegion } from "./vault-in-source-region";
import { writeAccelerator } from "./write-accelerator";
import { zoneRedundantDiskBetweenZones } from "./zone-redundant-disk-between-zones";

export const replicationSupport = stackPolicy({
    name: "replication-support",
    displayName: "Supported by Site Recovery",
    description: "Site Recovery does not support this.",
    level: "mandatory",
    severity: "high",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",
    settings: NO_SETTINGS,
    rules: [
        ephemeralOsDisk,
        nvmeController,
        writeAccelerator,
        dedicatedHost,
        arm64Machine,
        osDiskTooLarge,
        dataDiskSize,
        tooManyDataDisks,
        ultraDiskBetweenZones,
        sharedDiskWithoutCluster,
        zoneRedundantDiskBetweenZones,
        customerManagedKey,
        onlyIpv6,
        cachingOnLargeDisk,
        tooManyProtectedDisks,
        cacheAccountRegion,
        cacheAccountSettings,
        vaultInSourceRegion,
        targetGroup,
        consistencyGroupTooLarge,
        recoveryPlanTooLong,
        unmanagedDisks,
        newItemWithoutDisks,
        itemNamesScaleSet,
    ],
});
