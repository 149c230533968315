import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { exampleFolder, exampleNames } from "../../dev/offline/examples";
import { declared, Project, type RecordedPlaces } from "../../src/cli/locations";
import { recordedPlaceIn } from "../../src/cli/sources/source-position";
import type { Entry, Files } from "../../src/cli/sources/sources";
import { isExact, type Location, type LocationBasis } from "../../src/cli/report";

const VM_ID = "azure-native:compute:VirtualMachine";
const DISK = "azure-native:compute:Disk";

const urn = (name: string, type = VM_ID): string => `urn:pulumi:dev::fleet::${type}::${name}`;

const YAML_PROGRAM = `name: fleet
runtime: yaml
resources:
  web:
    type: azure-native:compute:VirtualMachine
  "db":
    type: azure-native:compute/v20240701:VirtualMachine
    name: database
  disk:
    type: azure:compute:ManagedDisk
  both: { type: azure-native:compute:Disk }
  again: { type: azure-native:compute:VirtualMachine, name: both }
`;

/** A disk that holds texts, by their paths. */
function filesOf(texts: ReadonlyMap<string, string>): Files {
    const list = (folder: string): readonly Entry[] => {
        const entries = new Map<string, Entry>();
        for (const [file, text] of texts) {
            if (file.startsWith(`${folder}/`)) {
                const [name = "", ...below] = file.slice(folder.length + 1).split("/");
                entries.set(name, { name, isFolder: below.length > 0, size: text.length });
            }
        }
        return [...entries.values()];
    };
    return { read: (file) => texts.get(file), isFile: (file) => texts.has(file), list };
}

interface Asked {
    readonly files: Readonly<Record<string, string>>;
    /** Where Pulumi has it in this run, in the words of a digest. */
    readonly position?: string;
    /** Where Pulumi had it at the last deployment, and on the way to what. */
    readonly recorded?: Readonly<Record<string, unknown>>;
    readonly parents?: ReadonlyMap<string, string>;
    readonly projectFolder?: string;
    readonly workingFolder?: string;
    readonly urn?: string | undefined;
}

const recordedOf = (of: string, state: Readonly<Record<string, unknown>>): RecordedPlaces["run"] => {
    const place = recordedPlaceIn(state);
    return new Map(place === undefined ? [] : [[of, place]]);
};

/** Where a resource is, by default the VM "web", in a project that holds these files. */
function locate(asked: Asked): Location | undefined {
    const { files, position, recorded = {}, projectFolder = "/repo/infra", workingFolder = "/repo" } = asked;
    const sought = "urn" in asked ? asked.urn : urn("web");
    const texts = new Map(Object.entries(files).map(([name, text]) => [path.join(projectFolder, name), text]));
    return new Project(projectFolder, workingFolder, filesOf(texts)).locations({
        run: position === undefined ? new Map() : recordedOf(urn("web"), { sourcePosition: position }),
        recorded: recordedOf(sought ?? "", recorded),
        parents: asked.parents ?? new Map(),
    })(sought);
}

const at = (basis: LocationBasis, file: string, line: number, column?: number): Location => ({
    file,
    line,
    column,
    exact: isExact(basis),
    basis,
});
const inFile = (file: string, line: number, column?: number): Location => at("run", file, line, column);
const inYaml = (file: string, line: number, column: number): Location => at("declaration", file, line, column);
const PROJECT_FILE = at("project file", "infra/Pulumi.yaml", 1);

const typescript = { "Pulumi.yaml": "name: fleet\nruntime: nodejs\n", "index.ts": "", "lib/a b.ts": "" };

