import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { type Engine, prepareEngine } from "../../../dev/offline/engine";
import { buildProgress, compilingLine, roughMinutes } from "../../../dev/offline/engine-progress";
import { type Places, placesOf, projectRoot } from "../../../dev/offline/setting";
import { folderOfPrograms, removeScratchFolders, scratchFolder } from "./scratch";

const PULUMI = (version: string): string => `[ "$1" = version ] && echo v${version}`;
const YAML_HOST = "exit 0";
const NODE_HOST = "exit 0";

/** A Go that "builds" a script in no time. `during` is what it does in the middle of it. */
const GO = (version: string, during = ":"): string => `
case "$1" in
    version) echo "go version go${version} linux/amd64" ;;
    list) echo "go: downloading example.com/one v1.0.0" >&2; echo one; echo two ;;
    build)
        while [ "$1" != -o ]; do shift; done
        echo one >&2
        echo half > "$2"
        ${during}
        echo two >&2
        printf '#!/bin/sh\\necho v3.259.0\\n' > "$2"
        /bin/chmod +x "$2"
        echo "$2" >> "$BUILDS" ;;
esac`;

const here = (): Places => ({ ...placesOf(projectRoot(), {}), engine: path.join(scratchFolder(), "engine") });

const prepare = (folders: readonly string[], places = here()): Promise<Engine> =>
    prepareEngine({ PATH: folders.join(":"), BUILDS: path.join(path.dirname(places.engine), "builds") }, places);

const builds = (places: Places): readonly string[] =>
    readFileSync(path.join(path.dirname(places.engine), "builds"), "utf8")
        .trim()
        .split("\n")
        .map((file) => path.basename(file));

const READY = ["pulumi", "pulumi-language-yaml", "pulumi-language-yaml.stamp", "pulumi.stamp"];

let told: string;
beforeEach(() => {
    told = "";
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
        told += String(text);
        return true;
    });
});
afterEach(() => jest.restoreAllMocks());
afterAll(removeScratchFolders);

describe("which engine is used", () => {
    test.each(["3.249.0", "3.259.1", "4.0.0"])("an installed Pulumi %s", async (version) => {
        const folder = folderOfPrograms({
            pulumi: PULUMI(version),
            "pulumi-language-yaml": YAML_HOST,
            "pulumi-language-nodejs": NODE_HOST,
        });
        await expect(prepare([folder])).resolves.toEqual({
            command: path.join(folder, "pulumi"),
            version,
            origin: "installed",
            folders: [],
        });
        expect(told).toBe("");
    });

    test("an installed Pulumi whose hosts lie beside what a link leads to", async () => {
        const installed = folderOfPrograms({
            pulumi: PULUMI("3.250.0"),
            "pulumi-language-yaml": YAML_HOST,
            "pulumi-language-nodejs": NODE_HOST,
        });
        const linked = scratchFolder();
        symlinkSync(path.join(installed, "pulumi"), path.join(linked, "pulumi"));
        await expect(prepare([linked])).resolves.toMatchObject({ origin: "installed", folders: [] });
    });

    test("one built with Go where none is installed, and the second time without any build", async () => {
        const [places, go] = [here(), folderOfPrograms({ go: GO("1.25.11") })];
        const engine = await prepare([go], places);
        expect(engine).toEqual({
            command: path.join(places.engine, "pulumi"),
            version: "3.259.0",
            origin: "built",
            folders: [places.engine, places.nodeHost],
        });
        expect(builds(places)).toEqual(["pulumi", "pulumi-language-yaml"]);
        expect(readdirSync(places.engine)).toEqual(READY);
        expect(told).toContain("Building the Pulumi engine v3.259.0 and Pulumi's YAML host v1.32.0 with Go 1.25.11");

        told = "";
        await expect(prepare([], places)).resolves.toEqual(engine);
        expect(told).toBe("");
    });

    test("one built with Go where the installed one is too old", async () => {
        const folder = folderOfPrograms({ pulumi: PULUMI("3.248.9"), go: GO("1.26.0") });
        await expect(prepare([folder])).resolves.toMatchObject({ origin: "built" });
        expect(told).toContain("since PATH has Pulumi 3.248.9 and 3.249 or later is needed");
    });

    test("an installed one with a YAML host built for it", async () => {
        const places = here();
        const folder = folderOfPrograms({ pulumi: PULUMI("3.250.0"), go: GO("1.26.0") });
        await expect(prepare([folder], places)).resolves.toEqual({
            command: path.join(folder, "pulumi"),
            version: "3.250.0",
            origin: "installed",
            folders: [places.engine, places.nodeHost],
        });
        expect(builds(places)).toEqual(["pulumi-language-yaml"]);
    });

    test("an installed one without a YAML host, where there is no Go to build it", async () => {
        const { origin, withoutYaml } = await prepare([folderOfPrograms({ pulumi: PULUMI("3.250.0") })]);
        expect({ origin, withoutYaml }).toEqual({
            origin: "installed",
            withoutYaml:
                "The installed Pulumi 3.250.0 has no pulumi-language-yaml, which YAML programs need: install all of " +
                "Pulumi, or Go 1.25.11 or later, from which it is then built; PATH has no Go.",
        });
    });

    describe("the host for programs in Node that is here", () => {
        const nodeHostIsAdded = async (folder: string): Promise<boolean> => {
            const places = here();
            return (await prepare([folder], places)).folders.includes(places.nodeHost);
        };

        test("is added to an installed Pulumi that has none", async () => {
            const folder = folderOfPrograms({ pulumi: PULUMI("3.250.0"), "pulumi-language-yaml": YAML_HOST });
            await expect(nodeHostIsAdded(folder)).resolves.toBe(true);
        });

        test("leaves one alone that somebody has put on PATH for the built engine", async () => {
            const folder = folderOfPrograms({ go: GO("1.26.0"), "pulumi-language-nodejs": NODE_HOST });
            await expect(nodeHostIsAdded(folder)).resolves.toBe(false);
        });

        test("takes the place of one that belongs to a Pulumi which is too old", async () => {
            const folder = folderOfPrograms({
                pulumi: PULUMI("3.100.0"),
                "pulumi-language-nodejs": NODE_HOST,
                go: GO("1.26.0"),
            });
            await expect(nodeHostIsAdded(folder)).resolves.toBe(true);
        });
    });

    test("a program further down the line does not take a built engine on its PATH for an installed one", async () => {
        const [places, go] = [here(), folderOfPrograms({ go: GO("1.26.0") })];
        await prepare([go], places);
        const { programs, engine, nodeHost } = places;
        await expect(prepare([programs, engine, nodeHost], places)).resolves.toMatchObject({
            origin: "built",
            folders: [engine, nodeHost],
        });
    });
});

