// `npm run release:check`: builds and runs the tests on every major version of Node that the pack promises, one after
// another, in the newest release that the npm package `node` has of it. Arguments go to jest: `-- test/pulumi` runs less.
// Takes its time, so it is run before a release and not before each change.
"use strict";

const { spawnSync } = require("node:child_process");
const path = require("node:path");

const MAJORS = [20, 22, 24];
const ROOT = path.join(__dirname, "..");
const ON_WINDOWS = process.platform === "win32";

/** Whatever the command starts finds this Node on PATH, too: the pack, the stand-in providers, npm. */
const on = (major, command, stdio) =>
    spawnSync("npx", ["--yes", `--package=node@${major}`, "--", ...command], {
        cwd: ROOT,
        encoding: "utf8",
        stdio,
        // npx is a script there.
        shell: ON_WINDOWS,
    });

const versionOf = (major) => {
    const { stdout } = on(major, ["node", "--version"], ["ignore", "pipe", "inherit"]);
    return (stdout ?? "").trim();
};

const testsOn = (major) => {
    const version = versionOf(major);
    if (!version.startsWith(`v${major}.`)) {
        return { version, outcome: `not run: npm's package "node" gave ${version || "no Node"} for ${major}` };
    }
    process.stdout.write(`\n=== Node ${version}\n`);
    const jest = path.join("node_modules", "jest", "bin", "jest.js");
    for (const command of [["build.js"], [jest, "--ci", ...process.argv.slice(2)]]) {
        const { status, signal } = on(major, ["node", ...command], "inherit");
        if (status !== 0) {
            return { version, outcome: `failed: ${path.basename(command[0])} ended with ${status ?? signal}` };
        }
    }
    return { version, outcome: "passed" };
};

const results = MAJORS.map(testsOn);
process.stdout.write(`\n${results.map(({ version, outcome }) => `Node ${version}: ${outcome}`).join("\n")}\n`);
process.exitCode = results.every(({ outcome }) => outcome === "passed") ? 0 : 1;
