import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { runPulumi, type PulumiRun } from "../../offline/run";
import { projectRoot } from "../../offline/setting";
import { yamlOf } from "../../test/harness/yaml";
import { packFolder, type Candidate } from "./candidates";
import { benchPrograms } from "./programs";
import { machinesIn } from "./rounds";

const PLAIN = ["--non-interactive", "--color", "never"];

/** A stack on the real engine that is deployed, and whose program then restores the disks of the faulty machines. */
export class PreviewStack {
    private readonly home = path.join(projectRoot(), ".offline", "bench", "preview");
    private readonly folder = path.join(this.home, "program");

    async deploy(size: number): Promise<void> {
        rmSync(this.home, { recursive: true, force: true });
        mkdirSync(this.folder, { recursive: true });
        const { deployed, restored } = benchPrograms(machinesIn(size));
        this.write(yamlOf("bench", deployed));
        succeeded(await this.pulumi(["stack", "init", "dev"]));
        succeeded(await this.pulumi(["up", "--yes", "--skip-preview", "--suppress-outputs", ...PLAIN]));
        this.write(yamlOf("bench", restored));
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

function succeeded(run: PulumiRun): void {
    if (run.status !== 0) {
        throw new Error(run.stdout + run.stderr);
    }
}
