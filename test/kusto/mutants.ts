// A query with one thing wrong in it, in all the ways in which somebody might get it wrong and Microsoft's parser would not
// mind: rows that are worth running it over give something else each time.
import { bound, nodesOf, type Syntax } from "./language-service";

export interface Mutant {
    /** `line 3, without "where name =~ 'x'"` */
    readonly what: string;
    readonly text: string;
}

type Mutation = (
    node: Syntax,
    parent: Syntax | undefined,
) => Iterable<readonly [what: string, instead: string, of?: Syntax]>;

export function mutantsOf(query: string): readonly Mutant[] {
    const { syntax } = bound(query);
    const parents = new Map([...nodesOf(syntax)].flatMap((parent) => parent.children.map((child) => [child, parent])));
    return [...nodesOf(syntax)].flatMap((node) =>
        MUTATIONS.flatMap((mutation) =>
            [...mutation(node, parents.get(node))].map(([what, instead, { start, end } = node]) => ({
                what: `line ${query.slice(0, start).split("\n").length}, ${what}`,
                text: query.slice(0, start) + instead + query.slice(end),
            })),
        ),
    );
}

const MUTATIONS: readonly Mutation[] = [
    function* withoutFilter({ kind, text }, parent) {
        if (kind === "FilterOperator" && parent) {
            yield [`without "${text}"`, parent.children[0]?.text ?? "", parent];
        }
    },

    function* caseMatters({ kind, text }) {
        if (kind.endsWith("Token") || kind.endsWith("Keyword")) {
            const instead = SENSITIVE.get(text);
            if (instead !== undefined) {
                yield [`"${instead}" for "${text}"`, instead];
            }
        }
    },

    function* otherProperty(node, parent) {
        if (parent?.kind === "PathExpression" && node === parent.children[2]) {
            yield [`another property for "${parent.text}"`, `un${node.text}`];
        }
        if (parent?.kind === "BracketedExpression" && node.kind === "StringLiteralExpression") {
            yield [`another property for "${node.text}"`, `'un${node.value ?? ""}'`];
        }
    },

    function* otherText(node, parent) {
        if (node.kind === "StringLiteralExpression" && parent && !parent.kind.startsWith("Bracketed")) {
            yield [`another text for ${node.text}`, `'un${node.value ?? ""}'`];
        }
    },

    function* oneSide({ kind, children: [left, , right] }) {
        if ((kind === "AndExpression" || kind === "OrExpression") && left && right) {
            yield [`only "${left.text}"`, left.text];
            yield [`only "${right.text}"`, right.text];
        }
    },

    function* oneArgument(node) {
        if (node.kind === "FunctionCallExpression") {
            const name = node.children[0]?.text ?? "";
            const all = argumentsOf(node);
            if (name === "coalesce") {
                for (const argument of all) {
                    yield [`nothing for "${argument.text}"`, "''", argument];
                }
            } else if (/^ii?f$/.test(name)) {
                yield* all.slice(1).map(({ text }) => [`always "${text}"`, text] as const);
            }
        }
    },

    function* otherWay({ kind, text }) {
        if (kind === "AscKeyword" || kind === "DescKeyword") {
            yield [`not "${text}"`, text === "asc" ? "desc" : "asc"];
        }
    },
];

const SENSITIVE: ReadonlyMap<string, string> = new Map([
    ["=~", "=="],
    ["!~", "!="],
    ["in~", "in"],
    ["!in~", "!in"],
]);

function argumentsOf(call: Syntax): readonly Syntax[] {
    const list = call.children[1]?.children.find(({ kind }) => kind === "List");
    return (list?.children ?? []).flatMap(({ children: [argument] }) => argument ?? []);
}
