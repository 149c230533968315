import { columnsOf, list, objectAt, optional, optionalArmId, text, armId, type Columns } from "../inventory/columns";
import type { PlannedResource } from "../model/planned-resource";
import { existingResource, type AnsweredResource } from "../model/templates/arm-resource";

/** A row of one of the queries of this folder, and the resources that it is about. */
export interface AuditedRow {
    /** What it is about: rows with the same id belong together. */
    readonly id: string;
    readonly row: Columns;
    readonly resources: readonly PlannedResource[];
}

/**
 * A column has the same name and meaning in every query, so one reader serves all. A row has the properties of its resources
 * that policies look at, and no others.
 *
 * @throws MalformedRow
 */
export function auditedRow(row: unknown): AuditedRow {
    const columns = columnsOf(row);
    const id = armId(columns, "id");
    const resources = READERS.flatMap((read) => read(columns, id) ?? []);
    return { id, row: columns, resources: resources.flatMap((each) => existingResource(each) ?? []) };
}

type Reader = (columns: Columns, id: string) => AnsweredResource | undefined;

const READERS: readonly Reader[] = [vm, disk, original, backupItem, replicatedItem, diskBackup, vault];

const VM = /\/providers\/microsoft\.compute\/virtualmachines\/[^/]+$/i;

function vm(columns: Columns, id: string): AnsweredResource | undefined {
    const storageProfile = columns["storageProfile"] ?? undefined;
    return VM.test(id)
        ? {
              id,
              ...placed(columns),
              properties:
                  storageProfile === undefined ? {} : { storageProfile: objectAt(storageProfile, "storageProfile") },
          }
        : undefined;
}

/** The VM from which another one may have been restored. */
function original(columns: Columns): AnsweredResource | undefined {
    const id = optionalArmId(columns, "original");
    return id === undefined ? undefined : { id, location: text(columns, "originalLocation"), properties: {} };
}

function disk(columns: Columns): AnsweredResource | undefined {
    const id = optionalArmId(columns, "diskId");
    const creationData = columns["creationData"] ?? undefined;
    return id === undefined || creationData === undefined
        ? undefined
        : {
              id,
              location: text(columns, "location"),
              tags: columns["diskTags"] ?? undefined,
              properties: { creationData: objectAt(creationData, "creationData") },
          };
}

function backupItem(columns: Columns): AnsweredResource | undefined {
    const id = optionalArmId(columns, "backupItem");
    return id === undefined
        ? undefined
        : {
              id,
              properties: {
                  // A query without this column is about the backup of VMs.
                  protectedItemType: text(columns, "backupType") ?? "Microsoft.Compute/virtualMachines",
                  ...optional("sourceResourceId", text(columns, "backupOf")),
                  ...optional("protectionState", text(columns, "backupState")),
              },
          };
}

function replicatedItem(columns: Columns): AnsweredResource | undefined {
    const id = optionalArmId(columns, "replicatedItem");
    return id === undefined
        ? undefined
        : {
              id,
              properties: {
                  ...optional("activeLocation", text(columns, "activeLocation")),
                  ...optional("replicationHealth", text(columns, "health")),
                  ...optional("healthErrors", list(columns, "healthErrors")),
                  providerSpecificDetails: {
                      // A query without this column is about the replication of VMs in Azure.
                      instanceType: text(columns, "replicationKind") ?? "A2A",
                      ...optional("fabricObjectId", text(columns, "replicationOf")),
                      ...optional("protectedManagedDisks", list(columns, "replicatedDisks")),
                      ...optional("unprotectedDisks", list(columns, "unprotectedDisks")),
                      ...optional("autoProtectionOfDataDisk", text(columns, "autoProtection")),
                      ...optional("multiVmGroupName", text(columns, "consistencyGroup")),
                      ...optional("recoveryFabricObjectId", text(columns, "recoveryVm")),
                      ...optional("recoveryFabricLocation", text(columns, "recoveryLocation")),
                  },
              },
          };
}

function diskBackup(columns: Columns): AnsweredResource | undefined {
    const id = optionalArmId(columns, "diskBackup");
    return id === undefined
        ? undefined
        : {
              id,
              properties: {
                  dataSourceInfo: {
                      datasourceType: "Microsoft.Compute/disks",
                      ...optional("resourceID", text(columns, "diskId")),
                  },
                  ...optional("currentProtectionState", text(columns, "diskBackupState")),
              },
          };
}

function vault(columns: Columns): AnsweredResource | undefined {
    const id = optionalArmId(columns, "vault");
    return id === undefined
        ? undefined
        : { id, ...placed(columns), properties: objectAt(columns["vaultProperties"] ?? {}, "vaultProperties") };
}

function placed(columns: Columns): Pick<AnsweredResource, "location" | "tags"> {
    return { location: text(columns, "location"), tags: columns["tags"] ?? undefined };
}
