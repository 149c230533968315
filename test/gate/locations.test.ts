import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { exampleFolder, exampleNames } from "../../offline/examples";
import { declared, Locations, parseSourcePosition } from "../../gate/locations";
import type { Location } from "../../gate/report";

const MACHINE = "azure-native:compute:VirtualMachine";

const urn = (name: string, type = MACHINE): string => `urn:pulumi:dev::fleet::${type}::${name}`;

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

interface Place {
    readonly files: Readonly<Record<string, string>>;
    readonly position?: string;
    readonly projectFolder?: string;
    readonly workingFolder?: string;
    readonly urn?: string | undefined;
}

/** Where the machine "web" is, in a project that holds these files. */
function locate(place: Place): Location | undefined {
    const { files, position, projectFolder = "/repo/infra", workingFolder = "/repo" } = place;
    const sought = "urn" in place ? place.urn : urn("web");
    const texts = new Map(Object.entries(files).map(([name, text]) => [path.join(projectFolder, name), text]));
    const sourcePositions = new Map(position === undefined ? [] : [[urn("web"), position]]);
    return new Locations(
        { projectFolder, workingFolder, sourcePositions },
        { read: (file) => texts.get(file), isFile: (file) => texts.has(file) },
    ).of(sought);
}

const inFile = (file: string, line: number, column: number | undefined): Location => ({
    file,
    line,
    column,
    exact: true,
});
const PROJECT_FILE: Location = { file: "infra/Pulumi.yaml", line: 1, column: undefined, exact: false };

const typescript = { "Pulumi.yaml": "name: fleet\nruntime: nodejs\n", "index.ts": "", "lib/a b.ts": "" };

describe("a source position", () => {
    test.each([
        ["with a column", "project:///index.ts#12,5", inFile("infra/index.ts", 12, 5)],
        ["without one", "project:///index.ts#12", inFile("infra/index.ts", 12, undefined)],
        ["in a folder", "project:///lib/a%20b.ts#1,1", inFile("infra/lib/a b.ts", 1, 1)],
        ["in a file that is not there", "project:///src/index.ts#12,5", PROJECT_FILE],
        ["outside of the project", "project:///../other/index.ts#12,5", PROJECT_FILE],
        ["outside of the project, in disguise", "project:///lib/%2e%2e/%2e%2e/index.ts#12,5", PROJECT_FILE],
        ["on the machine", "file:///home/me/index.ts#12,5", PROJECT_FILE],
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
        expect(locate({ files: { "Pulumi.yaml": YAML_PROGRAM }, position })).toEqual(inFile("infra/Pulumi.yaml", 4, 3));
    });

    test.each(["project:///a.ts#1,2", "project:///a.ts#1"])(
        "%s has a file, a line and perhaps a column",
        (position) => {
            expect(parseSourcePosition(position)).toMatchObject({ file: "a.ts", line: 1 });
        },
    );
});

describe("a YAML program", () => {
    test.each([
        ["a resource under its key", urn("web"), 4],
        ["one with a name of its own", urn("database"), 6],
        ["one under the key that its name hides", urn("db"), undefined],
        ["a type in a short form", urn("disk", "azure:compute/managedDisk:ManagedDisk"), 9],
        ["two of one name, by their types", urn("both", "azure-native:compute:Disk"), 11],
        ["the other of them", urn("both"), 12],
        ["a child", urn("web", `pulumi:pulumi:Stack$${MACHINE}`), 4],
        ["another type under the same name", urn("web", "azure-native:compute:Disk"), undefined],
        ["a resource that is not declared", urn("none"), undefined],
        ["the stack", urn("fleet-dev", "pulumi:pulumi:Stack"), undefined],
        ["something outside of the stack", undefined, undefined],
    ])("%s", (_, sought, line) => {
        const location = locate({ files: { "Pulumi.yaml": YAML_PROGRAM }, urn: sought });
        expect(location).toEqual(line === undefined ? PROJECT_FILE : inFile("infra/Pulumi.yaml", line, 3));
    });

    const project = "name: fleet\nruntime:\n  name: yaml\n";
    const resources = "resources:\n  web:\n    type: azure-native:compute:VirtualMachine\n";

    test.each<[string, Readonly<Record<string, string>>, Location]>([
        ["Pulumi.yaml", { "Pulumi.yaml": project + resources }, inFile("infra/Pulumi.yaml", 5, 3)],
        ["Pulumi.yml", { "Pulumi.yml": project + resources }, inFile("infra/Pulumi.yml", 5, 3)],
        ["Main.yaml", { "Pulumi.yaml": project, "Main.yaml": resources }, inFile("infra/Main.yaml", 2, 3)],
        [
            "Main.json",
            { "Pulumi.yaml": project, "Main.json": `{"resources": {\n"web": {"type": "${MACHINE}"}}}` },
            inFile("infra/Main.json", 2, 1),
        ],
        [
            "a folder of its own",
            { "Pulumi.yaml": `${project}main: program\n`, "program/Main.yaml": resources },
            inFile("infra/program/Main.yaml", 2, 3),
        ],
        [
            "a folder of its own, with two project files",
            { "Pulumi.yaml": `${project}main: program\n`, "program/Pulumi.yaml": resources },
            inFile("infra/program/Pulumi.yaml", 2, 3),
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
        const locations = new Locations({ projectFolder, workingFolder: folder, sourcePositions: new Map() });
        expect(locations.of(urn("web"))).toEqual(inFile("infra/Pulumi.yaml", 4, 3));
    });

    test("a folder that is not there holds no project", () => {
        const projectFolder = path.join(folder, "none");
        const locations = new Locations({ projectFolder, workingFolder: folder, sourcePositions: new Map() });
        expect(locations.of(urn("web"))).toBeUndefined();
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
