// Microsoft's own parser and binder of KQL, which Azure Data Explorer's editor runs. It is C# made into JavaScript: it comes
// as two scripts that fill the global object, and what it gives is turned into plain data here.
import "@kusto/language-service-next/bridge.min.js";
import "@kusto/language-service-next/Kusto.Language.Bridge.min.js";
import { COLUMNS, TABLES } from "./resource-graph";

/** A node or a token of a query's syntax. */
export interface Syntax {
    /** As the language service calls it: `FilterOperator`, `NameReference`, `KindKeyword`. */
    readonly kind: string;
    readonly text: string;
    readonly start: number;
    readonly end: number;
    readonly children: readonly Syntax[];
    /** What a name stands for: `TableSymbol`, `ColumnSymbol`, `FunctionSymbol`. */
    readonly symbol: string | undefined;
    /** The value of a literal; that of a number in its digits. */
    readonly value: string | undefined;
}

export interface Bound {
    readonly syntax: Syntax;
    readonly errors: readonly { readonly start: number; readonly message: string }[];
    /** The columns of the result and their types, in their order; undefined where the result is no table. */
    readonly columns: ReadonlyMap<string, string> | undefined;
}

/** Parses a query, and binds its names to the tables of Resource Graph. */
export function bound(query: string): Bound {
    const code = Kusto.Language.KustoCode.ParseAndAnalyze(query, globals());
    return {
        syntax: syntaxOf(code.Syntax, query),
        errors: listed(code.GetDiagnostics())
            .filter(({ Severity }) => Severity === "Error")
            .map(({ Start, Message }) => ({ start: Start, message: Message })),
        columns:
            code.ResultType?.Columns &&
            new Map(listed(code.ResultType.Columns).map(({ Name, Type }) => [Name, Type.Name])),
    };
}

/** All nodes and tokens below, and the node itself. */
export function* nodesOf(syntax: Syntax): Iterable<Syntax> {
    yield syntax;
    for (const child of syntax.children) {
        yield* nodesOf(child);
    }
}

const { Kusto, System, Bridge } = globalThis as unknown as Global;

let tables: object | undefined;

function globals(): object {
    const { GlobalState, Symbols } = Kusto.Language;
    const columns = Object.entries(COLUMNS).map(
        ([name, type]) => new Symbols.ColumnSymbol.ctor(name, Symbols.ScalarTypes.GetSymbol(type)),
    );
    return (tables ??= GlobalState.Default.WithDatabase(
        new Symbols.DatabaseSymbol.ctor(
            "graph",
            Object.keys(TABLES).map((name) => new Symbols.TableSymbol.$ctor4(name, columns)),
        ),
    ));
}

function syntaxOf(element: Element, query: string): Syntax {
    const children = Array.from({ length: element.ChildCount }, (_, index) => element.GetChild(index));
    const symbol = element.ReferencedSymbol;
    const value = element.LiteralValue;
    return {
        kind: System.Enum.toString(Kusto.Language.Syntax.SyntaxKind, element.Kind),
        text: query.slice(element.TextStart, element.End),
        start: element.TextStart,
        end: element.End,
        children: children.flatMap((child) => (child === null ? [] : [syntaxOf(child, query)])),
        symbol: symbol ? Bridge.getTypeName(symbol).replace(/^.*\./, "") : undefined,
        value: value === undefined || value === null ? undefined : String(value),
    };
}

/** Lists of C# come in classes of their own. */
function listed<Item>(list: CSharpList<Item>): readonly Item[] {
    return Bridge.toArray(list);
}

// The package's own declarations are 1.7 MB, which every check of types would read; this is what is used of them.

interface CSharpList<Item> {
    getItem(index: number): Item;
}

interface Element {
    readonly Kind: number;
    readonly TextStart: number;
    readonly End: number;
    readonly ChildCount: number;
    /** Null where something optional is not there. */
    GetChild(index: number): Element | null;
    /** Tokens have none. */
    readonly ReferencedSymbol?: object | null;
    /** Whole numbers are objects of the bridge. */
    readonly LiteralValue?: string | object | null;
}

interface Schema {
    readonly ColumnSymbol: { readonly ctor: new (name: string, type: object) => object };
    readonly TableSymbol: { readonly $ctor4: new (name: string, columns: readonly object[]) => object };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: readonly object[]) => object };
    readonly ScalarTypes: { GetSymbol(type: string): object };
}

interface Code {
    readonly Syntax: Element;
    GetDiagnostics(): CSharpList<{ readonly Severity: string; readonly Start: number; readonly Message: string }>;
    readonly ResultType: {
        readonly Columns?: CSharpList<{ readonly Name: string; readonly Type: { readonly Name: string } }>;
    } | null;
}

interface Global {
    readonly Kusto: {
        readonly Language: {
            readonly KustoCode: { ParseAndAnalyze(query: string, globals: object): Code };
            readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
            readonly Symbols: Schema;
            readonly Syntax: { readonly SyntaxKind: object };
        };
    };
    readonly System: { readonly Enum: { toString(type: object, value: number): string } };
    readonly Bridge: {
        getTypeName(value: object): string;
        toArray<Item>(list: CSharpList<Item>): readonly Item[];
    };
}
