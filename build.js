// Builds dist/ from the sources. Runs by itself after `npm ci` in a checkout, as npm's script `dependencies`: unlike
// `prepare` that one is not run by `npm pack`, which would print a banner where `pulumi policy publish` reads the name of
// the tarball (SEE-31). A packed copy has no sources and brings dist/ with it, and may have been installed without
// TypeScript: there this has to end quietly, because Pulumi Cloud's `npm install` runs it as well (SEE-21).
"use strict";

const { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { spawnSync } = require("node:child_process");
const path = require("node:path");

/** The pack and its command, then what runs them without Pulumi and without Azure. */
const PROJECTS = [".", "dev"];

/** Remove what the compiler once made of a source that no longer exists, so that it is not packed. */
const removeOrphans = (folder) => {
    const built = path.join(__dirname, "dist", folder);
    for (const entry of readdirSync(built, { withFileTypes: true })) {
        const place = path.join(folder, entry.name);
        const source = place.replace(/\.js$/, ".ts");
        const hasSource = PROJECTS.some((project) => existsSync(path.join(__dirname, project, source)));
        if (!entry.name.endsWith(".tsbuildinfo") && !hasSource) {
            rmSync(path.join(built, entry.name), { recursive: true });
        } else if (entry.isDirectory()) {
            removeOrphans(place);
        }
    }
};

/**
 * Put what Pulumi loads into one file, in place of the one that the compiler made: reading some 360 files takes longer
 * than running them. Names stay, and a comment says which source each part is from (src/findings/internal-error.ts).
 */
const bundle = ({ buildSync }) =>
    buildSync({
        absWorkingDir: __dirname,
        entryPoints: ["policy-pack.ts"],
        outfile: path.join("dist", "policy-pack.js"),
        bundle: true,
        packages: "external",
        platform: "node",
        charset: "utf8",
        logLevel: "warning",
    });

if (existsSync(path.join(__dirname, "index.ts"))) {
    let compiler, esbuild;
    try {
        compiler = require.resolve("typescript/bin/tsc");
        esbuild = require("esbuild");
    } catch {
        process.stderr.write("dist/ was not built: TypeScript or esbuild is not installed here.\n");
        process.exit(0);
    }
    for (const project of PROJECTS) {
        const args = [compiler, "--project", path.join(__dirname, project)];
        const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
        if (status !== 0) {
            process.exit(status ?? 1);
        }
    }
    removeOrphans("");
    bundle(esbuild);

    const { pinned } = require("./dev/release/pinned");
    const lock = JSON.parse(readFileSync(path.join(__dirname, "package-lock.json"), "utf8"));
    const text = `${JSON.stringify(pinned(lock), undefined, 2)}\n`;
    writeFileSync(path.join(__dirname, "dist", "npm-shrinkwrap.json"), text);
}
