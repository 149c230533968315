/**
 * The host for programs and policy packs in Node, as far as the engine needs it to run them. Pulumi's own,
 * `pulumi-language-nodejs`, cannot be had from a registry (ENG-03); this one takes its place where none is installed.
 */
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";

import { listen, newServer } from "../providers/wire";
import { Children } from "./children";
import { languageRuntime } from "./service";

const PARENT_CHECK_MS = 1_000;

const main = async (): Promise<void> => {
    const engine = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";
    const children = new Children();
    const server = newServer();
    server.addService(LanguageRuntimeService, languageRuntime(engine, children));

    let isEnding = false;
    const end = (): void => {
        if (!isEnding) {
            isEnding = true;
            void children.stop().then(() => process.exit(0));
        }
    };
    process.on("SIGINT", end);
    process.on("SIGTERM", end);
    // An engine that was killed tells nobody.
    const parent = process.ppid;
    setInterval(() => (process.ppid === parent ? undefined : end()), PARENT_CHECK_MS).unref();

    process.stdout.write(`${await listen(server)}\n`);
};

main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
});
