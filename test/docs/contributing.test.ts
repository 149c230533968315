// The guide "Add a policy" of CONTRIBUTING.md, followed to the letter in a copy of this project: each block goes where the
// page says, and then the policy is checked as every policy is.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { ROOT } from "../../dev/docs/generated";
import { newPolicy } from "../../dev/new-policy";
import { removeScratchFolders } from "../dev/offline/scratch";
import { ProjectCopy } from "../dev/project-copy";

const [, guide = ""] =
    /^## Add a policy in ten minutes\n(.*?)^## /ms.exec(readFileSync(path.join(ROOT, "CONTRIBUTING.md"), "utf8")) ?? [];

/** The blocks of code, each with the file that the text before it names last. */
const blocks = [...guide.matchAll(/^```(ts|diff)\n(.*?)^```$/gms)].map(({ 1: kind, 2: text = "", index }) => ({
    kind,
    text,
    file: [...guide.slice(0, index).matchAll(/`([\w/.-]+\/[\w.-]+\.ts)`/g)].at(-1)?.[1] ?? "",
}));

/** What follows a command on its line. */
function argumentsOf(command: string): readonly string[] {
    const line = guide.split("\n").find((each) => each.startsWith(command));
    return (line ?? "").slice(command.length).trim().split(" ");
}

// Lint of a few files needs the types of all.
jest.setTimeout(300_000);

const copy = new ProjectCopy();
afterAll(removeScratchFolders);

function follow({ kind, text, file }: (typeof blocks)[number]): void {
    const whole = copy.read(file);
    if (kind === "ts") {
        copy.write(file, text);
        return;
    }
    const side = (mark: string): string =>
        text
            .split("\n")
            .filter((line) => line.startsWith(" ") || line.startsWith(mark))
            .map((line) => `${line.slice(1)}\n`)
            .join("");
    const [before, after, ...others] = whole.split(side("-"));
    if (before === undefined || after === undefined || others.length > 0) {
        throw new Error(`${file} does not have these lines, or has them more than once:\n${side("-")}`);
    }
    copy.write(file, before + side("+") + after);
}

const made = newPolicy(copy.root, argumentsOf("npm run new-policy -- "));
blocks.forEach(follow);

const edited = [...new Set(blocks.map(({ file }) => file))];

test("a person edits three files at most, and leaves nothing open", () => {
    expect(edited).toHaveLength(3);
    expect(edited.filter((file) => copy.read(file).includes("TODO"))).toEqual([]);
});

test("its tests pass, and the catalogue has it", () => {
    const { status, printed } = copy.test(...argumentsOf("npm test -- "));
    expect(status === 0 ? "" : printed).toBe("");
    expect(printed).toMatch(/Tests: +\d+ passed/);
});

test("its files have the types, the form and the style of the others, and import no more than they may", () => {
    const files = [...edited, ...made].filter((file) => file.endsWith(".ts"));
    expect(copy.problemsIn([...new Set(files)])).toBe("");
});
