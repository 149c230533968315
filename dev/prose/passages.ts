import * as ts from "typescript";

/** A stretch of prose: the lines that its sentences run over. */
export interface Passage {
    readonly lines: readonly ProseLine[];
}

export interface ProseLine {
    readonly text: string;
    /** From 1. */
    readonly line: number;
}

/** The text of a passage, its line breaks as spaces. */
export function textOf({ lines }: Passage): string {
    return lines.map(({ text }) => text).join(" ");
}

/** The line of an offset in that text. */
export function lineAt({ lines }: Passage, offset: number): number {
    let end = 0;
    for (const each of lines) {
        end += each.text.length + 1;
        if (offset < end) {
            return each.line;
        }
    }
    throw new Error("There is no such place in the passage.");
}

/** The comments of a program, and its literals that are no names of modules. */
export function passagesOfProgram(name: string, content: string): readonly Passage[] {
    const source = ts.createSourceFile(name, content, ts.ScriptTarget.ES2022, true);
    const lineOf = (offset: number): number => source.getLineAndCharacterOfPosition(offset).line + 1;
    const passages: Passage[] = [];
    const seen = new Set<number>();
    const addComments = (ranges: readonly ts.CommentRange[] | undefined): void => {
        const added = (ranges ?? []).filter(({ pos }) => !seen.has(pos));
        added.forEach(({ pos }) => seen.add(pos));
        // Comments of one line each, one below the other, are one text.
        const lines = added.map(({ pos, end }) => proseOfComment(linesFrom(content.slice(pos, end), lineOf(pos))));
        if (lines.length > 0) {
            passages.push({ lines: lines.flat() });
        }
    };
    const visit = (node: ts.Node): void => {
        addComments(ts.getLeadingCommentRanges(content, node.getFullStart()));
        addComments(ts.getTrailingCommentRanges(content, node.getEnd()));
        if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
            return;
        }
        const text = literalText(node);
        if (text !== undefined) {
            passages.push({ lines: linesFrom(text, lineOf(node.getStart(source))) });
        }
        node.getChildren(source).forEach(visit);
    };
    visit(source);
    return passages;
}

/** The text of a literal; an ellipsis for what a template puts in. */
function literalText(node: ts.Node): string | undefined {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
        return node.text;
    }
    return ts.isTemplateExpression(node)
        ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…")
        : undefined;
}

function linesFrom(text: string, first: number): readonly ProseLine[] {
    return text.split("\n").map((line, index) => ({ text: line, line: first + index }));
}

function proseOfComment(lines: readonly ProseLine[]): readonly ProseLine[] {
    return lines.map(({ text, line }) => ({
        text: text.replace(/^\s*(?:\/\*\*?|\/\/|\*(?!\/))?\s*/, "").replace(/\s*\*\/$/, ""),
        line,
    }));
}

/** The paragraphs, list items and table cells of a page in Markdown, without code. */
export function passagesOfPage(content: string): readonly Passage[] {
    const passages: Passage[] = [];
    let open: ProseLine[] = [];
    let fence: string | undefined;
    const close = (): void => {
        if (open.length > 0) {
            passages.push({ lines: open });
            open = [];
        }
    };
    linesFrom(content, 1).forEach(({ text, line }) => {
        const [mark] = /^\s*(?:```+|~~~+)/.exec(text) ?? [];
        if (mark !== undefined || fence !== undefined) {
            close();
            if (mark !== undefined) {
                fence = fence === undefined ? mark.trim() : mark.trim().startsWith(fence) ? undefined : fence;
            }
            return;
        }
        const prose = withoutCode(text);
        if (/^\s*\|/.test(text)) {
            close();
            passages.push(...prose.split(/(?<!\\)\|/).map((cell) => ({ lines: [{ text: cell.trim(), line }] })));
        } else if (/^\s*$/.test(text)) {
            close();
        } else {
            if (/^\s*(?:[-*+]|\d+\.|#+|>)\s/.test(text)) {
                close();
            }
            open.push({ text: prose.replace(/^\s*(?:[-*+]|\d+\.|#+|>)?\s*/, ""), line });
        }
    });
    close();
    return passages;
}

/** Code counts as one word, and addresses of links as none. */
function withoutCode(text: string): string {
    return text
        .replace(/`[^`]*`/g, "`…`")
        .replace(/\]\([^)]*\)/g, "]")
        .replace(/<!--.*?-->/g, "");
}

/** The messages in the book of an area, without commands, places and addresses. */
export function passagesOfBook(content: string): readonly Passage[] {
    return linesFrom(content, 1)
        .filter(({ text }) => text !== "" && !/^(?:===|---|Policy:|Source:)/.test(text))
        .filter(({ text }) => !/^\s*where: /.test(text) && !/^ {6}/.test(text))
        .map(({ text, line }) => ({
            lines: [{ text: text.trim().replace(/^(?:\[BCDR\d+\]|Why:|\d+\.|-)\s/, ""), line }],
        }));
}