describe("where there is none and none can be built, one sentence says how to get either", () => {
    const sentence = (found: string): string =>
        "Offline runs need a Pulumi engine: install Pulumi 3.249 or later, or Go 1.25.11 or later, from which the " +
        `engine is then built once; PATH has ${found}.`;

    test.each<[string, Record<string, string>, string]>([
        ["nothing at all", {}, "no Pulumi and no Go"],
        ["an old Pulumi", { pulumi: PULUMI("3.248.0") }, "Pulumi 3.248.0 and no Go"],
        ["a broken Pulumi", { pulumi: "exit 3" }, "a Pulumi that does not tell its version and no Go"],
        ["an old Go", { go: GO("1.25.10") }, "no Pulumi and Go 1.25.10"],
        ["a Go with a short version", { go: GO("1.25") }, "no Pulumi and Go 1.25"],
        ["an old Pulumi and an old Go", { pulumi: PULUMI("2.99.0"), go: GO("1.9.9") }, "Pulumi 2.99.0 and Go 1.9.9"],
    ])("%s", async (_case, programs, found) => {
        const places = here();
        await expect(prepare([folderOfPrograms(programs)], places)).rejects.toThrow(sentence(found));
        expect(existsSync(places.engine)).toBe(false);
    });

    test("an old Go is not let fetch a newer one", async () => {
        const go = '[ "$GOTOOLCHAIN" = local ] && echo go version go1.22.0 linux/amd64';
        await expect(prepare([folderOfPrograms({ go })])).rejects.toThrow("no Pulumi and Go 1.22.0");
    });
});

