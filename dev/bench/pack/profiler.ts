// Preloaded into a pack (`node --require`): one SIGUSR2 starts the profiler, the next one stops it and writes what it saw
// beside the first profile. Node's own --cpu-prof would put start-up and both halves of a round into one.
import { renameSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";

const FOLDER = process.env["AZURE_BCDR_BENCH_PROFILES"] ?? ".";
let profiler: Session | undefined;
let written = 0;

process.on("SIGUSR2", () => {
    if (profiler === undefined) {
        profiler = new Session();
        profiler.connect();
        profiler.post("Profiler.enable");
        profiler.post("Profiler.start");
        return;
    }
    profiler.post("Profiler.stop", (_error, { profile }) => {
        written += 1;
        const file = `${FOLDER}/${written}.cpuprofile`;
        writeFileSync(`${file}.part`, JSON.stringify(profile));
        renameSync(`${file}.part`, file);
    });
    profiler.disconnect();
    profiler = undefined;
});
