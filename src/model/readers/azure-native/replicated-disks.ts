import { ABSENT, mapValue, type Value } from "../../values";
import type { DiskList, ReplicaAccess } from "../../resources";
import { Property } from "../../property-bag";
import { untoldAccess } from "../disk-access";
import { reference, type Lifetime, type PlannedProperties, type PlannedResource } from "../../planned-resource";

/**
 * The one list of disks that counts: of a new item the configured one, with which replication will be enabled; of an
 * existing one Azure's own answer, because nothing that is written into an existing item re-protects a disk, and a
 * refresh does not correct it (SEE-19). While an item changes, the preview knows neither (SEE-05).
 */
export function diskList(
    resource: PlannedResource,
    details: PlannedProperties,
    lifetime: Lifetime,
    configured: string,
    readBack: string,
    encryptionKeys: (disk: Property) => Value<boolean> = () => ABSENT,
): DiskList {
    if (lifetime !== "new" && resource.embeddedIn?.deployment !== undefined) {
        // The list that the template has by now is all that there is to point to.
        return { state: "unknown", property: details.configured(configured).path };
    }
    if (lifetime === "changing") {
        return { state: "unknown", property: details.readBack(readBack).path };
    }
    const told = lifetime === "new" ? details.configured(configured) : details.readBack(readBack);
    const property = lifetime === "new" ? told : kept(resource, told);
    const list = property.list();
    if (list.state === "unknown") {
        return { state: "unknown", property: property.path };
    }
    // An empty list is no list: Azure refuses a new item with one, and a read-back without disks says nothing.
    if (list.state === "absent" || list.value.length === 0) {
        return lifetime === "new" ? { state: "none" } : { state: "unknown", property: property.path };
    }
    return {
        state: "listed",
        disks: list.value.map((disk) => ({
            disk: reference(resource, disk.at("diskId")),
            stagingAccount: reference(resource, disk.at("primaryStagingAzureStorageAccountId")),
            encryptionSet: reference(resource, disk.at("recoveryDiskEncryptionSetId")),
            encryptionKeys: encryptionKeys(disk),
            targetType: disk.at("recoveryTargetDiskAccountType").text(),
            replicaType: disk.at("recoveryReplicaDiskAccountType").text(),
            access: accessOf(resource, disk, lifetime),
        })),
        property: property.path,
    };
}

/** Azure's answer holds it since API 2026-02-01, with which nobody has to have read the item (A2A-70). */
function accessOf(resource: PlannedResource, disk: Property, lifetime: Lifetime): ReplicaAccess {
    const policy = disk.at("recoveryNetworkAccessPolicy");
    const diskAccess = reference(resource, disk.at("recoveryDiskAccessId"));
    const untold = untoldAccess(lifetime, { ...diskAccess, property: policy.path });
    return policy.state === "absent" && lifetime !== "new"
        ? untold
        : {
              policy: policy.text(),
              takesPublicTraffic: mapValue(
                  disk.at("recoveryPublicNetworkAccess").text(),
                  (access) => access.toLowerCase() !== "disabled",
              ),
              diskAccess,
          };
}

/**
 * An update in place leaves this as Azure had it, also where nobody knows yet what the program asks for: the disks are handed
 * over when replication is enabled, and so is the cluster.
 */
export function kept({ formerOutputs, embeddedIn }: PlannedResource, property: Property): Property {
    return property.state !== "unknown" || formerOutputs === undefined || embeddedIn !== undefined
        ? property
        : Property.of(formerOutputs).at(...property.path.split("."));
}

/**
 * What Azure takes when replication is enabled, and no later edit changes: what a new item asks for, and what Azure answers of
 * one that exists. Of a template's item, only what the template has by now is known.
 */
export function takenAtEnabling(
    resource: PlannedResource,
    details: PlannedProperties,
    lifetime: Lifetime,
    name: string,
): Property {
    if (lifetime === "new") {
        return details.configured(name);
    }
    const answered = details.readBack(name);
    if (lifetime === "changing") {
        return Property.unknown(answered.path);
    }
    return resource.embeddedIn?.deployment === undefined ? kept(resource, answered) : details.planned(name);
}
