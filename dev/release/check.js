// `npm run release:check`: what a maintainer still has to do before a release. What this computer shows is checked; what is set
// on GitHub and npm is listed with the command or the page that sets it.
"use strict";

const { spawnSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const path = require("node:path");

const { notesOf } = require("./notes");

const ROOT = path.join(__dirname, "../..");

const read = (file) => readFileSync(path.join(ROOT, file), "utf8");

/** What a program prints; undefined where it fails. */
const printed = (command, args) => {
    const { status, stdout } = spawnSync(command, args, { cwd: ROOT, encoding: "utf8" });
    return status === 0 ? stdout.trim() : undefined;
};

/** `owner/name` of an address of GitHub's, in any of its forms. */
const repositoryIn = (address) => /github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?$/.exec(address ?? "")?.[1];

/** @returns {{ what: string, isDone: boolean, how: string }[]} */
const seenHere = ({ name, version, repository }) => {
    const named = repositoryIn(repository.url);
    const origin = repositoryIn(printed("git", ["remote", "get-url", "origin"]));
    const published = printed("npm", ["view", `${name}@${version}`, "version"]);
    return [
        {
            what: `package.json names the repository that "origin" is (${named}; ${origin ?? "no such remote"})`,
            isDone: named !== undefined && named === origin,
            how: "npm run release:repository -- <owner>/<name>",
        },
        {
            what: `CHANGELOG.md has a section for ${version}, with a day`,
            isDone: notesOf(read("CHANGELOG.md"), version) !== undefined,
            how: `rename "## [Unreleased]" to "## [${version}] - YYYY-MM-DD"`,
        },
        {
            what: `${name} ${version} is not on npm yet`,
            isDone: published !== version,
            how: "npm version --no-git-tag-version <number>, as docs/versioning.md says",
        },
        {
            what: `there is no tag v${version} yet`,
            isDone: printed("git", ["tag", "--list", `v${version}`]) === "",
            how: "choose another version: a tag that has been pushed stays",
        },
        {
            what: "everything is committed",
            isDone: printed("git", ["status", "--porcelain"]) === "",
            how: "git status",
        },
    ];
};

/** Once, and in this order. Each has the command, or the page in the settings of the repository. */
const setElsewhere = ({ name, version, repository }) => {
    const project = repositoryIn(repository.url);
    const settings = `${repository.url.replace(/^git\+|\.git$/g, "")}/settings`;
    return [
        [
            "Publish the first version by hand. npm trusts a workflow only for a package that exists.",
            [
                `npm run release:prepare -- v${version} release`,
                "npm login",
                `npm publish ./release/${name}-${version}.tgz --provenance=false`,
            ],
        ],
        [
            "Let npm trust the workflow. It needs two-factor authentication.",
            [`npm trust github ${name} --repo ${project} --file release.yml --env npm --allow-publish`],
        ],
        [
            'Forbid tokens for the package: "Require two-factor authentication and disallow tokens".',
            [`npm access set mfa=publish ${name}`],
        ],
        [
            "Make the environment that publishes, with yourself as reviewer and tags v* only.",
            [`gh api --method PUT repos/${project}/environments/npm`, `${settings}/environments`],
        ],
        ["Protect the branch main and tags v*: pull requests, the check CI, no force push.", [`${settings}/rules`]],
        [
            "Turn on private reports of vulnerabilities, which SECURITY.md asks for.",
            [`gh api --method PUT repos/${project}/private-vulnerability-reporting`],
        ],
        ["Turn on secret scanning with push protection, and alerts of Dependabot.", [`${settings}/security_analysis`]],
        [
            "Make the labels of the issue forms.",
            [
                `gh label create "false alarm" --repo ${project}`,
                `gh label create "missed case" --repo ${project}`,
                `gh label create "wrong fact" --repo ${project}`,
            ],
        ],
        ["Offer the schema of the configuration to SchemaStore: docs/configuration.md has the entry.", []],
    ];
};

const main = () => {
    const manifest = JSON.parse(read("package.json"));
    const here = seenHere(manifest);
    const lines = here.map(({ what, isDone, how }) => (isDone ? `done  ${what}` : `OPEN  ${what}\n      ${how}`));
    const elsewhere = setElsewhere(manifest).map(([what, how], index) =>
        [`${String(index + 1).padStart(4)}. ${what}`, ...how.map((each) => `      ${each}`)].join("\n"),
    );
    const tests = "Then run `npm run release:test`, which takes about an hour.";
    process.stdout.write(
        `Seen here:\n${lines.join("\n")}\n\nNot seen from here. Once, before the first release:\n${elsewhere.join("\n")}\n\n${tests}\n`,
    );
    process.exitCode = here.every(({ isDone }) => isDone) ? 0 : 1;
};

main();
