// A thread of `analyze`: looks at one state at a time, as the main thread asks (state-workers.ts).
import { parentPort, workerData } from "node:worker_threads";
import { StateAnalysis, type AnalysisSettings } from "./state-analysis";
import { failureOf, type Answer, type Request } from "./state-workers";

const analysis = new StateAnalysis(workerData as AnalysisSettings);

async function answer(request: Request): Promise<Answer> {
    try {
        switch (request.task) {
            case "know":
                analysis.know(request.known);
                return { result: undefined };
            case "pack":
            case "inspect":
                return { result: await analysis[request.task](request.file) };
        }
    } catch (error) {
        return { failure: failureOf(error) };
    }
}

parentPort?.on("message", (request: Request) => {
    void answer(request).then((each) => parentPort?.postMessage(each));
});
