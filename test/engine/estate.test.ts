// VMs, their backup and their replication, each in a stack of its own, on the real engine: what the preview of the
// first shows of the others by an inventory.
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { inventoryFromStates } from "../../src/cli/commands/inventory";
import type { Report } from "../../src/cli/report";
import { OFFLINE_SUBSCRIPTION } from "../../dev/offline/providers/azure-native-responses";
import { runGate } from "../../dev/offline/run";
import {
    attached,
    backupItem,
    disk,
    fromRestorePoint,
    vm,
    replicatedItem,
    resourceGroup,
    vault,
} from "../harness/azure";
import { ref, type Program } from "../harness/program";
import { yamlOf } from "../harness/yaml";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { found, Project, TROUBLE } from "./project";

const COMPUTE = `/subscriptions/${OFFLINE_SUBSCRIPTION}/resourceGroups/shop/providers/Microsoft.Compute`;
const WEB = `${COMPUTE}/virtualMachines/web`;
const diskId = (name: string): string => `${COMPUTE}/disks/${name}`;

function vms(os: Program): string {
    return yamlOf("machines", {
        rg: resourceGroup("shop"),
        ...os,
        data: disk({ name: "web-data" }),
        web: vm({ name: "web", osDisk: ref("os.id"), dataDisks: [attached(0, ref("data.id"))] }),
    });
}

const BEFORE = vms({ os: disk({ name: "web-os", over: { osType: "Linux" } }) });
const RESTORED = vms({
    os: disk({ name: "web-os-2", creationData: fromRestorePoint(), over: { osType: "Linux" } }),
});

const BACKUP = yamlOf("backup", {
    rg: resourceGroup("backup"),
    backup: vault("shop-backup"),
    web: backupItem(WEB, "shop;web"),
});

function replication(item: string, os: string): string {
    return yamlOf("replication", {
        rg: resourceGroup("replication", "northeurope"),
        recovery: vault("shop-recovery", { location: "northeurope" }),
        [item]: replicatedItem(WEB, [diskId(os), diskId("web-data")]),
    });
}

interface Gated {
    readonly status: number;
    readonly policies: readonly string[];
    readonly open: readonly string[];
}

async function gated(project: Project, ...args: readonly string[]): Promise<Gated> {
    const file = path.join(scratchFolder(), "report.json");
    const [command = "", ...others] = args;
    const { status } = await runGate([command, "--report", `json=${file}`, ...others], project);
    const { findings, undecided } = JSON.parse(readFileSync(file, "utf8")) as Report;
    const about = findings
        .map(({ rule: policyId }) => policyId)
        .filter((policyId) => /^BCDR(?:1[0-3]|6)/.test(policyId));
    return { status, policies: about.sort(), open: undecided.map(({ rule: policyId }) => policyId) };
}

afterAll(removeScratchFolders);

test("a restore shows in the stack of the VM, and re-protection in another one clears it", async () => {
    const home = scratchFolder();
    const first = await Project.start(BEFORE, home);
    const second = await Project.start(BACKUP, home);
    const third = await Project.start(replication("web", "web-os"), home);
    await first.deploys();
    await second.deploys();
    await third.deploys();

    const folder = scratchFolder();
    const inventory = path.join(folder, "estate.json");
    const read = async (): Promise<void> => {
        const states = await Promise.all([second, third].map((project) => project.exportState()));
        const files = states.map((_, index) => path.join(folder, `${index}.json`));
        states.forEach((state, index) => writeFileSync(files[index]!, state));
        expect(await inventoryFromStates(files, { output: inventory })).toBe(0);
    };
    await read();
    const configuration = first.configured({ "shared-settings": { inventory } });
    const aboutBoth = (events: Parameters<typeof found>[0]): readonly string[] =>
        found(events).filter((each) => /BCDR1[0-3]/.test(each));

    first.write(RESTORED);
    const alone = await first.preview();
    expect(aboutBoth(alone.events)).toEqual(["BCDR110 os"]);
    const seen = await first.preview(...configuration);
    expect(aboutBoth(seen.events)).toEqual(["BCDR101 web", "BCDR110 os", "BCDR121 web"]);
    expect(seen.printed).not.toMatch(TROUBLE);
    expect(seen.printed).toContain('is known from the inventory: stack "dev" of "replication", read ');

    // The gate hands the inventory on to the pack, and sees by it what the plan itself breaks.
    const gate = await gated(first, "preview", "--inventory", inventory);
    expect(gate).toMatchObject({ status: 1, policies: ["BCDR101", "BCDR110", "BCDR121", "BCDR601"] });
    const state = path.join(folder, "machines.json");
    writeFileSync(state, await first.exportState());
    const saved = ["report", seen.log, "--state", state];
    // A saved stream alone does not tell from which disk the VM's new id is made.
    expect((await gated(first, ...saved, "--inventory", inventory)).open).toContain("BCDR601");
    expect((await gated(first, ...saved)).open).not.toContain("BCDR601");

    await first.deploys();
    third.write(replication("web-again", "web-os-2"));
    await third.deploys();
    await read();
    const cleared = await first.preview(...configuration);
    expect(aboutBoth(cleared.events)).toEqual(["BCDR101 web", "BCDR110 os"]);
}, 300_000);
