import * as loader from "node:module";
import * as path from "node:path";

/** Node has these since 22.10; the types here are those of the oldest version that the pack runs on. */
interface CompileCache {
    readonly enableCompileCache?: (folder: string) => unknown;
    readonly flushCompileCache?: () => void;
}

/** Beside the compiled code: whoever can write here can change the code itself, so the cache need not be trusted more. */
const FOLDER = path.join(__dirname, "..", "..", ".compile-cache");

/** When the engine waits for something else. */
const LATER = 2_000;

/**
 * Lets Node keep what it has compiled of the pack, for the next preview. Where the folder cannot be written, nothing is
 * kept. A build server starts with an empty folder every time, so there it would only cost the writing.
 */
export function keepCompiledCode(
    environment: NodeJS.ProcessEnv = process.env,
    { enableCompileCache, flushCompileCache }: CompileCache = loader as CompileCache,
): void {
    if (environment["CI"] || enableCompileCache === undefined || flushCompileCache === undefined) {
        return;
    }
    enableCompileCache(FOLDER);
    // The engine ends the pack without letting it write anything.
    setTimeout(flushCompileCache, LATER).unref();
}
