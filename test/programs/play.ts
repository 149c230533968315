// Plays a program of the table on the real engine, and holds what is told against it.
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { resourceName } from "../../dev/offline/policy-events";
import { linkPackages, WITHOUT_TYPE_CHECK } from "../../dev/offline/examples";
import { runGate } from "../../dev/offline/run";
import type { Report } from "../../src/cli/report";
import { Project, TROUBLE } from "../engine/project";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { type Expected, type ProgramCase, type Step, STEPS, type SourcedEntry } from "./table";

/** What became of a step. */
interface Played {
    readonly status: number;
    readonly told: readonly SourcedEntry[];
    readonly printed: string;
}

/** What is wrong with a step, in words. */
export const complaints = ({ must }: Expected, { status, told }: Played): readonly string[] => {
    const isMandatory = (finding: SourcedEntry): boolean => finding.endsWith(" !");
    const missing = must
        .map((each) => (typeof each === "string" ? [each] : each))
        .filter((either) => !either.some((finding) => told.includes(finding)))
        .map((either) => `lacks ${either.join(" or ")}`);
    const unexpected = told
        .filter((finding) => isMandatory(finding) && !must.flat().includes(finding))
        .map((finding) => `has ${finding}`);
    const failed = told.some(isMandatory);
    return [
        ...missing,
        ...unexpected,
        ...((status !== 0) === failed
            ? []
            : [`ended with ${status}, and has ${failed ? "a" : "no"} mandatory finding`]),
    ];
};

const asSourced = (policyId: string | undefined, urn: string, level: string): SourcedEntry =>
    `${policyId ?? "?"} ${resourceName(urn)}${level === "mandatory" ? " !" : ""}`;

const filesOf = (name: string): Readonly<Record<string, string>> => {
    const folder = path.join(__dirname, name);
    const files = readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), "utf8")] as const);
    return {
        "package.json": JSON.stringify({ name, private: true }),
        ...Object.fromEntries(files),
        "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n`,
    };
};

type Config = Readonly<Record<string, string>>;

const ofProgram = (config: Config): Config =>
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`program:${key}`, value]));

const configured = (config: Config): readonly string[] =>
    Object.entries(ofProgram(config)).flatMap(([key, value]) => ["--config", `${key}=${value}`]);

/** A step may deploy before it looks, on a machine that has other things to do. */
const LONGEST_STEP_MS = 300_000;

/** Plays the steps of a program one after another; what they have in common is made once. */
class Stage {
    private isDeployed = false;

    private constructor(
        private readonly program: ProgramCase,
        private readonly project: Project,
    ) {}

    static async of(program: ProgramCase): Promise<Stage> {
        const home = scratchFolder();
        // Programs share a module in the folder above them.
        copyFileSync(path.join(__dirname, "shop.ts"), path.join(home, "shop.ts"));
        linkPackages(home);
        if (program.before !== undefined) {
            await (await Project.start(filesOf(program.before), home)).deploys();
        }
        return new Stage(program, await Project.start(filesOf(program.name), home));
    }

    async play({ run, deployed, config }: Step): Promise<Played> {
        if (deployed && !this.isDeployed) {
            await this.project.deploys(...configured({ boot: "original", listed: "original" }));
            this.isDeployed = true;
        }
        const values = { ...config, ...(deployed ? this.program.swapConfig : {}) };
        const options = configured(values);
        switch (run) {
            case "preview": {
                const { status, events, printed } = await this.project.preview(...options);
                return {
                    status,
                    printed,
                    told: events.map(({ rule: policyId, urn, level }) => asSourced(policyId, urn, level)),
                };
            }
            case "gate":
                return this.gate(values);
            case "analyze": {
                await this.project.deploys(...options);
                const { status, events, printed } = await this.project.analyze(await this.project.exportState());
                return {
                    status,
                    printed,
                    told: events.map(({ rule: policyId, urn, level }) => asSourced(policyId, urn, level)),
                };
            }
        }
    }

    /** The command takes no values for Pulumi's configuration: Pulumi would write them down in a preview, too. */
    private async gate(config: Config): Promise<Played> {
        await this.project.sets(ofProgram(config));
        const file = path.join(scratchFolder(), "report.json");
        const { folder, home } = this.project;
        const { status, stdout, stderr } = await runGate(["preview", "--report", `json=${file}`], {
            folder,
            home,
            env: WITHOUT_TYPE_CHECK,
        });
        const report = JSON.parse(readFileSync(file, "utf8")) as Report;
        return {
            status,
            printed: `${stdout}\n${stderr}`,
            told: report.findings.map(({ rule: policyId, urn, level }) => asSourced(policyId, urn ?? "", level)),
        };
    }
}

/** Tests of the programs of a table: each a stack of its own, its steps in their order. */
export const playAll = (programs: readonly ProgramCase[]): void => {
    describe.each(programs)("the program $name", (program) => {
        let stage: Stage;
        beforeAll(async () => {
            stage = await Stage.of(program);
        }, LONGEST_STEP_MS);
        afterAll(removeScratchFolders);

        const steps = (Object.keys(STEPS) as (keyof typeof STEPS)[]).flatMap((name) => {
            const expected = program.expect[name];
            return expected === undefined ? [] : [[STEPS[name], expected] as const];
        });
        for (const [step, expected] of steps) {
            test(
                step.says,
                async () => {
                    const played = await stage.play(step);
                    if (TROUBLE.test(played.printed)) {
                        throw new Error(played.printed);
                    }
                    expect(played.printed).not.toContain(program.secret ?? "\u0000");
                    expect({ wrong: complaints(expected, played), told: played.told }).toMatchObject({ wrong: [] });
                },
                LONGEST_STEP_MS,
            );
        }
    });
};
