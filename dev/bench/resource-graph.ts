// `npm run bench:resource-graph`: how long `inventory from-azure` takes for a large estate, and how much memory, beside
// what Azure takes. A process of its own plays Resource Graph; each size is read in another one, through the real client.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { limitHeapGrowth } from "../../src/cli/heap";
import { readAzure } from "../../src/inventory/from-azure";
import { connectLocally, measureServed, type Answer } from "./local-graph";

const SIZES = [10_000, 30_000, 100_000];
const SUBSCRIPTIONS = 100;

const subscription = (at: number): string => `00000000-0000-4000-8000-${String(at % SUBSCRIPTIONS).padStart(12, "0")}`;
const compute = (at: number): string =>
    `/subscriptions/${subscription(at)}/resourceGroups/group-${at % 1000}/providers/Microsoft.Compute`;
const vm = (at: number): string => `${compute(at)}/virtualMachines/machine-${at}`;
const disk = (at: number, name: string): string => `${compute(at)}/disks/machine-${at}-${name}`;
const vault = (at: number): string =>
    `/subscriptions/${subscription(at)}/resourceGroups/recovery/providers/Microsoft.RecoveryServices/vaults/vault`;

/** Rows as the queries make them: each VM has three disks, and is backed up and replicated. */
const ROWS: readonly { readonly query: string; readonly row: (at: number) => object }[] = [
    { query: "microsoft.resources/subscriptions", row: (at) => ({ id: `/subscriptions/${subscription(at)}` }) },
    {
        query: "microsoft.compute/virtualmachines",
        row: (at) => ({
            id: vm(at),
            location: "westeurope",
            tags: { env: "prod", team: `team-${at % 50}` },
            osDisk: disk(at, "os"),
            dataDisks: [0, 1].map((lun) => ({ lun, name: "data", managedDisk: { id: disk(at, String(lun)) } })),
        }),
    },
    {
        query: "/protecteditems'",
        row: (at) => ({
            id: `${vault(at)}/backupFabrics/Azure/protectionContainers/c-${at}/protectedItems/vm-${at}`,
            level: "machine",
            vm: vm(at),
            state: "Protected",
            waitsForDeletion: false,
            policy: `${vault(at)}/backupPolicies/daily`,
        }),
    },
    {
        query: "/replicationprotecteditems'",
        row: (at) => ({
            id: `${vault(at)}/replicationFabrics/f/replicationProtectionContainers/c/replicationProtectedItems/r-${at}`,
            kind: "A2A",
            vm: vm(at),
            disks: ["os", "0", "1"].map((name) => ({ diskId: disk(at, name), diskState: "Protected" })),
            activeLocation: "Primary",
            policy: `${vault(at)}/replicationPolicies/policy`,
            health: "Normal",
        }),
    },
];

/** An estate of this size. */
function answersFor(size: number): (query: string) => Answer | undefined {
    return (query) => {
        const table = ROWS.find((each) => query.includes(each.query));
        return (
            table && {
                total: table === ROWS[0] ? SUBSCRIPTIONS : size,
                row: (at) => ({ ...table.row(at), subscriptionId: subscription(at) }),
            }
        );
    };
}

async function read(port: string): Promise<void> {
    limitHeapGrowth();
    const folder = mkdtempSync(path.join(tmpdir(), "resource-graph-"));
    const started = performance.now();
    const ask = await connectLocally(port);
    let pages = 0;
    const inventory = await readAzure({
        ask,
        scope: { subscriptions: [], managementGroups: [] },
        queryNamed: (name) =>
            readFileSync(path.join(process.cwd(), "src", "inventory", "queries", `${name}.kql`), "utf8"),
        progress: (progress) => (pages = progress.pages),
        now: new Date(),
    });
    writeFileSync(path.join(folder, "inventory.json"), JSON.stringify(inventory, undefined, 1));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    rmSync(folder, { recursive: true });
    const { machines: vms, sources } = inventory;
    if (sources.some(({ problem }) => problem !== undefined)) {
        throw new Error("The estate was not wholly read.");
    }
    const peak = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(`| ${vms.length.toLocaleString("en")} | ${pages} | ${seconds} s | ${peak} MiB |`);
}

void measureServed(__filename, {
    sizes: SIZES,
    measure: read,
    answers: answersFor,
    header: "| VMs | Pages | Time | Peak memory (RSS) |",
});
