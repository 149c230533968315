// What happens to a stack after its first deployment: a restore, ways to follow it, and resources that were imported.
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { exampleFolder, foundInOutput, policyOutput } from "../../dev/offline/examples";
import { removeScratchFolders } from "../dev/offline/scratch";
import { asText, found, type Outcome, Project, TROUBLE } from "./project";

const programOf = (state: "before" | "after"): string =>
    readFileSync(path.join(exampleFolder("restored-machine"), "yaml", state, "Pulumi.yaml"), "utf8");

const BEFORE = programOf("before");
const RESTORED = programOf("after");

/** The list of the replicated item names the disk that the VM boots from. */
const LISTED = RESTORED.replace("- diskId: ${web-os.id}", "- diskId: ${web-os-restored.id}");
/** The same in an item of another name, so that Pulumi makes it anew. */
const REPLACED = LISTED.replace("replicatedProtectedItemName: web\n", "replicatedProtectedItemName: web-2\n");

const UNRELATED =
    "\n  unrelated:\n    type: azure-native:resources:ResourceGroup\n    properties: { location: westeurope }\n";

interface State {
    readonly deployment: { readonly resources: readonly { readonly urn: string; readonly id?: string }[] };
}

/** A program that imports what a state holds, into a project of another name. */
const importing = (program: string, state: string): string => {
    const ids = new Map(
        (JSON.parse(state) as State).deployment.resources.map(({ urn, id }) => [urn.split("::").at(-1), id]),
    );
    return program
        .replace(/^name: .*$/m, "name: imported")
        .replace(/^ {2}([\w-]+):\n {4}type: .*\n/gm, (head, name: string) => {
            const id = ids.get(name);
            return id === undefined ? head : `${head}    options: { import: ${id} }\n`;
        });
};

/** Without the list of disks of the replicated item, as a program is that someone wrote for an item in use. */
const withoutList = (program: string): string => program.replace(/^ +vmManagedDisks:\n(?: {12}.*\n)+/m, "");

const ALWAYS = ["BCDR101 web"];

describe("a VM under both services", () => {
    let project: Project;
    let state: string;

    beforeAll(async () => {
        project = await Project.start(BEFORE);
        expect(found((await project.up()).events)).toEqual(ALWAYS);
        state = await project.exportState();
    });
    afterAll(removeScratchFolders);

    describe("imported into another stack that leaves the list of disks to Azure", () => {
        let imported: Project;
        let deployed: Outcome;

        beforeAll(async () => {
            const program = withoutList(importing(BEFORE, state));
            expect(program).not.toContain("vmManagedDisks");
            imported = await Project.start(program, project.home);
            deployed = await imported.up();
            expect(deployed.stdout).toContain("= 8 imported");
        });

        test("leaves open at the preview what the import has yet to read back, and fails nothing", () => {
            // The program says less than Azure does, so Pulumi imports the item and updates it in one go.
            expect(asText(foundInOutput(policyOutput(deployed.stdout)))).toEqual([...ALWAYS, "BCDR490 imported-dev"]);
            expect(deployed.stdout).toContain('BCDR131, BCDR132, BCDR404 on "web-replication": properties.');
        });

        test("raises nothing at the import itself", () => {
            expect(deployed.status).toBe(0);
            expect(found(deployed.events)).toEqual(ALWAYS);
            expect(deployed.printed).not.toMatch(TROUBLE);
        });

        test("raises nothing from the state", async () => {
            const outcome = await imported.analyze(await imported.exportState());
            expect(found(outcome.events)).toEqual(ALWAYS);
        });

        test("raises nothing at an unrelated update", async () => {
            imported.write(`${withoutList(importing(BEFORE, state)).trimEnd()}\n${UNRELATED}`);
            const outcome = await imported.preview();
            expect(outcome.stdout).toContain("+ 1 to create");
            expect(found(outcome.events)).toEqual(ALWAYS);
        });
    });

    describe("whose OS disk is swapped for a restored one", () => {
        test("passes where the replicated item is made anew in the same program and lists the disk", async () => {
            project.write(REPLACED);
            const outcome = await project.preview();
            expect(outcome.stdout).toContain("web-replication replace");
            expect(outcome.status).toBe(0);
            expect(found(outcome.events)).toEqual([...ALWAYS, "BCDR110 web-os-restored"]);
        });

        describe("with the disk put into the list of the item that is there", () => {
            let preview: Outcome;
            let update: Outcome;

            beforeAll(async () => {
                project.write(LISTED);
                preview = await project.preview();
                update = await project.up();
            });

            test("stays undecided at preview, and says so", () => {
                expect(found(preview.events)).toEqual([
                    ...ALWAYS,
                    "BCDR110 web-os-restored",
                    "BCDR122 web",
                    "BCDR490 restored-machine-dev",
                ]);
                expect(preview.stdout).toMatch(/\[BCDR122\] Cannot tell whether .*"web-replication"/);
                expect(preview.status).toBe(0);
            });

            test("fails once it is applied, because nothing was re-protected", () => {
                expect(found(update.events)).toEqual([...ALWAYS, "BCDR110 web-os-restored", "BCDR121 web"]);
                expect(update.stdout).toContain("web-replication updated");
                expect(update.status).not.toBe(0);
            });

            test("still fails in the exported state", async () => {
                const outcome = await project.analyze(await project.exportState());
                expect(found(outcome.events)).toEqual([...ALWAYS, "BCDR110 web-os-restored", "BCDR121 web"]);
                expect(outcome.status).not.toBe(0);
            });
        });
    });
});
