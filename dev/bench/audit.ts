// `npm run bench:audit`: how long `audit` takes for a large estate, and how much memory, beside what Azure takes. One
// process plays Resource Graph; each size is audited in another, through the real client, and reported as JSON and text.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { auditAzure } from "../../src/cli/commands/audit";
import { limitHeapGrowth } from "../../src/cli/heap";
import { reportOf } from "../../src/cli/judging/inspection";
import { parseOutputs, writeReports } from "../../src/cli/outputs";
import { TOOL } from "../../src/cli/package";
import { connectLocally, measureServed, type Answer } from "./local-graph";

const SIZES = [10_000, 100_000, 1_000_000];
const SUBSCRIPTIONS = 100;

const subscription = (at: number): string => `00000000-0000-4000-8000-${String(at % SUBSCRIPTIONS).padStart(12, "0")}`;
const compute = (at: number): string =>
    `/subscriptions/${subscription(at)}/resourceGroups/group-${at % 1000}/providers/Microsoft.Compute`;
const vmId = (at: number): string => `${compute(at)}/virtualMachines/machine-${at}`;
const diskId = (at: number, name: string): string => `${compute(at)}/disks/machine-${at}-${name}`;
const vault = (at: number): string =>
    `/subscriptions/${subscription(at)}/resourceGroups/recovery/providers/Microsoft.RecoveryServices/vaults/vault`;
const backupItem = (at: number): string =>
    `${vault(at)}/backupFabrics/Azure/protectionContainers/iaasvmcontainer;iaasvmcontainerv2;group-${at % 1000};machine-${at}/protectedItems/vm;iaasvmcontainerv2;group-${at % 1000};machine-${at}`;

const place = (at: number): object => ({ subscriptionId: subscription(at), location: "westeurope" });

const attached = (at: number, name: string, lun?: number): object => ({
    ...(lun === undefined ? { osType: "Linux" } : { lun, toBeDetached: false }),
    name: `machine-${at}-${name}`,
    createOption: lun === undefined ? "FromImage" : "Attach",
    caching: "ReadWrite",
    managedDisk: { storageAccountType: "Premium_LRS", id: diskId(at, name) },
    deleteOption: "Detach",
    diskSizeGB: 128,
});

/** With the properties that Azure has beside those that policies read. */
const vmRow = (at: number): object => ({
    id: vmId(at),
    ...place(at),
    tags: { env: "prod", team: `team-${at % 50}`, "cost-center": String(at % 7000) },
    storageProfile: {
        imageReference: {
            publisher: "canonical",
            offer: "ubuntu-24_04-lts",
            sku: "server",
            version: "latest",
            exactVersion: "24.04.202511010",
        },
        osDisk: attached(at, "os"),
        dataDisks: [attached(at, "data", 0), attached(at, "log", 1)],
        diskControllerType: "SCSI",
    },
});

const replicated = (at: number, names: readonly string[]): object => ({
    replicatedItem: `${vault(at)}/replicationFabrics/fabric/replicationProtectionContainers/container/replicationProtectedItems/machine-${at}`,
    replicationOf: vmId(at),
    replicatedDisks: names.map((name) => ({
        diskId: diskId(at, name),
        diskName: `machine-${at}-${name}`,
        diskCapacityInBytes: 137_438_953_472,
        diskState: "Protected",
        resyncRequired: false,
        dataPendingInStagingStorageAccountInMB: 0.5,
        recoveryDiskType: "Premium_LRS",
    })),
    autoProtection: "Disabled",
    consistencyGroup: "",
    activeLocation: "Primary",
});

const restoredDisk = (at: number): object => ({
    diskId: diskId(at, "data"),
    diskTags: { RSVaultBackup: "backup" },
    creationData: {
        createOption: "Restore",
        sourceResourceId: `${compute(at)}/restorePointCollections/AzureBackup_machine-${at}_4711/restorePoints/point/diskRestorePoints/data`,
    },
});

const text = (folder: string, name: string): string =>
    readFileSync(path.join(process.cwd(), "src", folder, "queries", `${name}.kql`), "utf8")
        .split("\n")
        .filter((line) => !line.startsWith("//"))
        .join("\n")
        .trim();

/** What comes before the ids that a second query asks about. */
const beforeIds = (name: string): string => text("audit", name).split("in ('")[0] ?? "";

/**
 * All VMs of that number are under both services. Besides, there are 2 % without a backup, half of them with one that was
 * stopped. 1 % of all have a data disk that is not replicated, and another 0.5 % a restored one.
 */
