// What Azure Resource Graph has, and what of KQL it takes, as Microsoft documents it. It is data: a query that needs more
// adds a row here, with the page that shows it.

export interface Source {
    readonly page: string;
    /** The day that the page carried when it was read; of a repository, that of its last commit. */
    readonly dated: string;
}

const GRAPH = "https://learn.microsoft.com/azure/governance/resource-graph";

/** Read in November 2026. */
export const SOURCES = {
    /** A row of `recoveryservicesresources` as the command line prints it, with all columns. */
    columns: { page: "https://learn.microsoft.com/azure/backup/backup-managed-disks-cli", dated: "2021-09-17" },
    types: { page: `${GRAPH}/reference/supported-tables-resources`, dated: "2021-12-20" },
    operators: { page: `${GRAPH}/concepts/query-language`, dated: "2024-03-20" },
    paging: { page: `${GRAPH}/concepts/work-with-data`, dated: "2019-04-01" },
    /** Microsoft's own queries for Resource Graph; no page lists the functions. */
    functions: { page: "https://github.com/Azure/Azure-Proactive-Resiliency-Library-v2", dated: "2026-07-21" },
    bracketed: { page: "https://github.com/microsoft/Kusto-Query-Language/issues/79", dated: "2022-08-05" },
} as const satisfies Readonly<Record<string, Source>>;

/** The scalar types of KQL that the columns have. */
export type ColumnType = "string" | "dynamic";

/** The same for every table. Texts are empty, and the others null, where a resource has no such thing. */
export const COLUMNS = {
    id: "string",
    name: "string",
    type: "string",
    tenantId: "string",
    kind: "string",
    location: "string",
    resourceGroup: "string",
    subscriptionId: "string",
    managedBy: "string",
    sku: "dynamic",
    plan: "dynamic",
    properties: "dynamic",
    tags: "dynamic",
    identity: "dynamic",
    zones: "dynamic",
    extendedLocation: "dynamic",
} as const satisfies Readonly<Record<string, ColumnType>>;

/**
 * The tables that queries of ours ask, in the spelling in which they ask. Of the hundreds of types in `resources` there
 * are only those that are asked for; the other lists are whole.
 */
export const TABLES = {
    resources: [
        "microsoft.compute/disks",
        "microsoft.compute/virtualmachines",
        "microsoft.dataprotection/backupvaults",
        "microsoft.recoveryservices/vaults",
    ],
    resourcecontainers: [
        "microsoft.management/managementgroups",
        "microsoft.management/servicegroups",
        "microsoft.resources/subscriptions",
        "microsoft.resources/subscriptions/resourcegroups",
    ],
    recoveryservicesresources: [
        "microsoft.azurebusinesscontinuity/deletedunifiedprotecteditems",
        "microsoft.dataprotection/backupvaults/backupinstances",
        "microsoft.dataprotection/backupvaults/backupjobs",
        "microsoft.dataprotection/backupvaults/backuppolicies",
        "microsoft.dataprotection/backupvaults/deletedbackupinstances",
        "microsoft.recoveryservices/locations/deletedvaults",
        "microsoft.recoveryservices/locations/deletedvaults/backupfabrics/protectioncontainers/protecteditems",
        "microsoft.recoveryservices/vaults",
        "microsoft.recoveryservices/vaults/alerts",
        "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protectableitems",
        "microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers/protecteditems",
        "microsoft.recoveryservices/vaults/backupjobs",
        "microsoft.recoveryservices/vaults/backuppolicies",
        "microsoft.recoveryservices/vaults/replicationfabrics/replicationprotectioncontainers/replicationprotecteditems",
        "microsoft.recoveryservices/vaults/replicationjobs",
        "microsoft.recoveryservices/vaults/replicationpolicies",
        "microsoft.recoveryservices/vaults/replicationrecoveryplans",
    ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type TableName = keyof typeof TABLES;

export interface OperatorLimits {
    /** How often it may stand in one query. */
    readonly most?: number;
    /** It gives one page and no token for the next. */
    readonly isFirstPageOnly?: true;
}

/** The tabular operators that Resource Graph takes; `let` and other statements are not among them. */
export const OPERATORS: ReadonlyMap<string, OperatorLimits> = new Map<string, OperatorLimits>([
    ["count", {}],
    ["distinct", {}],
    ["extend", {}],
    ["join", { most: 3 }],
    ["limit", {}],
    // Two in the table of the page, three in the text below it.
    ["mv-expand", { most: 2 }],
    ["order", {}],
    ["parse", {}],
    ["project", {}],
    ["project-away", {}],
    ["sort", {}],
    ["summarize", { isFirstPageOnly: true }],
    ["take", {}],
    ["top", {}],
    ["union", { most: 3 }],
    ["where", {}],
]);

export const JOINS: ReadonlySet<string> = new Set(["innerunique", "inner", "leftouter", "fullouter"]);

/** How many joins of a query may be with another table. */
export const MOST_ACROSS_TABLES = 1;

/** They may stand on the right of a join with another table, and not on its left. */
export const JOINED_TO_ONLY: ReadonlySet<string> = new Set<TableName>(["recoveryservicesresources"]);

/** `mv-expand` stops there, and after 128 values of each row where the query names no limit. */
export const MOST_EXPANDED = 400;

/** Scalar functions and aggregations; Resource Graph takes a subset of KQL's and has no page that lists it. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
    "array_length",
    "array_slice",
    "case",
    "coalesce",
    "count",
    "countif",
    "iff",
    "iif",
    "indexof",
    "isempty",
    "isnotempty",
    "isnotnull",
    "isnull",
    "make_list",
    "make_set",
    "not",
    "parse_json",
    "split",
    "strcat",
    "strcat_array",
    "strlen",
    "substring",
    "tobool",
    "todynamic",
    "toint",
    "tolower",
    "tostring",
    "toupper",
]);

/** Microsoft's parser takes these behind a dot; Resource Graph refuses them, and takes `['count']`. */
export const BRACKETED_BEHIND_DOT: ReadonlySet<string> = new Set(["count"]);
