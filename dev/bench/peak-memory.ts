// Loaded with `node --require` before a command: writes down, at its end, what it took at most.
import { writeFileSync } from "node:fs";

/** The variable that names the file for it; MiB. */
export const PEAK_FILE = "BENCH_PEAK_FILE";

/** The variable that names the file for the seconds that the processors were busy with it. */
export const BUSY_FILE = "BENCH_BUSY_FILE";

const busyFile = process.env[BUSY_FILE];
if (busyFile !== undefined) {
    process.on("exit", () => {
        const { user, system } = process.cpuUsage();
        writeFileSync(busyFile, String((user + system) / 1e6));
    });
}

const file = process.env[PEAK_FILE];
if (file !== undefined) {
    process.on("exit", () => writeFileSync(file, String(process.resourceUsage().maxRSS / 1024)));
}