describe("nothing breaks", () => {
    test("what interrupted builds left behind is put right by the next one", async () => {
        const places = here();
        const remains = path.join(places.engine, "building-999999999-0000");
        mkdirSync(remains, { recursive: true });
        writeFileSync(path.join(remains, "pulumi"), "half");
        writeFileSync(path.join(places.engine, "pulumi"), "without its stamp");
        const lock = path.join(places.engine, "building.lock");
        writeFileSync(lock, "somebody killed");
        utimesSync(lock, new Date(0), new Date(0));

        await prepare([folderOfPrograms({ go: GO("1.26.0") })], places);
        expect(readdirSync(places.engine)).toEqual(READY);
        expect(readFileSync(path.join(places.engine, "pulumi"), "utf8")).toContain("v3.259.0");
    });

    test("other versions in go.mod lead to another build", async () => {
        const [places, go] = [here(), folderOfPrograms({ go: GO("1.26.0") })];
        await prepare([go], places);
        writeFileSync(path.join(places.engine, "pulumi.stamp"), "github.com/pulumi/pulumi/pkg/v3 v3.1.0\n");
        await prepare([go], places);
        expect(builds(places)).toEqual(["pulumi", "pulumi-language-yaml", "pulumi"]);
    });

    test("a build that fails says so with the last lines and the log, and leaves no program", async () => {
        const places = here();
        const go = GO("1.26.0", "echo 'one.go:3: no space left on device' >&2; exit 1");
        const log = path.join(places.engine, "build.log");
        await expect(prepare([folderOfPrograms({ go })], places)).rejects.toThrow(
            `Building the Pulumi engine v3.259.0 failed: "go build" ended with status 1; all of its output is in ` +
                `${log}, its last lines are:\n    one\n    one.go:3: no space left on device`,
        );
        expect(readdirSync(places.engine)).toEqual(["build.log"]);
        expect(readFileSync(log, "utf8")).toContain("no space left on device");
    });

    test("two at the same time build once", async () => {
        const places = here();
        const folder = folderOfPrograms({ go: GO("1.26.0", "/bin/sleep 0.5") });
        const [one, other] = await Promise.all([prepare([folder], places), prepare([folder], places)]);
        expect(one).toEqual(other);
        expect(builds(places)).toEqual(["pulumi", "pulumi-language-yaml"]);
        expect(told).toContain("Another run is building the Pulumi engine; waiting for it.");
    });

    test("a build that is interrupted puts its things away and ends as interrupted", async () => {
        const places = here();
        const folder = folderOfPrograms({ go: GO("1.26.0", 'echo > "$BUILDS.begun"; exec /bin/sleep 30') });
        const marks = path.join(scratchFolder(), "marks");
        const program =
            "const [engine, places, env] = process.argv.slice(1);" +
            "require(engine).prepareEngine(JSON.parse(env), JSON.parse(places)).then(console.log, console.error);";
        const env = { PATH: folder, BUILDS: marks };
        const engine = path.join(projectRoot(), "dist", "offline", "engine.js");
        const build = spawn(process.execPath, ["-e", program, engine, JSON.stringify(places), JSON.stringify(env)]);
        let printed = "";
        build.stdout.on("data", (data) => (printed += String(data)));
        build.stderr.on("data", (data) => (printed += String(data)));
        const ended = new Promise((resolve) => build.on("close", (_status, signal) => resolve(signal)));
        while (!existsSync(`${marks}.begun`) && build.exitCode === null) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        build.kill("SIGINT");
        await expect(ended).resolves.toBe("SIGINT");
        expect(readdirSync(places.engine)).toEqual([]);
        expect(printed).not.toContain("failed");
    });
});

describe("the progress of a build", () => {
    const compiling = { done: 0, packages: 1_730, programs: 2, seconds: 0, cores: 2 };

    test.each([
        [{}, "building the Pulumi engine: 0 of 1,730 packages, about 4 min left"],
        [{ done: 412, seconds: 50 }, "building the Pulumi engine: 412 of 1,730 packages, about 3 min left"],
        [{ done: 412, seconds: 150 }, "building the Pulumi engine: 412 of 1,730 packages, about 7 min left"],
        [{ done: 1_730, seconds: 210 }, "building the Pulumi engine: 1,730 of 1,730 packages, about 20 s left"],
        [{ cores: 16, done: 0 }, "building the Pulumi engine: 0 of 1,730 packages, about 45 s left"],
    ])("%j", (part, line) => {
        expect(compilingLine({ ...compiling, ...part })).toBe(line);
    });

    test.each([
        [3, "about 5 s"],
        [44, "about 45 s"],
        [50, "about 1 min"],
        [150, "about 3 min"],
    ])("%i seconds are %s", (seconds, words) => expect(roughMinutes(seconds)).toBe(words));

    const followed = (isTTY: boolean): string => {
        let [written, time] = ["", 0];
        const stream = { isTTY, columns: 60, write: (text: string) => (written += text) };
        const progress = buildProgress(stream, 2, () => time);
        progress.fetching();
        progress.building(100, 1);
        [10, 20, 30].forEach((seconds) => {
            time = seconds;
            progress.compiled();
        });
        progress.end();
        return written;
    };

    test("is a line now and then where nobody can see it redrawn", () => {
        expect(followed(false).split("\n")).toEqual([
            "building the Pulumi engine: looking for its sources",
            "building the Pulumi engine: 0 of 100 packages, about 20 s left",
            "building the Pulumi engine: 2 of 100 packages, about 30 s left",
            "",
        ]);
    });

    test("is redrawn in its line on a terminal, cut to the width, and gone at the end", () => {
        const drawn = followed(true).split("\r\u001b[2K");
        expect(drawn).toHaveLength(7);
        expect(drawn.at(-1)).toBe("");
        expect(Math.max(...drawn.map((line) => line.length))).toBe(59);
    });
});
