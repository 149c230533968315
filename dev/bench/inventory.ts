// `npm run bench:inventory`: an inventory of the VMs of 500 states, and `azure-bcdr-guard analyze` over all of them with
// one report. Each runs in a separate process, to measure its own peak. The states are written before the clock starts.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inventoryFromStates } from "../../src/cli/commands/inventory";
import { limitHeapGrowth } from "../../src/cli/heap";
import { readInventoryFile } from "../../src/inventory/files";
import { InventoriedResources } from "../../src/inventory/external-resources";
import { indexOf } from "../../src/inventory/inventory-index";
import { packed } from "../../src/inventory/packed-entries";
import type { Report } from "../../src/cli/report";
import { projectRoot } from "../offline/setting";
import { BUSY_FILE, PEAK_FILE } from "./peak-memory";

const SIZES = [10_000, 30_000, 100_000];
const STATES = 500;
const SUBSCRIPTION = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60";
const GROUP = `${SUBSCRIPTION}/resourceGroups/shop`;
const VAULT = `${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.RecoveryServices/vaults`;

type Bag = Readonly<Record<string, unknown>>;

function resource(stack: number, type: string, name: string, id: string, inputs: Bag, outputs: Bag = inputs): Bag {
    const urn = `urn:pulumi:prod::part-${stack}::azure-native:${type}::${name}`;
    return { urn, custom: true, id, type: `azure-native:${type}`, inputs, outputs: { ...outputs, id, name } };
}

/** One stack has VMs with their disks, the next one has their backup and replication. */
function vms(stack: number, names: readonly string[]): readonly Bag[] {
    return names.flatMap((name) => {
        const os = `${GROUP}/providers/Microsoft.Compute/disks/${name}-os`;
        const storageProfile = { osDisk: { createOption: "Attach", osType: "Linux", managedDisk: { id: os } } };
        const common = { resourceGroupName: "shop", location: "westeurope" };
        return [
            resource(stack, "compute:Disk", `${name}-os`, os, { ...common, creationData: { createOption: "Empty" } }),
            resource(
                stack,
                "compute:VirtualMachine",
                name,
                `${GROUP}/providers/Microsoft.Compute/virtualMachines/${name}`,
                { ...common, vmName: name, hardwareProfile: { vmSize: "Standard_D4s_v5" }, storageProfile },
            ),
        ];
    });
}

function items(stack: number, names: readonly string[]): readonly Bag[] {
    return names.flatMap((name) => {
        const vm = `${GROUP}/providers/Microsoft.Compute/virtualMachines/${name}`;
        const diskId = `${GROUP}/providers/Microsoft.Compute/disks/${name}-os`;
        const container = `iaasvmcontainer;iaasvmcontainerv2;shop;${name}`;
        const item = `vm;iaasvmcontainerv2;shop;${name}`;
        const properties = { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId: vm };
        const a2a = { instanceType: "A2A", fabricObjectId: vm };
        return [
            resource(
                stack,
                "recoveryservices:ProtectedItem",
                `${name}-backup`,
                `${VAULT}/backup-${stack}/backupFabrics/Azure/protectionContainers/${container}/protectedItems/${item}`,
                { resourceGroupName: "recovery", vaultName: `backup-${stack}`, properties },
                { properties: { ...properties, protectionState: "Protected" } },
            ),
            resource(
                stack,
                "recoveryservices:ReplicationProtectedItem",
                `${name}-replication`,
                `${VAULT}/recovery-${stack}/replicationFabrics/west/replicationProtectionContainers/west/replicationProtectedItems/${name}`,
                { properties: { providerSpecificDetails: { ...a2a, vmManagedDisks: [{ diskId }] } } },
                { properties: { providerSpecificDetails: { ...a2a, protectedManagedDisks: [{ diskId }] } } },
            ),
        ];
    });
}

function writeStates(folder: string, size: number): readonly string[] {
    const perStack = size / (STATES / 2);
    return Array.from({ length: STATES }, (_, stack) => {
        const first = Math.floor(stack / 2) * perStack;
        const names = Array.from({ length: perStack }, (_unused, index) => `machine-${first + index}`);
        const resources = stack % 2 === 0 ? vms(stack, names) : items(stack, names);
        const file = path.join(folder, `${stack}.json`);
        const manifest = { time: new Date().toISOString() };
        writeFileSync(file, JSON.stringify({ version: 3, deployment: { manifest, resources } }, undefined, 4));
        return file;
    });
}

interface Made {
    /** Seconds. */
    readonly make: number;
    readonly read: number;
    /** MiB. */
    readonly peak: number;
}

