// The recipes of docs/ci: the blocks of their pages, and the shell lines in them with the shell that runs them there.
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import MarkdownIt from "markdown-it";

import { ROOT } from "./generated";

const FOLDER = path.join(ROOT, "docs", "ci");

export const RECIPES: readonly string[] = readdirSync(FOLDER).sort();

export const pageOf = (recipe: string): string => readFileSync(path.join(FOLDER, recipe), "utf8");

/** A fenced block, with the heading above it. */
interface Block {
    readonly heading: string;
    readonly language: string;
    readonly text: string;
}

export function blocksOf(recipe: string): readonly Block[] {
    const blocks: Block[] = [];
    let heading = "";
    const tokens = new MarkdownIt().parse(pageOf(recipe), {});
    tokens.forEach(({ type, info, content }, index) => {
        if (type === "heading_open") {
            heading = tokens[index + 1]?.content ?? "";
        } else if (type === "fence") {
            blocks.push({ heading, language: info, text: content });
        }
    });
    return blocks;
}

export const yamlBlocks = (recipe: string): readonly Block[] =>
    blocksOf(recipe).filter(({ language }) => language === "yaml");

/** Shell lines as a CI system, or a person, runs them. */
export interface Script {
    /** The step, the job, or the heading. */
    readonly name: string;
    /** The shell and its options; the name of a file with the lines comes last. */
    readonly shell: readonly string[];
    readonly text: string;
    /** What the recipe itself sets, with the expressions of the CI system in it. */
    readonly env: Readonly<Record<string, string>>;
}

export const shellScripts = (recipe: string): readonly Script[] =>
    blocksOf(recipe)
        .filter(({ language }) => language === "sh")
        .map(({ heading, text }) => ({ name: heading, shell: ["sh"], text, env: {} }));
