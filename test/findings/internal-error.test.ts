import * as path from "node:path";
import { describeError, internalError } from "../../src/findings/internal-error";

function thrown(message: string, stack: string): Error {
    const error = new TypeError(message);
    error.stack = `TypeError: ${message}\n${stack}`;
    return error;
}

const PACK = path.resolve(__dirname, "..", "..");

const STACK = [
    "    at JSON.parse (<anonymous>)",
    `    at Object.get (${PACK}/node_modules/yaml/dist/index.js:3:1)`,
    `    at Object.evaluate (${PACK}/policies/restored-disk/rule.js:12:7)`,
    `    at run (${PACK}/policies/run.js:30:1)`,
].join("\n");

test("says what kind of error it is and where, without the folder that the pack lies in", () => {
    expect(describeError(thrown("x", STACK))).toBe("TypeError at policies/restored-disk/rule.js:12");
});

test.each(["inventory/read.js", "a-layer-of-tomorrow/deep/file.js", "index.js"])(
    "whatever folder it is in: %s",
    (file) => {
        expect(describeError(thrown("x", `    at ${PACK}/${file}:7:1\n${STACK}`))).toBe(`TypeError at ${file}:7`);
    },
);

test.each<[string, unknown, string]>([
    ["an error from elsewhere", thrown("hunter2", "    at run (/home/hunter2/program/index.ts:1:1)"), "TypeError"],
    ["an error from nowhere", thrown("hunter2", "    at node:internal/x.js:1:1"), "TypeError"],
    ["a text", "hunter2", "string"],
    ["an object", { password: "hunter2" }, "object"],
    ["nothing", undefined, "undefined"],
    [
        "a message that looks like a place",
        thrown("estate/hunter2:1", STACK),
        "TypeError at policies/restored-disk/rule.js:12",
    ],
    [
        "a message that looks like a stack",
        thrown("x\n    at estate/hunter2:1", STACK),
        "TypeError at policies/restored-disk/rule.js:12",
    ],
])("quotes nothing that may be secret: %s", (_, error, expected) => {
    expect(describeError(error)).toBe(expected);
    expect(JSON.stringify(internalError(error))).not.toContain("hunter2");
});
