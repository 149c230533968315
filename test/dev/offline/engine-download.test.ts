// The download of Pulumi's CLI through npm, with stand-ins for npx and for the site.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

import { type Engine, prepareEngine } from "../../../dev/offline/engine";
import { type DownloadSite } from "../../../dev/offline/engine-download";
import { readPlan } from "../../../dev/offline/engine-build";
import { type Environment, type Places, placesOf, projectRoot } from "../../../dev/offline/setting";
import { folderOfPrograms, removeScratchFolders, scratchFolder } from "./scratch";

const VERSION = readPlan(placesOf(projectRoot(), {})).engine.version.replace(/^v/, "");
const CLI = `cli-${VERSION}-${process.platform}-${process.arch}`;

/** As npx with the npm package pulumi: installs below PULUMI_HOME and runs what it has installed. `during` comes between. */
const NPX = (during = ":"): string => `
[ "$1 $3" = "--yes version" ] && [ -z "$PULUMI_VERSION" ] || exit 9
echo "$2" >> "$CALLS"
bin="$PULUMI_HOME/versions/\${2#pulumi@}/bin"
/bin/mkdir -p "$bin"
echo half > "$bin/pulumi"
${during}
for program in pulumi pulumi-language-yaml pulumi-language-nodejs; do
    printf '#!/bin/sh\\necho v%s\\n' "\${2#pulumi@}" > "$bin/$program"
    /bin/chmod +x "$bin/$program"
done
"$bin/pulumi"`;

/** A Go that "builds" a script in no time. */
const GO = `
case "$1" in
    version) echo "go version go1.26.0 linux/amd64" ;;
    build)
        while [ "$1" != -o ]; do shift; done
        printf '#!/bin/sh\\n' > "$2"
        /bin/chmod +x "$2" ;;
esac`;

let [server, address, answers]: [Server | undefined, string, number] = [undefined, "", 200];
beforeAll(async () => {
    server = createServer((request, response) => {
        // A firewall that drops what it refuses.
        if (request.url !== "/silent") {
            response.writeHead(answers).end();
        }
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
    server?.closeAllConnections();
    server?.close();
    removeScratchFolders();
});

let told: string;
beforeEach(() => {
    [told, answers] = ["", 200];
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
        told += String(text);
        return true;
    });
});
afterEach(() => jest.restoreAllMocks());

const here = (): Places => ({ ...placesOf(projectRoot(), {}), engine: path.join(scratchFolder(), "engine") });
const site = (over: Partial<DownloadSite> = {}): DownloadSite => ({
    url: `${address}/install.sh`,
    longestAnswerMs: 5_000,
    longestDownloadMs: 60_000,
    ...over,
});
const callsOf = (places: Places): string => path.join(path.dirname(places.engine), "calls");
const calls = (places: Places): string =>
    existsSync(callsOf(places)) ? readFileSync(callsOf(places), "utf8").trim() : "";
const prepare = (
    programs: Readonly<Record<string, string>>,
    places: Places,
    from = site(),
    env: Environment = {},
): Promise<Engine> => prepareEngine({ PATH: folderOfPrograms(programs), CALLS: callsOf(places), ...env }, places, from);

describe("where no Pulumi is installed", () => {
    test("it is downloaded in the version of the build, and the second time it is there", async () => {
        const places = here();
        const bin = path.join(places.engine, CLI, "bin");
        const engine = await prepare({ npx: NPX(), go: GO }, places, site(), { PULUMI_VERSION: "3.0.0" });
        expect(engine).toEqual({
            command: path.join(bin, "pulumi"),
            version: VERSION,
            origin: "downloaded",
            folders: [bin],
        });
        expect(calls(places)).toBe(`pulumi@${VERSION}`);
        expect(told).toMatch(
            /^Downloading Pulumi \S+ with the npm package pulumi, once, since PATH has no Pulumi and 3\.249 or later is needed\.\nDownloaded .*\n$/,
        );
        expect(readdirSync(places.engine)).toEqual([CLI]);

        told = "";
        await expect(prepare({}, places)).resolves.toEqual(engine);
        expect([told, calls(places)]).toEqual(["", `pulumi@${VERSION}`]);
        // A run further down the line finds these folders on its PATH.
        await expect(prepareEngine({ PATH: bin }, places, site())).resolves.toEqual(engine);
    });

    test("two at the same time download it once", async () => {
        const places = here();
        const npx = NPX("/bin/sleep 0.5");
        const [one, other] = await Promise.all([prepare({ npx }, places), prepare({ npx }, places)]);
        expect(one).toEqual(other);
        expect(calls(places)).toBe(`pulumi@${VERSION}`);
    });

    test("what was built earlier is used, and nobody asks the site", async () => {
        const places = here();
        await prepare({ go: GO }, places);
        told = "";
        await expect(prepare({ npx: NPX(), go: GO }, places)).resolves.toMatchObject({ origin: "built" });
        expect([told, calls(places)]).toEqual(["", ""]);
    });
});

