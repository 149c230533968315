// Sets the address of the repository. Code and generated files take it from package.json; this changes it there, and in
// the files that repeat it, such as README.md and what tests expect:
//     npm run release:repository -- <owner>/<name>
"use strict";

const { spawnSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const ROOT = path.join(__dirname, "../..");

/** Whole names alone: `contoso/guard` is not in `contoso/guard-tools`. */
const moved = (text, from, to) =>
    ["github.com", "raw.githubusercontent.com"].reduce(
        (before, host) =>
            before.replace(new RegExp(`\\b${host.replaceAll(".", "\\.")}/${from}(?![\\w-])`, "g"), `${host}/${to}`),
        // Where GitHub and Azure Pipelines take the action and the template from.
        text.replace(new RegExp(`\\b(uses|name): ${from}(?![\\w-])`, "g"), `$1: ${to}`),
    );

/** The tracked files in which a text occurs. */
const filesWith = (text) => {
    const { stdout } = spawnSync("git", ["grep", "--name-only", "-I", "--fixed-strings", text], {
        cwd: ROOT,
        encoding: "utf8",
    });
    return stdout.split("\n").filter((file) => file !== "");
};

module.exports = { filesWith, moved };

const main = (to) => {
    if (!/^[\w.-]+\/[\w.-]+$/.test(to ?? "")) {
        process.stderr.write("Name the repository: npm run release:repository -- <owner>/<name>\n");
        process.exitCode = 1;
        return;
    }
    const { repository } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
    const [, from] = /github\.com\/([^/]+\/[^/]+)\.git$/.exec(repository.url);
    const files = filesWith(from);
    files.forEach((file) => {
        const place = path.join(ROOT, file);
        writeFileSync(place, moved(readFileSync(place, "utf8"), from, to));
    });
    process.stdout.write(`${from} is now ${to} in ${files.length} files. Look at \`git diff\`, and run the tests.\n`);
};

if (require.main === module) {
    main(process.argv[2]);
}
