// Runs on `npm ci` in a checkout and on `npm install` in a packed copy. Only the checkout has sources to
// build; a packed copy brings dist/ with it and may have been installed without TypeScript, so there this
// must end quietly (a failing prepare breaks `npm install --omit=dev`).
"use strict";

const { existsSync } = require("node:fs");
const { spawnSync } = require("node:child_process");
const path = require("node:path");

if (existsSync(path.join(__dirname, "index.ts"))) {
    let compiler;
    try {
        compiler = require.resolve("typescript/bin/tsc");
    } catch {
        process.exit(0);
    }
    const built = spawnSync(process.execPath, [compiler, "--project", __dirname], { stdio: "inherit" });
    process.exit(built.status === null ? 1 : built.status);
}