describe("it is built, and the line that says so says why, if", () => {
    const built = async (npx: string, from: DownloadSite, env: Environment = {}): Promise<Places> => {
        const places = here();
        await expect(prepare({ npx, go: GO }, places, from, env)).resolves.toMatchObject({ origin: "built" });
        expect(readdirSync(places.engine)).toEqual([
            "pulumi",
            "pulumi-language-yaml",
            "pulumi-language-yaml.stamp",
            "pulumi.stamp",
        ]);
        return places;
    };
    const building = (why: string): unknown =>
        expect.stringContaining(`since PATH has no Pulumi and 3.249 or later is needed, and ${why}.\n`);

    test("the site has no address", async () => {
        const places = await built(NPX(), site({ url: "http://nowhere.invalid/install.sh" }));
        expect(told).toEqual(expect.stringMatching(/needed, and nowhere\.invalid cannot be reached \(E\w+\)\.\n/));
        expect(calls(places)).toBe("");
    });

    test("the site does not answer", async () => {
        await built(NPX(), site({ url: `${address}/silent`, longestAnswerMs: 200 }));
        expect(told).toEqual(building(`${new URL(address).host} does not answer within 0.2 s`));
    });

    test("a proxy or the site refuses", async () => {
        answers = 403;
        await built(NPX(), site());
        expect(told).toEqual(building(`${new URL(address).host} answers with status 403`));
    });

    test("the package fails", async () => {
        await built(NPX("echo one >&2; echo 'pulumi: no space left' >&2; exit 1"), site());
        expect(told).toEqual(
            building(`the npm package pulumi@${VERSION} could not download it (pulumi: no space left)`),
        );
    });

    test("the package ends well and has installed nothing that runs", async () => {
        await built(NPX("exit 0"), site());
        expect(told).toEqual(building(`the npm package pulumi@${VERSION} could not download it`));
    });

    test("the download takes too long; everything that it has started ends", async () => {
        const started = performance.now();
        await built(NPX("/bin/sleep 30 & wait"), site({ longestDownloadMs: 300 }));
        expect(told).toEqual(building(`the download of Pulumi ${VERSION} takes longer than 0.3 s`));
        expect(performance.now() - started).toBeLessThan(20_000);
    });

    test("this runs unattended", async () => {
        const places = await built(NPX(), site(), { CI: "true" });
        expect(told).toEqual(building("with CI set, nothing is downloaded"));
        expect(calls(places)).toBe("");
    });
});

test("without a download and without Go, one message says both", async () => {
    await expect(prepare({}, here())).rejects.toThrow(
        /PATH has no Pulumi and no Go\. Pulumi was not downloaded: PATH has no npx to download it with\.$/,
    );
});

test("an interrupted download leaves nothing behind, and the next one works", async () => {
    const places = here();
    mkdirSync(path.join(places.engine, "building-999999999-0000"), { recursive: true });
    writeFileSync(path.join(places.engine, "building-999999999-0000", "half"), "of one that was killed");
    const env = {
        PATH: folderOfPrograms({ npx: NPX('echo > "$CALLS.begun"; /bin/sleep 30') }),
        CALLS: callsOf(places),
    };
    const program =
        "const [engine, places, env, site] = process.argv.slice(1);" +
        "require(engine).prepareEngine(JSON.parse(env), JSON.parse(places), JSON.parse(site)).then(console.log, console.error);";
    const engine = path.join(projectRoot(), "dist", "offline", "engine.js");
    const args = [engine, ...[places, env, site()].map((each) => JSON.stringify(each))];
    const run = spawn(process.execPath, ["-e", program, ...args], { stdio: "ignore" });
    const ended = new Promise((resolve) => run.on("close", (_status, signal) => resolve(signal)));
    while (!existsSync(`${callsOf(places)}.begun`) && run.exitCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    run.kill("SIGINT");
    await expect(ended).resolves.toBe("SIGINT");
    expect(readdirSync(places.engine)).toEqual([]);

    await expect(prepare({ npx: NPX() }, places)).resolves.toMatchObject({ origin: "downloaded" });
    expect(readdirSync(places.engine)).toEqual([CLI]);
});
