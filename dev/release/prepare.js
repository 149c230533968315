// What a release consists of, in one folder: the archive, its bill of materials, checksums, and notes from CHANGELOG.md.
// Refuses a tag that does not fit package.json, and a version that CHANGELOG.md does not have:
//     npm run release:prepare -- v1.2.3 release
"use strict";

const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const path = require("node:path");

const { notesOf } = require("./notes");
const { pinned } = require("./pinned");

const ROOT = path.join(__dirname, "../..");

class Refused extends Error {}

const json = (file) => JSON.parse(readFileSync(path.join(ROOT, file), "utf8"));

const npm = (args, cwd = ROOT) => {
    const { status, stdout, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
    if (status !== 0) {
        throw new Refused(`\`npm ${args.join(" ")}\` failed:\n${stderr}`);
    }
    return stdout;
};

/** From the pinned versions: in a checkout, npm leaves out of its bill what development needs as well. */
const billOfMaterials = () => {
    const scratch = mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-"));
    try {
        const manifest = { ...json("package.json"), devDependencies: undefined };
        // npm takes the name from the folder.
        const folder = path.join(scratch, manifest.name);
        mkdirSync(folder);
        writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
        writeFileSync(path.join(folder, "npm-shrinkwrap.json"), JSON.stringify(pinned(json("package-lock.json"))));
        return npm(["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], folder);
    } finally {
        rmSync(scratch, { recursive: true });
    }
};

const main = (tag, folder) => {
    if (tag === undefined || folder === undefined) {
        throw new Refused("Name the tag and a folder: npm run release:prepare -- v1.2.3 release");
    }
    const { name, version } = json("package.json");
    if (tag !== `v${version}`) {
        throw new Refused(`The tag is ${tag}, but package.json has version ${version}.`);
    }
    const notes = notesOf(readFileSync(path.join(ROOT, "CHANGELOG.md"), "utf8"), version);
    if (notes === undefined) {
        throw new Refused(`CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD".`);
    }
    const to = path.resolve(ROOT, folder);
    mkdirSync(to, { recursive: true });
    if (readdirSync(to).length > 0) {
        throw new Refused(`The folder ${folder} is not empty.`);
    }
    npm(["pack", "--pack-destination", to]);
    writeFileSync(path.join(to, "sbom.cdx.json"), billOfMaterials());
    const sums = [`${name}-${version}.tgz`, "sbom.cdx.json"].map((file) => {
        const sum = createHash("sha256").update(readFileSync(path.join(to, file)));
        return `${sum.digest("hex")}  ${file}\n`;
    });
    writeFileSync(path.join(to, "SHA256SUMS"), sums.join(""));
    writeFileSync(path.join(to, "notes.md"), notes);
};

try {
    main(...process.argv.slice(2));
} catch (error) {
    if (!(error instanceof Refused)) {
        throw error;
    }
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
}