describe("a source position", () => {
    test.each([
        ["with a column", "project:///index.ts#12,5", inFile("infra/index.ts", 12, 5)],
        ["without one", "project:///index.ts#12", inFile("infra/index.ts", 12, undefined)],
        ["in a folder", "project:///lib/a%20b.ts#1,1", inFile("infra/lib/a b.ts", 1, 1)],
        ["in a file that is not there", "project:///src/index.ts#12,5", PROJECT_FILE],
        ["outside of the project", "project:///../other/index.ts#12,5", PROJECT_FILE],
        ["outside of the project, in disguise", "project:///lib/%2e%2e/%2e%2e/index.ts#12,5", PROJECT_FILE],
        ["on the VM", "file:///home/me/index.ts#12,5", PROJECT_FILE],
        [
            "of an ES module in the project",
            "project:///file:/repo/infra/index.ts#12,5",
            inFile("infra/index.ts", 12, 5),
        ],
        ["of an ES module elsewhere", "project:///file:/repo/other/index.ts#12,5", PROJECT_FILE],
        ["that is none", "index.ts:12", PROJECT_FILE],
        ["of no line", "project:///index.ts#0,0", PROJECT_FILE],
        ["that cannot be decoded", "project:///%zz.ts#1,1", PROJECT_FILE],
    ])("%s", (_, position, expected) => {
        expect(locate({ files: typescript, position })).toEqual(expected);
    });

    test("in a package that the program uses says nothing of the program", () => {
        const files = { ...typescript, "node_modules/components/index.js": "" };
        expect(locate({ files, position: "project:///node_modules/components/index.js#3,1" })).toEqual(PROJECT_FILE);
    });

    test("of another resource does not count", () => {
        const position = "project:///index.ts#12,5";
        expect(locate({ files: typescript, position, urn: urn("db") })).toEqual(PROJECT_FILE);
    });

    test("of a YAML program that lies in Pulumi's own source gives way to the declaration", () => {
        const position = "project:///../../go/pkg/run.go#7";
        expect(locate({ files: { "Pulumi.yaml": YAML_PROGRAM }, position })).toEqual(inYaml("infra/Pulumi.yaml", 4, 3));
    });

    test.each(["project:///a.ts#1,2", "project:///a.ts#1"])(
        "%s has a file, a line and perhaps a column",
        (sourcePosition) => {
            expect(recordedPlaceIn({ sourcePosition })).toMatchObject({ file: "a.ts", line: 1, isDeclaration: true });
        },
    );
});

const PROGRAM = `import * as azure from "@pulumi/azure-native";
import { VM } from "./lib/machine";
const os = new azure.compute.Disk("web-os", {});
const web = new azure.compute.VirtualMachine("web", {});
["a", "b"].forEach(
    (name) =>
        new azure.compute.Disk(\`copy-\${name}\`, {}),
);
new VM("db", {});
`;

const COMPONENT = `export class VM extends pulumi.ComponentResource {
    constructor(name: string) {
        super("shop:index:VM", name);
        new azure.compute.VirtualMachine(name, {}, { parent: this });
        new azure.compute.Disk(\`\${name}-os\`, {}, { parent: this });
    }
}
`;

const PROJECT = "name: fleet\nruntime: nodejs\n";
const grown = { "Pulumi.yaml": PROJECT, "index.ts": PROGRAM, "lib/machine.ts": COMPONENT };
const inComponent = (type: string): string => `shop:index:VM$${type}`;

