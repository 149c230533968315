// What is wrong with a query before it is asked: what Microsoft's own parser and binder refuse, what Resource Graph does not
// take of KQL, and what would be lost between two pages.
import { bound, nodesOf, type Syntax } from "./language-service";
import {
    BRACKETED_BEHIND_DOT,
    FUNCTIONS,
    JOINED_TO_ONLY,
    JOINS,
    MOST_ACROSS_TABLES,
    MOST_EXPANDED,
    OPERATORS,
    SOURCES,
    TABLES,
    type TableName,
} from "./resource-graph";

type Tell = (at: Syntax, fault: string) => void;

/** One sentence each, with its line; none for a query that can be asked. */
export function faultsOf(query: string): readonly string[] {
    const { syntax, errors, columns } = bound(query);
    const told: { readonly start: number; readonly fault: string }[] = errors.map(({ start, message }) => ({
        start,
        fault: message,
    }));
    // What is refused has no tree that is worth looking at.
    if (told.length === 0) {
        const nodes = [...nodesOf(syntax)];
        const message: Tell = ({ start }, fault) => told.push({ start, fault });
        for (const policy of RULES) {
            policy(nodes, message);
        }
        pageByPage(syntax, columns, message);
    }
    return told
        .sort((one, other) => one.start - other.start)
        .map(({ start, fault }) => `line ${query.slice(0, start).split("\n").length}: ${fault}`);
}

const RULES: readonly ((nodes: readonly Syntax[], message: Tell) => void)[] = [
    function oneQuery(nodes, message) {
        const statements = nodes.filter(({ kind }) => kind.endsWith("Statement"));
        for (const statement of statements.filter(({ kind }, at) => kind !== "ExpressionStatement" || at > 0)) {
            message(statement, "Resource Graph takes one query and no other statement.");
        }
    },

    function operators(nodes, message) {
        const counts = new Map<string, number>();
        for (const node of nodes.filter(isOperator)) {
            const name = nameOf(node);
            const limits = OPERATORS.get(name);
            const count = (counts.get(name) ?? 0) + 1;
            counts.set(name, count);
            if (limits === undefined) {
                message(node, `Resource Graph has no operator "${name}" (${SOURCES.operators.page}).`);
            } else if (limits.most !== undefined && count > limits.most) {
                message(node, `Resource Graph takes "${name}" ${limits.most} times in a query.`);
            } else if (limits.isFirstPageOnly) {
                message(node, `Resource Graph gives only the first page of what comes after "${name}".`);
            }
        }
    },

    function joins(nodes, message) {
        for (const node of nodes.filter(({ kind }) => kind === "JoinOperator")) {
            for (const parameter of [...nodesOf(node)].filter(({ kind }) => kind === "NamedParameter")) {
                const [name = "", value = ""] = parameter.text.split("=").map((part) => part.trim());
                if (name !== "kind" || !JOINS.has(value)) {
                    message(parameter, `Resource Graph has no join "${parameter.text}".`);
                }
            }
        }
    },

    function joinedTables(nodes, message) {
        const tableOf = (node: Syntax): string | undefined =>
            [...nodesOf(node)].find(({ symbol }) => symbol === "TableSymbol")?.text;
        const acrossTables = nodes.filter(
            ({ children: [left, , join] }) =>
                left !== undefined && join?.kind === "JoinOperator" && tableOf(left) !== tableOf(join),
        );
        for (const node of acrossTables.slice(MOST_ACROSS_TABLES)) {
            message(
                node.children[2] ?? node,
                `Resource Graph takes ${MOST_ACROSS_TABLES} join across tables in a query.`,
            );
        }
        for (const { children } of acrossTables) {
            const table = tableOf(children[0] as Syntax) ?? "";
            if (JOINED_TO_ONLY.has(table)) {
                message(
                    children[2] as Syntax,
                    `Another table may be joined to "${table}", and not the other way round.`,
                );
            }
        }
    },

    function expansions(nodes, message) {
        for (const node of nodes.filter(({ kind }) => kind === "MvExpandOperator")) {
            const limit = [...nodesOf(node)].find(({ kind }) => kind === "MvExpandRowLimitClause");
            const rows = limit && [...nodesOf(limit)].find(({ value }) => value !== undefined)?.value;
            if (rows === undefined || Number(rows) > MOST_EXPANDED) {
                message(node, `"mv-expand" has to say where it stops, at ${MOST_EXPANDED} values or before.`);
            }
        }
    },

    function functions(nodes, message) {
        for (const node of nodes.filter(({ kind }) => kind === "FunctionCallExpression")) {
            const name = node.children[0]?.text ?? "";
            if (!FUNCTIONS.has(name)) {
                message(
                    node,
                    `No query of Microsoft's for Resource Graph calls "${name}" (${SOURCES.functions.page}).`,
                );
            }
        }
    },

    function names(nodes, message) {
        for (const node of nodes.filter(({ kind }) => kind === "NameDeclaration")) {
            // The parser takes some keywords for names, and another version of it others. Those before a parameter are meant.
            if (hasKeyword(node) && node.symbol === "ColumnSymbol") {
                message(node, `"${node.text}" is a word of the language: it has to be ['${node.text}'].`);
            }
        }
        for (const node of nodes.filter(({ kind }) => kind === "PathExpression")) {
            const behindDot = node.children[2];
            if (behindDot && BRACKETED_BEHIND_DOT.has(behindDot.text)) {
                message(behindDot, `"${behindDot.text}" is refused behind a dot: it has to be ['${behindDot.text}'].`);
            }
        }
    },

    function types(nodes, message) {
        const known = new Set<string>(
            nodes
                .filter(({ kind, symbol }) => kind === "NameReference" && symbol === "TableSymbol")
                .flatMap(({ text }) => TABLES[text as TableName]),
        );
        for (const node of nodes.filter(({ children }) => children[0]?.text === "type" && children.length === 3)) {
            const literals = [...nodesOf(node)].filter(({ kind }) => kind === "StringLiteralExpression");
            if (literals.length > 0 && !["=~", "in~"].includes(node.children[1]?.text ?? "")) {
                message(node, 'A type is compared with "=~" or "in~": its case differs from table to table.');
            }
            for (const literal of literals.filter(({ value = "" }) => !known.has(value.toLowerCase()))) {
                message(literal, `The tables of the query have no ${literal.text} (${SOURCES.types.page}).`);
            }
        }
    },
];

/** Resource Graph gives a token for the next page only with the id, and pages that fit together only in an order that stays. */
function pageByPage(syntax: Syntax, columns: ReadonlyMap<string, string> | undefined, message: Tell): void {
    if (columns?.get("id") !== "string") {
        message(
            syntax,
            `The result has to have the column "id": there is no second page without (${SOURCES.paging.page}).`,
        );
    }
    const last = [...nodesOf(syntax)].find(({ kind }) => kind === "PipeExpression")?.children[2];
    if (last?.text.replace(/\s+/g, " ") !== "order by id asc") {
        message(syntax, 'The last operator has to be "order by id asc".');
    }
}

export function isOperator({ kind }: Syntax): boolean {
    return kind.endsWith("Operator");
}

/** `order` of `order by id`. */
function nameOf(operator: Syntax): string {
    return operator.children[0]?.text ?? "";
}

function hasKeyword(name: Syntax): boolean {
    return [...nodesOf(name)].some(({ kind }) => kind.endsWith("Keyword"));
}
