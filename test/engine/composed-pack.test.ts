// A team's own pack, made with `pulumi policy new` from the template of this repository, and the tag of a stack.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { exampleFolder } from "../../dev/offline/examples";
import { runPulumi } from "../../dev/offline/run";
import { projectRoot } from "../../dev/offline/setting";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { found, Project, TROUBLE } from "./project";

const ROOT = projectRoot();
const TEMPLATE = path.join(ROOT, "templates", "azure-bcdr-guard-typescript");
const PROGRAM = readFileSync(path.join(exampleFolder("protected-by-both"), "yaml", "Pulumi.yaml"), "utf8");

/** As npm leaves a folder in which it has installed the dependencies of the template. */
function install(folder: string): void {
    const modules = path.join(folder, "node_modules");
    mkdirSync(path.join(modules, "@pulumi"), { recursive: true });
    symlinkSync(ROOT, path.join(modules, "azure-bcdr-guard"));
    for (const sdk of ["@pulumi/policy", "@pulumi/pulumi"]) {
        symlinkSync(path.join(ROOT, "node_modules", sdk), path.join(modules, sdk));
    }
}

let home: string;
let pack: string;
let created: string;

beforeAll(async () => {
    home = scratchFolder();
    pack = path.join(home, "pack");
    const { status, stdout, stderr } = await runPulumi(
        ["policy", "new", TEMPLATE, "--dir", pack, "--generate-only", "--non-interactive", "--color", "never"],
        { folder: home, home },
    );
    created = `${stdout}\n${stderr}`;
    expect([status, stderr]).toEqual([0, ""]);
    install(pack);
});
afterAll(removeScratchFolders);

test("pulumi policy new writes the template as it is", () => {
    expect(created).toContain("Created Policy Pack!");
    for (const file of ["index.ts", "package.json", "tsconfig.json", "README.md"]) {
        expect(readFileSync(path.join(pack, file), "utf8")).toBe(readFileSync(path.join(TEMPLATE, file), "utf8"));
    }
});

test("the pack finds what this one finds, at the levels that the code gives, and what the team looks for", async () => {
    const project = await Project.start(PROGRAM, scratchFolder(), pack);
    const { events, printed, status } = await project.preview();
    expect(printed).not.toMatch(TROUBLE);
    expect(status).toBe(0);
    expect(found(events).filter((each) => /BCDR10/.test(each))).toEqual(["BCDR101 web", "BCDR102 db"]);
    expect(events.filter(({ policy }) => policy === "vm-names-its-tier")).not.toEqual([]);

    const configured = await project.preview(...project.configured({ "vm-backed-up-and-replicated": "mandatory" }));
    expect(configured.status).not.toBe(0);
    expect(configured.events.filter(({ level }) => level === "mandatory").map(({ policy }) => policy)).toEqual([
        "vm-backed-up-and-replicated",
    ]);
});

test("a mistake in the options is found by the compiler, before the pack runs", async () => {
    const index = readFileSync(path.join(pack, "index.ts"), "utf8");
    const project = await Project.start(PROGRAM, scratchFolder(), pack);
    try {
        writeFileSync(path.join(pack, "index.ts"), index.replace("retentionDays", "retentionDay"));
        const { status, printed } = await project.preview();
        expect(status).not.toBe(0);
        expect(printed).toContain("'retentionDay' does not exist in type");
        expect(printed).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
    } finally {
        writeFileSync(path.join(pack, "index.ts"), index);
    }
});

test("a tag of a stack in a folder reaches the pack", async () => {
    const project = await Project.start(PROGRAM);
    const required = async (): Promise<readonly string[]> => {
        const { events } = await project.preview();
        return found(events).filter((each) => each.startsWith("BCDR402"));
    };
    expect(await required()).toEqual([]);
    await project.tags("bcdr-tier", "backup-and-replication");
    expect((await required()).length).toBeGreaterThan(0);
});
