// A `pulumi` for PATH that asks the real one, the next on PATH, for each plan only once: whoever asks again gets the same
// output, event log, state, record and status. Recipes ask for the same few plans over and over, and a plan takes seconds.
// It applies nothing.
"use strict";

const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const { closeSync, copyFileSync, existsSync, openSync, readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const args = process.argv.slice(2);
const { PULUMI_ONCE_MEMORY: memory, PULUMI_ONCE_PATH: realPath, AZURE_BCDR_GUARD_RECORD: record } = process.env;

const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const content = (file) => (file === undefined ? undefined : readFileSync(file, "utf8"));

if (args[0] !== "preview" && args[0] !== "stack" && !args.includes("--preview-only")) {
    process.stderr.write(`Nothing is applied here: pulumi ${args.join(" ")}\n`);
    process.exit(99);
}

const question = [
    args[0],
    args.filter((arg) => arg.startsWith("--")),
    option("--stack"),
    process.env["PULUMI_DEBUG_COMMANDS"],
    content(option("--policy-pack-config")),
    content(path.join(option("--cwd") ?? ".", "Pulumi.yaml")),
];
const known = path.join(memory, createHash("sha256").update(JSON.stringify(question)).digest("hex"));
const files = [
    [option("--event-log"), `${known}.log`],
    [option("--file"), `${known}.state`],
    [record, `${known}.record`],
].filter(([file]) => file !== undefined);

if (!existsSync(`${known}.json`)) {
    // The command takes the name from the log as soon as it is written, so it is opened before.
    const opened = files.map(([file, kept]) => [file, kept, existsSync(file) ? openSync(file, "r") : undefined]);
    const { status, stdout, stderr } = spawnSync("pulumi", args, {
        env: { ...process.env, PATH: realPath },
        encoding: "utf8",
        maxBuffer: Infinity,
    });
    for (const [file, kept, descriptor] of opened) {
        if (descriptor !== undefined) {
            writeFileSync(kept, readFileSync(descriptor));
            closeSync(descriptor);
        } else if (existsSync(file)) {
            copyFileSync(file, kept);
        }
    }
    writeFileSync(`${known}.json`, JSON.stringify({ status, stdout, stderr }));
}
files.filter(([, kept]) => existsSync(kept)).forEach(([file, kept]) => copyFileSync(kept, file));
const { status, stdout, stderr } = JSON.parse(readFileSync(`${known}.json`, "utf8"));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = status ?? 1;