function answersFor(size: number): (query: string) => Answer | undefined {
    const unprotected = size * 0.02;
    const answers: Readonly<Record<string, Answer>> = {
        [text("inventory", "subscriptions")]: {
            total: SUBSCRIPTIONS,
            row: (at) => ({ id: `/subscriptions/${subscription(at)}`, subscriptionId: subscription(at) }),
        },
        [text("inventory", "machines")]: { total: size + unprotected, row: vmRow },
        [text("inventory", "backup-items")]: { total: size, row: (at) => ({ id: backupItem(at), ...place(at) }) },
        [text("inventory", "replicated-items")]: { total: size, row: (at) => ({ id: backupItem(at), ...place(at) }) },
        [text("audit", "BCDR101")]: {
            total: size,
            row: (at) => {
                const { replicatedItem, replicationOf, activeLocation } = replicated(at, []) as Record<string, unknown>;
                const { tags } = vmRow(at) as Record<string, unknown>;
                const replication = { replicatedItem, replicationOf, activeLocation };
                const backup = { backupItem: backupItem(at), backupOf: vmId(at), backupState: "Protected" };
                return { id: vmId(at), ...place(at), tags, ...backup, ...replication };
            },
        },
        [text("audit", "BCDR110")]: {
            total: size * 0.005,
            row: (at) => ({ id: diskId(at * 200, "data"), ...place(at * 200), ...restoredDisk(at * 200) }),
        },
        [text("audit", "BCDR111")]: {
            total: size * 0.005,
            row: (at) => ({ ...vmRow(at * 200), ...restoredDisk(at * 200), ...replicated(at * 200, ["os", "log"]) }),
        },
        [text("audit", "BCDR404")]: {
            total: size * 0.015,
            row: (each) => {
                // The restored ones are among them: the command leaves those to BCDR111.
                const at = each % 3 === 0 ? (each / 3) * 200 : each * 66 + 1;
                return { ...vmRow(at), disk: diskId(at, "data"), ...replicated(at, ["os", "log"]) };
            },
        },
        [text("audit", "BCDR401")]: { total: unprotected, row: (at) => vmRow(size + at) },
        [text("audit", "BCDR415")]: {
            total: unprotected / 2,
            row: (at) => ({
                id: backupItem(size + at),
                ...place(size + at),
                backupItem: backupItem(size + at),
                backupType: "Microsoft.Compute/virtualMachines",
                backupOf: vmId(size + at),
                backupState: "ProtectionStopped",
                diskBackup: "",
                diskId: "",
                diskBackupState: "",
            }),
        },
    };
    const vms = beforeIds("machines");
    return (query) => {
        if (query.startsWith(vms)) {
            const ids = [...query.matchAll(/\/machine-(\d+)'/g)].map(([, number]) => Number(number));
            return { total: ids.length, row: (at) => vmRow(ids[at] ?? 0) };
        }
        return answers[query];
    };
}

async function audit(port: string): Promise<void> {
    limitHeapGrowth();
    const folder = mkdtempSync(path.join(tmpdir(), "audit-"));
    const started = performance.now();
    const ask = await connectLocally(port);
    let questions = 0;
    const counting: typeof ask = (question) => {
        questions++;
        return ask(question);
    };
    const inspection = await auditAzure({ cloud: "public", config: undefined }, () => Promise.resolve(counting));
    const asked = performance.now() - started;
    const problem = inspection.unreadable ?? inspection.incomplete;
    if (problem !== undefined) {
        throw new Error(problem);
    }
    const report = reportOf([inspection], { threshold: "mandatory", baseline: undefined, tool: TOOL });
    writeReports(report, parseOutputs(["json", "text"].map((format) => `${format}=${path.join(folder, format)}`)));
    const { user, system } = process.cpuUsage();
    const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
    const sizes = readdirSync(folder).map(
        (name) => `${Math.round(statSync(path.join(folder, name)).size / 1024 ** 2)} MiB`,
    );
    rmSync(folder, { recursive: true });
    const cells = [
        (inspection.inspected?.vms ?? 0).toLocaleString("en"),
        questions.toLocaleString("en"),
        inspection.findings.length.toLocaleString("en"),
        seconds(asked),
        seconds(performance.now() - started),
        seconds((user + system) / 1000),
        `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`,
        sizes.join(", "),
    ];
    console.log(`| ${cells.join(" | ")} |`);
}

void measureServed(__filename, {
    sizes: SIZES,
    measure: audit,
    answers: answersFor,
    header: "| VMs | Questions | Findings | Audit | With reports | CPU | Peak memory (RSS) | Reports (JSON, text) |",
});