describe("a program that is not in YAML", () => {
    const stale = { sourcePosition: "project:///index.ts#2,13" };

    test.each<[string, Omit<Asked, "files">, Location]>([
        [
            "what this run tells wins over the last deployment",
            { position: "project:///index.ts#4,13", recorded: stale },
            inFile("infra/index.ts", 4, 13),
        ],
        [
            "a line of the last deployment that still holds it",
            { recorded: { sourcePosition: "project:///index.ts#4,13" } },
            at("confirmed", "infra/index.ts", 4, 13),
        ],
        [
            "a resource that has moved since the last deployment",
            { recorded: stale },
            at("name", "infra/index.ts", 4, 13),
        ],
        ["a resource that is new", { urn: urn("web-os", DISK) }, at("name", "infra/index.ts", 3, 12)],
        [
            "a resource of another API version",
            { urn: urn("web-os", "azure-native:compute/v20240302:Disk") },
            at("name", "infra/index.ts", 3, 12),
        ],
        ["the call that takes the arrow function", { urn: urn("copy-a", DISK) }, at("name", "infra/index.ts", 5, 12)],
        [
            "a part of a component, whatever its name is",
            { urn: urn("db", inComponent(VM_ID)) },
            at("name", "infra/lib/machine.ts", 4, 9),
        ],
        [
            "a part of a component, by part of its name",
            { urn: urn("db-os", inComponent(DISK)) },
            at("name", "infra/lib/machine.ts", 5, 9),
        ],
        ["the component itself", { urn: urn("db", "shop:index:VM") }, at("name", "infra/index.ts", 9, 1)],
        [
            "the component that it is in, where the part is in an installed package",
            {
                urn: urn("db-nic", inComponent("azure-native:network:NetworkInterface")),
                parents: new Map([
                    [urn("db-nic", inComponent("azure-native:network:NetworkInterface")), urn("db", "shop:index:VM")],
                ]),
            },
            at("component", "infra/index.ts", 9, 1),
        ],
        ["a resource of which nothing tells", { urn: urn("none", "azure-native:compute:Snapshot") }, PROJECT_FILE],
        [
            "a line of the last deployment, where the text does not tell",
            {
                urn: urn("made", "azure-native:compute:Snapshot"),
                recorded: { sourcePosition: "project:///index.ts#9,1" },
            },
            at("recorded", "infra/index.ts", 9, 1),
        ],
        [
            "no line of the last deployment on which nothing is made by now",
            {
                urn: urn("made", "azure-native:compute:Snapshot"),
                recorded: { sourcePosition: "project:///index.ts#2,1" },
            },
            PROJECT_FILE,
        ],
        [
            "the innermost line of the program on the way there",
            {
                urn: urn("made", "azure-native:compute:Snapshot"),
                recorded: {
                    sourcePosition: "project:///node_modules/parts/index.js#3,1",
                    stackTrace: [
                        {},
                        { sourcePosition: "project:///index.ts#5,12" },
                        { sourcePosition: "project:///index.ts#9,1" },
                    ],
                },
            },
            at("recorded", "infra/index.ts", 5, 12),
        ],
    ])("%s", (_, asked, expected) => {
        expect(locate({ files: grown, ...asked })).toEqual(expected);
    });

    const otherProject = "urn:pulumi:dev::other::azure-native:compute:Disk::web-os";

    test("of a resource of another project, nothing is told", () => {
        expect(locate({ files: grown, urn: otherProject })).toBeUndefined();
    });

    test.each<[string, Readonly<Record<string, string>>]>([
        ["two places of that name", { "more.ts": 'new azure.compute.Disk("web-os");' }],
        ["a file that is too large", { "large.ts": " ".repeat(1_000_001) }],
        ["too many files", Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`${index}.ts`, ""]))],
    ])("with %s, no line is named", (_, more) => {
        expect(locate({ files: { ...grown, ...more }, urn: urn("web-os", DISK) })).toEqual(PROJECT_FILE);
    });

    test.each(["node_modules/parts", ".venv", "dist", "test", "stacks/other"])(
        "what is in %s is not the program",
        (folder) => {
            const files = {
                ...grown,
                [`${folder}/index.ts`]: 'new azure.compute.Disk("web-os");',
                "stacks/other/Pulumi.yaml": "name: other\nruntime: nodejs\n",
            };
            expect(locate({ files, urn: urn("web-os", DISK) })).toEqual(at("name", "infra/index.ts", 3, 12));
        },
    );

    test.each([
        ["python", "__main__.py", 'os = compute.Disk("web-os")\n', 1, 6],
        ["go", "main.go", 'disk, err := compute.NewDisk(ctx, "web-os", nil)\n', 1, 14],
        ["dotnet", "Program.cs", 'var os = new Disk("web-os");\n', 1, 10],
        ["java", "src/App.java", 'var os = new Disk("web-os");\n', 1, 10],
    ])("in %s, a resource is found by its name, too", (runtime, file, text, line, column) => {
        const files = { "Pulumi.yaml": `name: fleet\nruntime: ${runtime}\n`, [file]: text };
        expect(locate({ files, urn: urn("web-os", DISK) })).toEqual(at("name", `infra/${file}`, line, column));
    });
});

