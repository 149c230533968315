import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { runPulumi, type PulumiRun } from "../../offline/run";
import { projectRoot } from "../../offline/setting";
import { yamlOf } from "../../../test/harness/yaml";
import { packFolder, type Candidate } from "./candidates";
import { copies, PATTERN } from "./copies";
import { benchPrograms, vmsIn, RESOURCES_A_VM, sharedResources } from "./programs";

const PLAIN = ["--non-interactive", "--color", "never"];

/** A stack on the real engine that is deployed, and whose program then restores the disks of the faulty VMs. */
export class PreviewStack {
    private readonly home = path.join(projectRoot(), ".offline", "bench", "preview");
    private readonly folder = path.join(this.home, "program");

    /** @returns how many resources it has */
    async deploy(size: number): Promise<number> {
        rmSync(this.home, { recursive: true, force: true });
        mkdirSync(this.folder, { recursive: true });
        this.write(yamlOf("bench", benchPrograms(PATTERN).deployed));
        succeeded(await this.pulumi(["stack", "init", "dev"]));
        succeeded(await this.pulumi(["up", "--yes", "--skip-preview", "--suppress-outputs", ...PLAIN]));
        const vms = vmsIn(size);
        const exported = succeeded(await this.pulumi(["stack", "export", "--show-secrets"])).stdout;
        const { deployment, ...document } = JSON.parse(exported) as Exported;
        const resources = copies(deployment.resources, vms);
        const state = path.join(this.home, "state.json");
        writeFileSync(state, JSON.stringify({ ...document, deployment: { ...deployment, resources } }));
        succeeded(await this.pulumi(["stack", "import", "--file", state]));
        this.write(yamlOf("bench", benchPrograms(vms).restored));
        return vms * RESOURCES_A_VM + sharedResources();
    }

    /** How many milliseconds a preview takes. */
    async preview(pack: Candidate | "none"): Promise<number> {
        const packs = pack === "none" ? [] : ["--policy-pack", packFolder(pack)];
        const start = performance.now();
        const run = await this.pulumi(["preview", "--suppress-outputs", ...packs, ...PLAIN]);
        const end = performance.now();
        // What is mandatory in this pack makes the preview fail, and so it should: disks are restored.
        if (pack === "ours" ? !run.stdout.includes("[BCDR111]") : run.status !== 0) {
            throw new Error(`The preview is not the one that was meant:\n${run.stdout.slice(-2000)}${run.stderr}`);
        }
        return end - start;
    }

    private write(program: string): void {
        writeFileSync(path.join(this.folder, "Pulumi.yaml"), program);
    }

    private pulumi(args: readonly string[]): Promise<PulumiRun> {
        return runPulumi(args, { folder: this.folder, home: this.home, output: "capture" });
    }
}

interface Exported {
    readonly deployment: { readonly resources: readonly { readonly urn: string }[] };
}

function succeeded(run: PulumiRun): PulumiRun {
    if (run.status !== 0) {
        throw new Error(run.stdout + run.stderr);
    }
    return run;
}
