// Preloaded into a pack (`node --require`): one SIGUSR2 starts the profiler, the next one stops it and writes what it saw
// beside the first profile. Node's own --cpu-prof would put start-up and both halves of a round into one.
import { renameSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";

const FOLDER = process.env["AZURE_BCDR_BENCH_PROFILES"] ?? ".";
let session: Session | undefined;
let written = 0;

process.on("SIGUSR2", () => {
    if (session === undefined) {
        session = new Session();
        session.connect();
        session.post("Profiler.enable");
        session.post("Profiler.start");
        return;
    }
    session.post("Profiler.stop", (_error, { profile }) => {
        written += 1;
        const file = `${FOLDER}/${written}.cpuprofile`;
        writeFileSync(`${file}.part`, JSON.stringify(profile));
        renameSync(`${file}.part`, file);
    });
    session.disconnect();
    session = undefined;
});