test.each([
    ["nodejs", "fleet", "TypeScript"],
    ["{ name: python }", "fleet", "Python"],
    ["yaml", "fleet", "YAML"],
    ["nodejs", "other", undefined],
    ["nodejs", undefined, undefined],
])("the language of a program whose runtime is %s, for the project %s, is %s", (runtime, project, language) => {
    const files = filesOf(new Map([["/repo/Pulumi.yaml", `name: fleet\nruntime: ${runtime}\n`]]));
    expect(new Project("/repo", "/repo", files).languageFor(project)).toBe(language);
});

describe("a YAML program", () => {
    test.each([
        ["a resource under its key", urn("web"), 4],
        ["one with a name of its own", urn("database"), 6],
        ["one under the key that its name hides", urn("db"), undefined],
        ["a type in a short form", urn("disk", "azure:compute/managedDisk:ManagedDisk"), 9],
        ["two of one name, by their types", urn("both", "azure-native:compute:Disk"), 11],
        ["the other of them", urn("both"), 12],
        ["a child", urn("web", `pulumi:pulumi:Stack$${VM_ID}`), 4],
        ["another type under the same name", urn("web", "azure-native:compute:Disk"), undefined],
        ["a resource that is not declared", urn("none"), undefined],
        ["the stack", urn("fleet-dev", "pulumi:pulumi:Stack"), undefined],
        ["something outside of the stack", undefined, undefined],
    ])("%s", (_, sought, line) => {
        const location = locate({ files: { "Pulumi.yaml": YAML_PROGRAM }, urn: sought });
        expect(location).toEqual(line === undefined ? PROJECT_FILE : inYaml("infra/Pulumi.yaml", line, 3));
    });

    const project = "name: fleet\nruntime:\n  name: yaml\n";
    const resources = "resources:\n  web:\n    type: azure-native:compute:VirtualMachine\n";

    test.each<[string, Readonly<Record<string, string>>, Location]>([
        ["Pulumi.yaml", { "Pulumi.yaml": project + resources }, inYaml("infra/Pulumi.yaml", 5, 3)],
        ["Pulumi.yml", { "Pulumi.yml": project + resources }, inYaml("infra/Pulumi.yml", 5, 3)],
        ["Main.yaml", { "Pulumi.yaml": project, "Main.yaml": resources }, inYaml("infra/Main.yaml", 2, 3)],
        [
            "Main.json",
            { "Pulumi.yaml": project, "Main.json": `{"resources": {\n"web": {"type": "${VM_ID}"}}}` },
            inYaml("infra/Main.json", 2, 1),
        ],
        [
            "a folder of its own",
            { "Pulumi.yaml": `${project}main: program\n`, "program/Main.yaml": resources },
            inYaml("infra/program/Main.yaml", 2, 3),
        ],
        [
            "a folder of its own, with two project files",
            { "Pulumi.yaml": `${project}main: program\n`, "program/Pulumi.yaml": resources },
            inYaml("infra/program/Pulumi.yaml", 2, 3),
        ],
        ["a folder that is empty", { "Pulumi.yaml": `${project}main: program\n${resources}` }, PROJECT_FILE],
    ])("in %s", (_, files, expected) => {
        expect(locate({ files })).toEqual(expected);
    });

    test.each([
        ["is broken", "name: fleet\nruntime: yaml\nresources:\n  web: [\n"],
        ["holds a key twice", `${YAML_PROGRAM}resources: {}\n`],
        ["is empty", ""],
        ["is a text", "fleet"],
        ["is a list", "- runtime: yaml"],
        ["has no resources", "name: fleet\nruntime: yaml\n"],
        ["has a list of resources", "name: fleet\nruntime: yaml\nresources:\n  - web\n"],
        ["has odd resources", "name: fleet\nruntime: yaml\nresources:\n  web: 1\n  ? [a, b]\n  : {}\n"],
        ["has an odd runtime", "name: fleet\nruntime: [yaml]\n"],
        ["has an odd folder for its program", "name: fleet\nruntime: yaml\nmain: 7\n"],
    ])("that %s falls back on its first line", (_, text) => {
        expect(locate({ files: { "Pulumi.yaml": text } })).toEqual(PROJECT_FILE);
    });

    test("has lines of its own, whatever the line ends", () => {
        expect(declared(YAML_PROGRAM.replaceAll("\n", "\r\n"))).toEqual(declared(YAML_PROGRAM));
    });
});

