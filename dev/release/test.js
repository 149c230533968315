// `npm run release:test`: audits the dependencies, has an engine of KQL run the Kusto queries, then builds and runs the
// tests on every major version of Node that the pack promises, one after another, in the newest release that the npm package
// `node` has of it; at last, it plays the example in Python. Arguments go to jest there: `-- test/policies` runs less.
// Takes its time, so it is run before a release and not before each change.
"use strict";

const { spawnSync } = require("node:child_process");
const path = require("node:path");

const { pythonExample } = require("./python-example.js");

const MAJORS = [20, 22, 24];
const ROOT = path.join(__dirname, "../..");
const JEST = path.join("node_modules", "jest", "bin", "jest.js");
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
    for (const command of [["build.js"], [JEST, "--ci", ...process.argv.slice(2)]]) {
        const { status, signal } = on(major, ["node", ...command], "inherit");
        if (status !== 0) {
            return { version, outcome: `failed: ${path.basename(command[0])} ended with ${status ?? signal}` };
        }
    }
    return { version, outcome: "passed" };
};

/** What the registry knows of the packages that users install with this one. One that does not answer says nothing. */
const audit = () => {
    const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
        cwd: ROOT,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        shell: ON_WINDOWS,
    });
    const found = vulnerabilitiesIn(stdout ?? "");
    if (found === undefined) {
        return "not audited: the registry did not answer `npm audit --omit=dev`";
    }
    return found === 0 ? "passed" : `failed: ${found} vulnerabilities, which \`npm audit --omit=dev\` lists`;
};

const vulnerabilitiesIn = (answer) => {
    try {
        return JSON.parse(answer).metadata?.vulnerabilities?.total;
    } catch {
        return undefined;
    }
};

/** Installs the engine where it is not: needs Python and PyPI, and says so. */
const queries = () => {
    process.stdout.write("\n=== Kusto queries\n");
    const { status, signal } = spawnSync(process.execPath, [JEST, "--ci", "test/kusto"], {
        cwd: ROOT,
        env: { ...process.env, KUSTO_ENGINE: "required" },
        stdio: "inherit",
    });
    return status === 0
        ? "passed"
        : `failed: \`KUSTO_ENGINE=required npx jest test/kusto\` ended with ${status ?? signal}`;
};

const main = async () => {
    const results = [
        { what: "Dependencies", outcome: audit() },
        { what: "Kusto queries", outcome: queries() },
        ...MAJORS.map(testsOn).map(({ version, outcome }) => ({ what: `Node ${version}`, outcome })),
        { what: "The example in Python", outcome: await pythonExample() },
    ];
    process.stdout.write(`\n${results.map(({ what, outcome }) => `${what}: ${outcome}`).join("\n")}\n`);
    process.exitCode = results.every(({ outcome }) => outcome === "passed") ? 0 : 1;
};

main();
