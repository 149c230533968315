// Loaded with `node --require` before a command: writes down, at its end, what it took at most.
import { writeFileSync } from "node:fs";

/** The variable that names the file for it; MiB. */
export const PEAK_FILE = "BENCH_PEAK_FILE";

const file = process.env[PEAK_FILE];
if (file !== undefined) {
    process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS / 1024)));
}