describe("paths", () => {
    test.each([
        ["the project's folder", "/repo/infra", "Pulumi.yaml"],
        ["a folder below it", "/repo/infra/ci", "../Pulumi.yaml"],
        ["the root", "/", "repo/infra/Pulumi.yaml"],
    ])("are relative to %s, where the command was started", (_, workingFolder, file) => {
        expect(locate({ files: typescript, workingFolder })?.file).toBe(file);
    });

    test("without a project file there are none", () => {
        expect(locate({ files: {}, position: "project:///index.ts#12,5" })).toBeUndefined();
    });
});

describe("on disk", () => {
    let folder: string;

    beforeAll(() => {
        folder = mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-"));
        mkdirSync(path.join(folder, "infra", "Main.yaml"), { recursive: true });
        writeFileSync(path.join(folder, "infra", "Pulumi.yaml"), YAML_PROGRAM);
    });

    afterAll(() => rmSync(folder, { recursive: true }));

    test("files are read, and folders that are named like them are not", () => {
        const projectFolder = path.join(folder, "infra");
        expect(new Project(projectFolder, folder).locations()(urn("web"))).toEqual(inYaml("infra/Pulumi.yaml", 4, 3));
    });

    test("links are not followed", () => {
        const projectFolder = path.join(folder, "linked");
        const external = path.join(folder, "outside");
        mkdirSync(projectFolder);
        mkdirSync(external);
        writeFileSync(path.join(projectFolder, "Pulumi.yaml"), PROJECT);
        writeFileSync(path.join(external, "index.ts"), PROGRAM);
        symlinkSync(external, path.join(projectFolder, "folder"));
        symlinkSync(path.join(external, "index.ts"), path.join(projectFolder, "index.ts"));
        expect(new Project(projectFolder, folder).locations()(urn("web"))).toMatchObject({ basis: "project file" });
        writeFileSync(path.join(projectFolder, "main.ts"), PROGRAM);
        expect(new Project(projectFolder, folder).locations()(urn("web"))).toEqual(at("name", "linked/main.ts", 4, 13));
    });

    test("a folder that is not there holds no project", () => {
        const projectFolder = path.join(folder, "none");
        expect(new Project(projectFolder, folder).locations()(urn("web"))).toBeUndefined();
    });
});

const programs = exampleNames()
    .flatMap((name) => ["", "yaml"].map((folder) => path.join(exampleFolder(name), folder, "Pulumi.yaml")))
    .filter((file) => existsSync(file) && /^runtime: yaml$/m.test(readFileSync(file, "utf8")));

test.each(programs)("every line that is told of %s begins with the resource's name", (file) => {
    const text = readFileSync(file, "utf8");
    const lines = text.split("\n");
    const found = declared(text);
    expect(found.length).toBeGreaterThan(3);
    found.forEach(({ name, line, column }) => expect(lines[line - 1]?.slice(column - 1)).toBe(`${name}:`));
});
