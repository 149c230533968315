// Builds dist/ from the sources. Runs by itself after `npm ci` in a checkout, as npm's script `dependencies`: unlike
// `prepare` that one is not run by `npm pack`, which would print a banner where `pulumi policy publish` reads the name of
// the tarball (SEE-31). A packed copy has no sources and brings dist/ with it, and may have been installed without
// TypeScript: there this has to end quietly, because Pulumi Cloud's `npm install` runs it as well (SEE-21).
"use strict";

const { existsSync, readdirSync, rmSync } = require("node:fs");
const { spawnSync } = require("node:child_process");
const path = require("node:path");

/** The compiler leaves what it once made of a source that is gone; it must not be packed. */
const removeOrphans = (folder) => {
    const built = path.join(__dirname, "dist", folder);
    for (const entry of readdirSync(built, { withFileTypes: true })) {
        const place = path.join(folder, entry.name);
        const source = path.join(__dirname, place.replace(/\.js$/, ".ts"));
        if (entry.name !== ".tsbuildinfo" && !existsSync(source)) {
            rmSync(path.join(built, entry.name), { recursive: true });
        } else if (entry.isDirectory()) {
            removeOrphans(place);
        }
    }
};

if (existsSync(path.join(__dirname, "index.ts"))) {
    let compiler;
    try {
        compiler = require.resolve("typescript/bin/tsc");
    } catch {
        process.stderr.write("dist/ was not built: TypeScript is not installed here.\n");
        process.exit(0);
    }
    const { status } = spawnSync(process.execPath, [compiler, "--project", __dirname], { stdio: "inherit" });
    if (status === 0) {
        removeOrphans("");
    }
    process.exit(status ?? 1);
}
