// Plays Azure Resource Graph on this machine, for estates of any size: rows are made while they are asked for.
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connectAzure, type AskGraph } from "../../src/inventory/resource-graph";

/** As Azure gives it. */
const PAGE = 1000;

/** What answers a query: how many rows it has, and each of them. */
export interface Answer {
    readonly total: number;
    readonly row: (at: number) => object;
}

/** Serves until the process ends, and sends its port to the process that started this one. */
function serveGraph(answer: (query: string) => Answer | undefined): void {
    const server = createServer((request, response) => {
        let text = "";
        request.on("data", (part: Buffer) => (text += part.toString()));
        request.on("end", () => {
            const { query, options } = JSON.parse(text) as { query: string; options: { $skipToken?: string } };
            const { total, row } = answer(query) ?? { total: 0, row: () => ({}) };
            const from = Number(options.$skipToken ?? 0);
            const to = Math.min(from + PAGE, total);
            const data = Array.from({ length: to - from }, (_, index) => row(from + index));
            const next = to < total ? { $skipToken: String(to) } : {};
            response.setHeader("content-type", "application/json");
            response.end(
                JSON.stringify({ totalRecords: total, count: data.length, resultTruncated: "false", data, ...next }),
            );
        });
    });
    server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
}

interface Served {
    readonly sizes: readonly number[];
    /** What is measured with the server at this port, in a process with nothing else in it. */
    readonly measure: (port: string) => Promise<void>;
    /** What answers a query about an estate of this size. */
    readonly answers: (size: number) => (query: string) => Answer | undefined;
    readonly header: string;
}

/**
 * Measures each size in one process, against a server in another. Both run the same script, which calls this: arguments say
 * which one this process is. Without them it starts the others; with a number it measures only that size.
 */
export async function measureServed(script: string, { sizes, measure, answers, header }: Served): Promise<void> {
    const [task, value = ""] = process.argv.slice(2);
    if (task === "serve") {
        serveGraph(answers(Number(value)));
        return;
    }
    if (task === "measure") {
        await measure(value);
        return;
    }
    console.log(`${header}\n|${"---:|".repeat(header.split("|").length - 2)}`);
    for (const size of task === undefined ? sizes : [Number(task)]) {
        const server = fork(script, ["serve", String(size)]);
        const [port] = (await once(server, "message")) as [number];
        spawnSync(process.execPath, [script, "measure", String(port)], { stdio: "inherit" });
        server.kill();
    }
}

/** The real client, which takes that server for Azure. */
export function connectLocally(port: string): Promise<AskGraph> {
    return connectAzure(
        "public",
        { getToken: () => Promise.resolve({ token: "none", expiresOnTimestamp: Date.now() + 3_600_000 }) },
        {
            additionalPolicies: [
                {
                    position: "perRetry",
                    policy: {
                        name: "toThisMachine",
                        sendRequest: (request, next) => {
                            request.url = request.url.replace(/^https:\/\/[^/]+/, `http://127.0.0.1:${port}`);
                            request.allowInsecureConnection = true;
                            return next(request);
                        },
                    },
                },
            ],
        },
    );
}
