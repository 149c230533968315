// The example in Python, in a Python environment of its own: previewed by the Automation API in the offline setting, and what
// the pack finds held against the example's expected.json. Part of `npm run release:test`; alone:
//     node dev/release/python-example.js
"use strict";

const { spawnSync } = require("node:child_process");
const { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");

const ROOT = path.join(__dirname, "../..");
const EXAMPLE = path.join(ROOT, "examples", "restored-machine-python");
const offline = (name) => require(path.join(ROOT, "dist", "offline", `${name}.js`));

/** In a fixed order: what Pulumi finds comes in the order in which the program is through with its resources. */
const inOrder = (previews) =>
    previews.map(({ restored, expect }) =>
        [
            `restored: ${restored}`,
            ...expect.map(({ policyId, resource, level = "" }) => `${policyId} ${resource} ${level}`).sort(),
        ].join("\n"),
    );

const compared = (printed) => {
    const expected = inOrder(JSON.parse(readFileSync(path.join(EXAMPLE, "expected.json"), "utf8")));
    const found = inOrder(JSON.parse(printed));
    return found.join("\n") === expected.join("\n")
        ? "passed"
        : `failed: found\n${found.join("\n")}\nand not\n${expected.join("\n")}`;
};

const played = async (home) => {
    const { pythonEnvironment } = offline("python");
    const { HOME_VARIABLE, placesOf, settingEnvironment } = offline("setting");
    const place = path.join(ROOT, ".offline", "python-example");
    const { python } = pythonEnvironment({
        name: "The example in Python",
        requirements: path.join(EXAMPLE, "requirements.txt"),
        place,
        since: "3.9",
        size: "about 300 MB",
    });

    const caller = { ...process.env, [HOME_VARIABLE]: home };
    const places = placesOf(ROOT, caller);
    const engine = await offline("run").engineFor(caller, places);
    mkdirSync(places.home, { recursive: true });
    mkdirSync(places.state, { recursive: true });
    const environment = path.join(home, "environment.json");
    writeFileSync(environment, JSON.stringify(settingEnvironment(caller, places, engine.folders)));

    const script = path.join(__dirname, "python_example.py");
    const { status, stdout, stderr } = spawnSync(python, [script, EXAMPLE, ROOT, environment], { encoding: "utf8" });
    return status === 0 ? compared(stdout) : `failed: it ended with ${status}\n${stderr}`;
};

/** What became of it: "passed", or what did not and why. */
const pythonExample = async () => {
    const home = mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-python-"));
    try {
        return await played(home);
    } catch (error) {
        return `not run: ${error.message}`;
    } finally {
        rmSync(home, { recursive: true, force: true });
    }
};

module.exports = { pythonExample };

if (require.main === module) {
    pythonExample().then((outcome) => {
        process.stdout.write(`${outcome}\n`);
        process.exitCode = outcome === "passed" ? 0 : 1;
    });
}