async function make(size: number, folder: string, files: readonly string[]): Promise<Made> {
    const output = inventoryIn(folder);
    const start = performance.now();
    if ((await inventoryFromStates(files, { output })) !== 0) {
        throw new Error("The inventory is not whole.");
    }
    const made = performance.now();
    const inventory = readInventoryFile(output);
    const external = new InventoriedResources(indexOf(packed(inventory)), { now: new Date(), maximumAgeHours: 24 });
    const read = performance.now();
    const isWhole =
        inventory.machines.length === size &&
        inventory.backupItems.filter(({ machine: vm }) => vm !== undefined).length === size &&
        inventory.replicatedItems.filter(({ disks }) => disks?.length === 1).length === size;
    if (!isWhole || external.noticesFor(undefined).length > 0) {
        throw new Error(`The inventory is not the one that was meant: ${inventory.machines.length} VMs.`);
    }
    return { make: (made - start) / 1000, read: (read - made) / 1000, peak: process.resourceUsage().maxRSS / 1024 };
}

interface Analyzed {
    readonly analyze: number;
    /** Seconds that the processors were busy with it. */
    readonly busy: number;
    readonly peak: number;
}

/** The unchanged command, over all the states at once, with one report. */
function analyze(folder: string): Analyzed {
    const report = path.join(folder, "report");
    const peak = path.join(folder, "peak");
    const busy = path.join(folder, "busy");
    const preload = path.join(__dirname, "peak-memory.js");
    const command = [path.join(projectRoot(), "dist", "src", "cli", "main.js"), "analyze", statesIn(folder)];
    const start = performance.now();
    const run = spawnSync(process.execPath, ["--require", preload, ...command, "--report", `json=${report}`], {
        encoding: "utf8",
        env: { ...process.env, [PEAK_FILE]: peak, [BUSY_FILE]: busy },
    });
    const time = (performance.now() - start) / 1000;
    const { findings } = JSON.parse(readFileSync(report, "utf8")) as Report;
    // Above summariseAbove there is one for each stack, with all its VMs.
    const both = findings.filter(({ rule: policyId }) => policyId === "BCDR101").length;
    if (both !== STATES) {
        throw new Error(`The report is not the one that was meant: ${both} findings. ${run.stderr}`);
    }
    const [seconds, mebibytes] = [busy, peak].map((file) => Number(readFileSync(file, "utf8")));
    return { analyze: time, busy: seconds ?? 0, peak: mebibytes ?? 0 };
}

const inventoryIn = (folder: string): string => path.join(folder, "estate.inventory");
const statesIn = (folder: string): string => path.join(folder, "states");

const COLUMNS = ["VMs", "states MB", "inventory MB", "make s", "read s", "peak MiB", "analyze s", "busy s", "peak MiB"];

function main(): void {
    console.log(COLUMNS.map((column) => column.padStart(12)).join(" "));
    const results = SIZES.map((size) => {
        const folder = mkdtempSync(path.join(tmpdir(), "bench-inventory-"));
        try {
            mkdirSync(statesIn(folder));
            const states = writeStates(statesIn(folder), size).reduce((sum, file) => sum + statSync(file).size, 0);
            const run = spawnSync(process.execPath, [__filename, String(size), folder], { encoding: "utf8" });
            if (run.status !== 0) {
                throw new Error(run.stderr);
            }
            const made = JSON.parse(run.stdout) as Made;
            const analyzed = analyze(folder);
            const sizes = [size, Math.round(states / 1e6), Math.round(statSync(inventoryIn(folder)).size / 1e6)];
            const seconds = (time: number): string => time.toFixed(1);
            const cells = [seconds(made.make), seconds(made.read), made.peak.toFixed(0)];
            console.log(
                [...sizes, ...cells, seconds(analyzed.analyze), seconds(analyzed.busy), analyzed.peak.toFixed(0)]
                    .map((cell) => String(cell).padStart(12))
                    .join(" "),
            );
            return { size, time: made.make + made.read + analyzed.analyze };
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
    const [first, last] = [results[0], results.at(-1)];
    if (first !== undefined && last !== undefined) {
        const exponent = Math.log(last.time / first.time) / Math.log(last.size / first.size);
        console.log(`time grows with the number of VMs to the power of ${exponent.toFixed(2)}`);
    }
}

const [, , size, folder] = process.argv;
if (size === undefined || folder === undefined) {
    main();
} else {
    limitHeapGrowth();
    const files = Array.from({ length: STATES }, (_, stack) => path.join(statesIn(folder), `${stack}.json`));
    void make(Number(size), folder, files).then((result) => console.log(JSON.stringify(result)));
}
