import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../offline/setting";
import { benchVms } from "../estate";
import { CHECKS } from "./checks";
import type { Environment } from "./environment";
import { terraformOf } from "./terraform";

const PLACE = path.join(projectRoot(), ".offline", "bench", "checkov");
const MEASURE = path.join(projectRoot(), "dev", "bench", "checkov", "measure.py");

/** An estate in a folder, and how much there is in it for Checkov to do. */
export interface WrittenEstate {
    readonly vms: number;
    readonly folder: string;
    readonly resources: number;
    /** How many resources the checks look at, counted once for each check. */
    readonly inspections: number;
}

/** What one run took: milliseconds, and MiB of the largest of its processes. */
export interface Taken {
    readonly time: number;
    readonly peakMemory: number;
}

/** With no VMs the folder stays empty: what Checkov takes for that is its own start. */
export function writeEstate(vms: number): WrittenEstate {
    const folder = path.join(PLACE, "estates", String(vms));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const files = vms === 0 ? new Map<string, string>() : terraformOf(benchVms(vms));
    for (const [name, text] of files) {
        writeFileSync(path.join(folder, name), text);
    }
    const types = [...files.values()].flatMap((text) =>
        [...text.matchAll(/^resource "(\w+)"/gm)].map(([, type]) => type),
    );
    const inspections = CHECKS.map(({ resources }) => types.filter((type) => resources.includes(type ?? "")).length);
    return { vms, folder, resources: types.length, inspections: inspections.reduce((sum, count) => sum + count, 0) };
}

interface Summary {
    readonly passed: number;
    readonly failed: number;
    readonly parsing_errors: number;
    readonly resource_count: number;
}

/** Throws when Checkov did not do all that was asked of it. */
export function scan({ python, checkov }: Environment, estate: WrittenEstate): Taken {
    const measured = path.join(PLACE, "measured.json");
    const checks = CHECKS.map(({ id }) => id).join();
    const run = spawnSync(
        python,
        [
            ...[MEASURE, measured, checkov],
            ...["--directory", estate.folder, "--framework", "terraform", "--check", checks],
            ...["--output", "json", "--quiet", "--compact", "--soft-fail", "--skip-download"],
        ],
        {
            cwd: estate.folder,
            encoding: "utf8",
            maxBuffer: 1024 * 1024 * 1024,
            env: { ...process.env, CKV_SKIP_PACKAGE_UPDATE_CHECK: "true" },
        },
    );
    const report = run.status === 0 ? (JSON.parse(run.stdout) as Summary | { readonly summary: Summary }) : undefined;
    const summary = report !== undefined && "summary" in report ? report.summary : report;
    if (
        summary?.parsing_errors !== 0 ||
        summary.resource_count !== estate.resources ||
        summary.passed + summary.failed !== estate.inspections
    ) {
        throw new Error(
            `Checkov was to look at ${estate.resources} resources ${estate.inspections} times: ${JSON.stringify(summary)} ${run.stderr}`,
        );
    }
    const { status, ...taken } = JSON.parse(readFileSync(measured, "utf8")) as Taken & { readonly status: number };
    if (status !== 0) {
        throw new Error(`Checkov ended with ${status}: ${run.stderr}`);
    }
    return taken;
}
