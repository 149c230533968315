import { attached, backupItem, disk, diskBackup, vm, SURROUNDINGS, vault } from "../../harness/azure";
import { backupInstanceDisk, classicDisk, classicVm, diskAttachment, protectedVm } from "../../harness/classic";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { backupPolicy, classicBackupPolicy } from "../../harness/protection-policies";

/** VMs and disks under backup, by both providers. */

const VAULTS: Program = { ...SURROUNDINGS, vault: vault("shop-backup") };

/** The item "webBackup" of a VM "web", in the policy's vault; `over` goes into its `properties`. */
export function item(over: Properties = {}, vmId: Content = ref("web.id")): Declaration {
    const declared = backupItem(vmId, "shop;web", { policyId: ref("policy.id"), ...over });
    return { ...declared, properties: { ...declared.properties, vaultName: ref("vault.name") } };
}

export function classicItem(over: Properties = {}): Declaration {
    return protectedVm(ref("web.id"), {
        recoveryVaultName: ref("vault.name"),
        backupPolicyId: ref("policy.id"),
        ...over,
    });
}

export const STANDARD = backupPolicy({ policyType: "V1" });
export const ENHANCED = backupPolicy({ policyType: "V2", schedulePolicy: daily("SimpleSchedulePolicyV2") });
export const CRASH_CONSISTENT = backupPolicy({
    policyType: "V2",
    schedulePolicy: daily("SimpleSchedulePolicyV2"),
    snapshotConsistencyType: "OnlyCrashConsistent",
});
export const CLASSIC_STANDARD = classicBackupPolicy();
export const CLASSIC_ENHANCED = classicBackupPolicy({ policyType: "V2" });

function daily(schedulePolicyType: string): Properties {
    return { schedulePolicyType, scheduleRunFrequency: "Daily" };
}

/** What a page shows of `backedUp`. */
export const BACKED_UP_WEB = ["webBackup.properties.sourceResourceId"];
export const UNDER_POLICY = ["policy.properties.policyType", "webBackup.properties.policyId", ...BACKED_UP_WEB];

/** Of a fix in a policy. */
export const SAYS_ENHANCED =
    "Make the policy an Enhanced one. If it already backs up VMs, declare a second policy like this instead:";

/** The VM "web" and what else the program needs, backed up by `webBackup`. */
export function backedUp(web: Declaration, policy: Declaration = STANDARD, webBackup: Declaration = item()): Program {
    return { ...VAULTS, web, policy, webBackup };
}

/** The same with a data disk that is a resource of its own, at LUN 1. */
export function withDisk(
    over: Properties,
    policy: Declaration = STANDARD,
    webBackup: Declaration = item(),
    place: Properties = {},
): Program {
    return {
        ...backedUp(vm({ name: "web", dataDisks: [attached(1, ref("data.id"), place)] }), policy, webBackup),
        data: disk({ over }),
    };
}

/** What a page shows of the VM of `withDisk`. */
export const WITH_DISK = ["web.storageProfile.dataDisks"];

/** The same of the classic provider. */
export function classicWithDisk(
    over: Properties,
    policy: Declaration,
    webBackup: Declaration = classicItem(),
): Program {
    return {
        ...backedUp(classicVm("linux", ref("boot.id")), policy, webBackup),
        boot: classicDisk(),
        data: classicDisk({ createOption: "Empty", diskSizeGb: 128, osType: null, ...over }),
        attachment: diskAttachment(ref("web.id"), 1, ref("data.id")),
    };
}

/** Leaves LUNs out of an item's backup. */
export function leavingOut(...diskLunList: readonly Content[]): Declaration {
    return item({ extendedProperties: { diskExclusionProperties: { diskLunList, isInclusionList: false } } });
}

/** A disk "data" under Disk Backup, its snapshots in the group "snapshots". */
export function diskUnderBackup(over: Properties = {}, instance: Declaration = nativeInstance()): Program {
    return { ...SURROUNDINGS, ...SNAPSHOTS, data: disk({ name: "data", over }), dataBackup: instance };
}

/** What a page shows of `diskUnderBackup`. */
export const BACKED_UP_DATA = ["dataBackup.properties.dataSourceInfo.resourceID"];

export function nativeInstance(
    diskId: Content = ref("data.id"),
    snapshotGroup: Content = ref("snapshots.id"),
): Declaration {
    const declared = diskBackup(diskId);
    const properties = declared.properties["properties"] as Properties;
    const policyInfo = properties["policyInfo"] as Properties;
    return {
        ...declared,
        properties: {
            ...declared.properties,
            properties: {
                ...properties,
                policyInfo: {
                    ...policyInfo,
                    policyParameters: {
                        dataStoreParametersList: [
                            {
                                objectType: "AzureOperationalStoreParameters",
                                dataStoreType: "OperationalStore",
                                resourceGroupId: snapshotGroup,
                            },
                        ],
                    },
                },
            },
        },
    };
}

export function classicInstance(snapshotResourceGroupName: Content = "snapshots"): Declaration {
    const declared = backupInstanceDisk(ref("data.id"));
    return { ...declared, properties: { ...declared.properties, snapshotResourceGroupName } };
}

export const SNAPSHOTS: Program = {
    snapshots: { type: "azure-native:resources:ResourceGroup", properties: { location: "westeurope" } },
};
