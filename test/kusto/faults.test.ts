// Each query of the project can be asked: Microsoft's own parser and binder take it, and it stays within what Resource Graph
// takes of KQL. A new file that ends in .kql is found and looked at without anything to be done.
import { faultsOf } from "./faults";
import { bound, nodesOf } from "./language-service";
import { QUERIES } from "./queries";
import { COLUMNS, TABLES } from "./resource-graph";

test("there are queries", () => {
    expect(QUERIES.map(({ file }) => file)).toContain("src/inventory/queries/replicated-items.kql");
});

describe.each(QUERIES)("$file", ({ text }) => {
    test("can be asked", () => {
        expect(faultsOf(text)).toEqual([]);
    });

    test("is explained", () => {
        expect(text).toMatch(/^\/\/ [A-Z]/);
    });

    test.each(namesIn(text))("cannot be asked with %s misspelt", (_, broken) => {
        expect(faultsOf(broken)).not.toEqual([]);
    });
});

/** The query once for each name of a table, a column or a function in it, with another name where it first stands. */
function namesIn(query: string): readonly (readonly [string, string])[] {
    const references = [...nodesOf(bound(query).syntax)].filter(
        ({ kind, symbol }) => kind === "NameReference" && symbol !== undefined,
    );
    return references
        .filter(({ text }, at) => references.findIndex((each) => each.text === text) === at)
        .map(({ start, end, text }) => [
            `"${text}" at ${start}`,
            `${query.slice(0, start)}un${text}${query.slice(end)}`,
        ]);
}

/** A query that can be asked, with something in its middle. */
const asked = (middle: string, last = "order by id asc"): string =>
    `resources\n| where type =~ 'microsoft.compute/virtualmachines'\n| ${middle}\n| ${last}`;

test("the tables have the columns that Resource Graph has", () => {
    for (const table of Object.keys(TABLES)) {
        expect(Object.fromEntries(bound(table).columns ?? [])).toEqual(COLUMNS);
    }
});

test.each([
    "project id, subscriptionId",
    "project id, ['kind'] = tostring(properties.kind), ['count'] = properties['count']",
    "extend disk = properties.storageProfile.osDisk | project id, disk",
    "where properties.a =~ 'b' or tobool(properties.c) | project id",
    "mv-expand disk = properties.storageProfile.dataDisks limit 400 | project id, disk",
    "join kind=leftouter (resourcecontainers | project subscriptionId, subscription = name) on subscriptionId",
    "where id !in~ ('a', 'b') | project id, type",
])("%s can be asked", (middle) => {
    expect(faultsOf(asked(middle))).toEqual([]);
});

test.each([
    [
        "two joins with another table",
        asked(
            "project id, subscriptionId | join (resourcecontainers | project subscriptionId) on subscriptionId | join (recoveryservicesresources | project subscriptionId) on subscriptionId | project id",
        ),
        /takes 1 join across tables/,
    ],
    [
        "a join that begins with a table that may only be joined to",
        "recoveryservicesresources\n| project id, subscriptionId\n| join (resources | project subscriptionId) on subscriptionId\n| project id\n| order by id asc",
        /^line 3: Another table may be joined to "recoveryservicesresources"/,
    ],
    ["a reserved name", asked("project id, kind = name"), /^line 3: The name 'kind' needs to be bracketed/],
    ["a reserved name that the parser takes", asked("project id, order = name"), /^line 3: "order" is a word/],
    [
        "a reserved name behind a dot",
        asked("extend n = properties.pool.count"),
        /^line 3: "count" is refused behind a dot/,
    ],
    [
        "a column that is not there",
        asked("project id, subscription"),
        /^line 3: The name 'subscription' does not refer/,
    ],
    [
        "a function that is not there",
        asked("project id, x = totext(name)"),
        /^line 3: The name 'totext' does not refer/,
    ],
    [
        "a function of elsewhere",
        asked("project id, x = geo_distance_2points(1, 1, 1, 1)"),
        /^line 3: No query of Micros/,
    ],
    ["a table that is not there", asked("project id").replace("resources", "machines"), /^line 1: The name 'machines'/],
    [
        "a table in another spelling",
        asked("project id").replace("resources", "Resources"),
        /^line 1: The name 'Resources'/,
    ],
    ["an operator that is not there", asked("filtered id"), /^line 3: Query operator expected/],
    ["an operator of elsewhere", asked("serialize"), /^line 3: Resource Graph has no operator "serialize"/],
    ["an assignment for a comparison", asked("where name = 'x'"), /^line 3: The expression must have the type bool/],
    ["a number for a text", asked("where name =~ 1"), /^line 3: The operator '=~' is not defined/],
    ["a bracket that is missing", asked("project id, x = tostring(name"), /^line 3: Expected: \)/],
    ["a statement before it", `let x = 1;\n${asked("project id")}`, /^line 1: Resource Graph takes one query/],
    ["a query behind it", `${asked("project id")};\nresources`, /^line 5: Resource Graph takes one query/],
    [
        "a join of another kind",
        asked("join kind=leftanti (resources) on id"),
        /^line 3: Resource Graph has no join "kind=left/,
    ],
    [
        "a join with a strategy",
        asked("join hint.strategy=broadcast (resources) on id"),
        /^line 3: Resource Graph has no join "h/,
    ],
    [
        "too many joins",
        asked(Array(4).fill("join (resourcecontainers | project subscriptionId) on subscriptionId").join("\n| ")),
        /^line 6: Resource Graph takes "join" 3 times/,
    ],
    ["an expansion without an end", asked("mv-expand x = properties.disks"), /^line 3: "mv-expand" has to say/],
    [
        "an expansion that goes too far",
        asked("mv-expand x = properties.disks limit 401"),
        /^line 3: "mv-expand" has to say/,
    ],
    [
        "a summary, which has one page",
        asked("summarize n = count() by id"),
        /^line 3: Resource Graph gives only the first/,
    ],
    ["no id", asked("project name, key = id", "order by key asc"), /^line 1: The result has to have the column "id"/],
    ["an id that is no text", asked("project id = 7"), /^line 1: The result has to have the column "id"/],
    [
        "no order",
        asked("project name, id", "project id, name"),
        /^line 1: The last operator has to be "order by id asc"/,
    ],
    ["another order", asked("project id, name", "order by name asc"), /^line 1: The last operator has to be/],
    ["an order that does not last", asked("order by id asc", "extend x = 1"), /^line 1: The last operator has to be/],
    [
        "a type in one spelling",
        asked("where type == 'microsoft.compute/disks'"),
        /^line 3: A type is compared with "=~"/,
    ],
    [
        "types in one spelling",
        asked("where type in ('microsoft.compute/disks')"),
        /^line 3: A type is compared with "=~"/,
    ],
    [
        "a type of another table",
        asked("where type =~ 'microsoft.recoveryservices/vaults/backupjobs'"),
        /^line 3: The tables of the query have no 'microsoft\.recoveryservices\/vaults\/backupjobs'/,
    ],
])("%s is told", (_, query, expected) => {
    expect(faultsOf(query)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
});
