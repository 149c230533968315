// A headless browser: an installed Chromium or Chrome, else the one that the npm package carries.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { type Browser, chromium } from "playwright-core";

import { projectRoot } from "../../../dev/offline/setting";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** It is started as root, too, and has nobody to talk to. */
const FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

interface Program {
    readonly executablePath: string;
    readonly env: NodeJS.ProcessEnv;
}

export async function startBrowser(): Promise<Browser> {
    const { executablePath, env } = installed() ?? unpacked();
    return chromium.launch({ executablePath, env: onlyTexts(env), args: FLAGS });
}

function installed(): Program | undefined {
    const folders = (process.env["PATH"] ?? "").split(path.delimiter);
    const places = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
    const executablePath = places.find(isExecutable);
    return executablePath === undefined ? undefined : { executablePath, env: process.env };
}

function isExecutable(file: string): boolean {
    try {
        accessSync(file, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}

/**
 * The package holds the browser packed, with the libraries and a font that a bare VM lacks. It unpacks into the
 * temporary folder and knows only one; so that no two runs meet there, it gets a folder that takes its place when done.
 */
function unpacked(): Program {
    const folder = path.join(projectRoot(), ".offline", "browser");
    if (!existsSync(folder)) {
        mkdirSync(path.dirname(folder), { recursive: true });
        const scratch = mkdtempSync(`${folder}-`);
        // It brings its libraries along only where it takes the VM for one of the cloud that it is made for.
        const env = { ...process.env, TMPDIR: scratch, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
        const unpack = `require(${JSON.stringify(require.resolve("@sparticuz/chromium"))}).executablePath()`;
        const { status, stderr } = spawnSync(process.execPath, ["-e", unpack], { env, encoding: "utf8" });
        if (status !== 0) {
            rmSync(scratch, { recursive: true, force: true });
            throw new Error(
                `No browser to test pages in: none of ${NAMES.join(", ")} is on the PATH, and the one of @sparticuz/chromium cannot be unpacked: ${stderr}`,
            );
        }
        // Another run may have been faster; then its folder serves as well.
        try {
            renameSync(scratch, folder);
        } catch {
            rmSync(scratch, { recursive: true, force: true });
        }
    }
    const fonts = path.join(folder, "fonts.conf");
    writeFileSync(fonts, fontsIn(path.join(folder, "fonts"), "/usr/share/fonts"));
    return {
        executablePath: path.join(folder, "chromium"),
        env: { ...process.env, LD_LIBRARY_PATH: path.join(folder, "al2023", "lib"), FONTCONFIG_FILE: fonts },
    };
}

function fontsIn(...folders: readonly string[]): string {
    const list = folders.map((folder) => `<dir>${folder}</dir>`).join("");
    return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${list}</fontconfig>\n`;
}

function onlyTexts(env: NodeJS.ProcessEnv): Record<string, string> {
    return Object.fromEntries(
        Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
}
