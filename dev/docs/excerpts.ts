import { differences, excerpt, type Path } from "../../test/harness/elided";
import type { Program } from "../../test/harness/program";
import { declarationsOf } from "../../test/harness/typescript";
import { excerptInYaml, yamlOf } from "../../test/harness/yaml";

/** The lines that matter of two versions of a program: of the later one the resources that differ. */
export interface Excerpts {
    readonly before: string;
    readonly after: string;
}

/**
 * @param on the resource that the finding is on, which is shown in any case
 * @param shows further properties: `web.storageProfile.osDisk`; of something that comes or goes as a whole, these alone
 */
export function excerptsOf(
    before: Program,
    after: Program,
    on: string | undefined,
    shows: readonly string[],
): Excerpts {
    const shown = shows.map((path) => path.split("."));
    checkPaths([before, after], shown);
    const subject = on === undefined ? [] : [[on, "-"]];
    const changes = differences(before, after);
    const paths = [...changes.filter((path) => !shown.some((each) => isWithin(each, path))), ...shown, ...subject];
    const changed = new Set(changes.map(([name]) => name));
    return {
        before: inBothLanguages(excerpt(before, paths)),
        after: inBothLanguages(
            excerpt(after, changed.size === 0 ? paths : paths.filter(([name]) => changed.has(name))),
        ),
    };
}

function isWithin(path: Path, above: Path): boolean {
    return path.length > above.length && above.every((step, index) => path[index] === step);
}

/** A path that leads to nothing would leave out lines without a word. */
function checkPaths(programs: readonly Program[], paths: readonly Path[]): void {
    for (const path of paths) {
        const [name = "", ...rest] = path;
        const isThere = programs.some((program) => {
            let content: unknown = program[name]?.properties;
            for (const step of rest) {
                content = (content as Readonly<Record<string, unknown>> | undefined)?.[step];
            }
            return content !== undefined;
        });
        if (!isThere) {
            throw new Error(`no example has "${path.join(".")}"`);
        }
    }
}

function inBothLanguages(program: Program): string {
    if (Object.keys(program).length === 0) {
        return "";
    }
    return [fenced("typescript", declarationsOf(program)), fenced("yaml", excerptInYaml(program))].join("\n\n");
}

/** The whole program, to be opened. */
export function wholeProgram(title: string, program: Program): string {
    return [`<details><summary>${title}</summary>`, fenced("yaml", yamlOf("example", program)), "</details>"].join(
        "\n\n",
    );
}

export function fenced(language: string, text: string): string {
    return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
