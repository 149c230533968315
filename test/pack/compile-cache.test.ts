import { keepCompiledCode } from "../../src/pack/compile-cache";

jest.useFakeTimers();

function callsIn(environment: NodeJS.ProcessEnv, names: readonly string[]): readonly string[] {
    const calls: string[] = [];
    const cache = Object.fromEntries(names.map((name) => [name, () => calls.push(name)]));
    keepCompiledCode(environment, cache);
    jest.runAllTimers();
    return calls;
}

const [ENABLE, FLUSH] = ["enableCompileCache", "flushCompileCache"];

test("keeps what Node has compiled, and writes it after a while: the engine kills the pack in the end", () => {
    expect(callsIn({}, [ENABLE, FLUSH])).toEqual([ENABLE, FLUSH]);
});

test.each([
    ["Node 20, which has no such cache", {}, []],
    ["Node 22.1, which writes the cache only when it ends", {}, [ENABLE]],
    ["a build server, which keeps no folder", { CI: "true" }, [ENABLE, FLUSH]],
])("keeps nothing with %s", (_, environment, names) => {
    expect(callsIn(environment, names)).toEqual([]);
});
