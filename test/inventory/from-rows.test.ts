// From the rows that Azure holds to the document: what the queries give of them (test/kusto/results.json, which an engine of
// KQL has made), page by page through the real client, becomes the inventory.
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Inventory } from "../../src/inventory/document";
import { readAzure } from "../../src/inventory/from-azure";
import { readInventory } from "../../src/inventory/read";
import { recorded, type ResultRow } from "../kusto/engine";
import { backupItem, BACKUP_VAULT, disk, vm, RECOVERY, replicatedItem, VAULT, WORKLOAD } from "../kusto/rows";
import { resourceGraphServer, type GraphServer } from "./resource-graph-server";

const QUERIES = path.join(__dirname, "..", "..", "src", "inventory", "queries");

const rowsOf = (query: string): readonly ResultRow[] =>
    recorded()[`src/inventory/queries/${query}.kql`]?.result.rows ?? [];

const ROWS = {
    subscriptions: rowsOf("subscriptions"),
    machines: rowsOf("machines"),
    vaults: rowsOf("vaults"),
    backupItems: rowsOf("backup-items"),
    diskBackups: rowsOf("disk-backups"),
    replicatedItems: rowsOf("replicated-items"),
    recoveryPlans: rowsOf("recovery-plans"),
} as const satisfies GraphServer["rows"];

/** Sources in the order of their ids. */
const [IN_WORKLOAD, IN_RECOVERY] = [0, 1];
const DAILY = `${VAULT}/backupPolicies/daily`;
const READ = "2026-11-22T21:04:05Z";

/** Of tags, an inventory keeps the tier alone, which no row has. */
const INVENTORY: Inventory = {
    version: 1,
    sources: [WORKLOAD, RECOVERY].map((id) => ({ kind: "azure", name: `subscription ${id}`, readAt: READ })),
    machines: [
        { id: vm("attic"), source: IN_WORKLOAD, location: "northeurope", dataDisks: [{ lun: 1 }] },
        {
            id: vm("db"),
            source: IN_WORKLOAD,
            location: "westeurope",
            osDisk: disk("db-os"),
            dataDisks: [],
        },
        {
            id: vm("web"),
            source: IN_WORKLOAD,
            location: "westeurope",
            osDisk: disk("web-os"),
            dataDisks: [
                { lun: 0, id: disk("web-data") },
                { lun: 3, id: disk("web-log") },
            ],
        },
    ],
    vaults: [
        { id: BACKUP_VAULT, source: IN_WORKLOAD, kind: "Backup vault", location: "westeurope" },
        { id: VAULT, source: IN_RECOVERY, kind: "Recovery Services vault", location: "northeurope" },
    ],
    backupItems: [
        {
            id: backupItem("db"),
            source: IN_RECOVERY,
            machine: vm("db"),
            level: "machine",
            active: false,
            state: "ProtectionStopped",
        },
        ...["gone", "old"].map((name) => ({
            id: backupItem(name),
            source: IN_RECOVERY,
            machine: vm(name),
            level: "machine" as const,
            active: false,
            state: "ScheduledForDeferredDelete",
            ...(name === "old" && { policy: DAILY }),
        })),
        {
            id: backupItem("web"),
            source: IN_RECOVERY,
            machine: vm("web"),
            level: "machine",
            active: true,
            state: "Protected",
            policy: DAILY,
        },
        {
            id: `${VAULT}/backupFabrics/Azure/protectionContainers/VMAppContainer;compute;shop;db/protectedItems/SQLDataBase;mssqlserver;orders`,
            source: IN_RECOVERY,
            machine: vm("db"),
            level: "file",
            active: true,
            state: "Protected",
            policy: `${VAULT}/backupPolicies/sql`,
        },
        {
            id: `${VAULT}/backupFabrics/Azure/protectionContainers/Windows;laptop-7/protectedItems/folder`,
            source: IN_RECOVERY,
            level: "file",
            active: true,
            state: "Protected",
        },
    ],
    diskBackups: [
        {
            id: `${BACKUP_VAULT}/backupInstances/db-os`,
            source: IN_WORKLOAD,
            disk: disk("db-os"),
            active: false,
            state: "ProtectionStopped",
        },
        {
            id: `${BACKUP_VAULT}/backupInstances/web-data`,
            source: IN_WORKLOAD,
            disk: disk("web-data"),
            active: true,
            state: "ProtectionConfigured",
            policy: `${BACKUP_VAULT}/backupPolicies/hourly`,
        },
    ],
    replicatedItems: [
        {
            id: replicatedItem("db"),
            source: IN_RECOVERY,
            machine: vm("db"),
            azureToAzure: true,
            failedOver: true,
            recoveryLocation: "northeurope",
            policy: `${VAULT}/replicationPolicies/24h`,
            health: "Critical",
        },
        {
            id: replicatedItem("vmware-7"),
            source: IN_RECOVERY,
            azureToAzure: false,
            failedOver: false,
            group: "vm",
            health: "Warning",
        },
        {
            id: replicatedItem("web"),
            source: IN_RECOVERY,
            machine: vm("web"),
            azureToAzure: true,
            disks: [disk("web-os"), disk("web-data")],
            failedOver: false,
            group: "shop",
            recoveryLocation: "northeurope",
            policy: `${VAULT}/replicationPolicies/24h`,
            health: "Normal",
        },
    ],
    recoveryPlans: [
        { id: `${VAULT}/replicationRecoveryPlans/empty`, source: IN_RECOVERY, items: [] },
        {
            id: `${VAULT}/replicationRecoveryPlans/shop`,
            source: IN_RECOVERY,
            items: [replicatedItem("web"), replicatedItem("db")],
        },
    ],
};

let server: GraphServer;

beforeEach(async () => {
    server = await resourceGraphServer({ ...ROWS });
});

afterEach(() => server.close());

async function read(): Promise<Inventory> {
    return readAzure({
        ask: await server.ask(),
        scope: { subscriptions: [], managementGroups: [] },
        queryNamed: (name) => readFileSync(path.join(QUERIES, `${name}.kql`), "utf8"),
        progress: () => undefined,
        now: new Date(READ),
    });
}

test("the rows of an estate become its inventory, which can be read again", async () => {
    const inventory = await read();
    expect(inventory).toEqual(INVENTORY);
    expect(readInventory(JSON.stringify(inventory), "inventory.json")).toEqual(INVENTORY);
});

test("a truth value that is answered as 0 or 1 counts the same", async () => {
    server.rows.backupItems = rowsOf("backup-items").map((row) => ({
        ...row,
        waitsForDeletion: typeof row["waitsForDeletion"] === "boolean" ? Number(row["waitsForDeletion"]) : null,
    }));
    expect(await read()).toEqual(INVENTORY);
});

test("wherever a page ends, and whatever of it the next one repeats, each thing is there once", async () => {
    await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.nat(3), async (pageSize, repeated) => {
            server.pageSize = pageSize;
            for (const [table, rows] of Object.entries(ROWS)) {
                // As when something is made that sorts before all of them while they are read.
                const again = rows.flatMap((row, at) =>
                    (at + 1) % pageSize === 0 && at < repeated ? [row, row] : [row],
                );
                server.rows[table as keyof typeof ROWS] = again;
            }
            expect(await read()).toEqual(INVENTORY);
        }),
        { numRuns: 12 },
    );
});
