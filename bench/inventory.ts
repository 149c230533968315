// `npm run bench:inventory`: an inventory of the machines of 500 states, and what it takes to look at each of those states
// with it. Each size runs in a process of its own, so that its peak is its own. The states are written before the clock starts.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { packConfiguration } from "../configuration/configuration-file";
import { Estate } from "../estate/estate";
import { inventoryFromStates } from "../gate/commands/inventory";
import { readDeployment } from "../gate/reading/deployment";
import { evaluateStack } from "../gate/judging/evaluation";
import { readTexts } from "../gate/files";
import { growSlowly } from "../gate/memory";
import { catalogue } from "../gate/judging/reported-rules";
import { readInventoryFile } from "../inventory/files";
import { InventoriedResources } from "../inventory/outside";

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

/** One stack has machines with their disks, the next one has their backup and replication. */
function machines(stack: number, names: readonly string[]): readonly Bag[] {
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
        const machine = `${GROUP}/providers/Microsoft.Compute/virtualMachines/${name}`;
        const diskId = `${GROUP}/providers/Microsoft.Compute/disks/${name}-os`;
        const container = `iaasvmcontainer;iaasvmcontainerv2;shop;${name}`;
        const item = `vm;iaasvmcontainerv2;shop;${name}`;
        const properties = { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId: machine };
        const a2a = { instanceType: "A2A", fabricObjectId: machine };
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
        const resources = stack % 2 === 0 ? machines(stack, names) : items(stack, names);
        const file = path.join(folder, `${stack}.json`);
        const manifest = { time: new Date().toISOString() };
        writeFileSync(file, JSON.stringify({ version: 3, deployment: { manifest, resources } }, undefined, 4));
        return file;
    });
}

interface Result {
    readonly machines: number;
    readonly states: number;
    readonly inventory: number;
    readonly make: number;
    readonly read: number;
    readonly look: number;
    readonly findings: number;
    readonly peak: number;
}

async function measure(size: number, folder: string, files: readonly string[]): Promise<Result> {
    const output = path.join(folder, "estate.inventory");
    const start = performance.now();
    if ((await inventoryFromStates(files, { output })) !== 0) {
        throw new Error("The inventory is not whole.");
    }
    const made = performance.now();
    const inventory = readInventoryFile(output);
    const outside = new InventoriedResources([inventory], { now: new Date(), maximumAgeHours: 24 });
    const read = performance.now();
    const isWhole =
        inventory.machines.length === size &&
        inventory.backupItems.filter(({ machine }) => machine !== undefined).length === size &&
        inventory.replicatedItems.filter(({ disks }) => disks?.length === 1).length === size;
    let findings = 0;
    const configuration = packConfiguration({}, catalogue);
    for (const file of files) {
        const { resources } = await readDeployment(readTexts(file), file);
        const estate = new Estate(resources, undefined, outside);
        const found = evaluateStack(resources, estate, configuration, { dryRun: false }).findings;
        findings += found.filter(({ rule }) => rule === "BCDR101").length;
    }
    // Above summariseAbove there is one for each stack, with all its machines.
    if (!isWhole || findings !== STATES) {
        throw new Error(`The inventory is not the one that was meant: ${findings} findings on ${size} machines.`);
    }
    return {
        machines: size,
        states: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6,
        inventory: statSync(output).size / 1e6,
        make: (made - start) / 1000,
        read: (read - made) / 1000,
        look: (performance.now() - read) / 1000,
        findings,
        peak: process.resourceUsage().maxRSS / 1024,
    };
}

function main(): void {
    console.log(" machines  states MB  inventory MB   make s   read s   look s  BCDR101   peak MB");
    const results = SIZES.map((size) => {
        const folder = mkdtempSync(path.join(tmpdir(), "bench-inventory-"));
        try {
            writeStates(folder, size);
            const run = spawnSync(process.execPath, [__filename, String(size), folder], { encoding: "utf8" });
            if (run.status !== 0) {
                throw new Error(run.stderr);
            }
            const result = JSON.parse(run.stdout) as Result;
            const { states, inventory, make, read, look, findings, peak } = result;
            const cells = [states.toFixed(0), inventory.toFixed(0), make.toFixed(1), read.toFixed(1), look.toFixed(1)];
            console.log([size, ...cells, findings, peak.toFixed(0)].map((cell) => String(cell).padStart(9)).join(" "));
            return result;
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
    const [first, last] = [results[0], results.at(-1)];
    if (first !== undefined && last !== undefined) {
        const time = ({ make, read, look }: Result): number => make + read + look;
        const exponent = Math.log(time(last) / time(first)) / Math.log(last.machines / first.machines);
        console.log(`time grows with the number of machines to the power of ${exponent.toFixed(2)}`);
    }
}

const [, , size, folder] = process.argv;
if (size === undefined || folder === undefined) {
    main();
} else {
    growSlowly();
    const files = Array.from({ length: STATES }, (_, stack) => path.join(folder, `${stack}.json`));
    void measure(Number(size), folder, files).then((result) => console.log(JSON.stringify(result)));
}
