// The workbook of Azure Monitor that shows in the portal what the audit command asks Azure Resource Graph.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { policies } from "../../policies";
import { documentation, pageOf } from "../../policies/documentation";
import { QUESTIONS, type Question } from "../../src/audit/questions";
import type { PolicyId } from "../../src/findings/policy-id";
import { ROOT } from "./generated";

interface Section {
    readonly title: string;
    readonly says: string;
    readonly policies: readonly PolicyId[];
}

export const SECTIONS: readonly Section[] = [
    {
        title: "Restores",
        says: "What a restore from Azure Backup does to the replication of a VM.",
        policies: ["BCDR101", "BCDR102", "BCDR110", "BCDR111", "BCDR121", "BCDR131", "BCDR132", "BCDR419", "BCDR420"],
    },
    {
        title: "Coverage",
        says: "VMs and disks without the protection that they must have. A VM names its tier in the tag `bcdr-tier`.",
        policies: ["BCDR401", "BCDR402", "BCDR404"],
    },
    {
        title: "Readiness",
        says: "Protection that exists and would not help in a recovery.",
        policies: ["BCDR415", "BCDR416", "BCDR417"],
    },
    {
        title: "Vaults",
        says: "Settings of Recovery Services vaults and Backup vaults.",
        policies: ["BCDR501", "BCDR502", "BCDR503", "BCDR504", "BCDR505", "BCDR506", "BCDR507"],
    },
];

/** What the command asks or knows beyond the query. Without it, each row of these is a candidate. */
const CHECKED_BY_THE_COMMAND: Readonly<Partial<Record<PolicyId, string>>> = {
    BCDR102: "whether each VM is replicated",
    BCDR419: "whether anything else protects the copy, and what protects the VM that bears the original's name",
    BCDR420: "whether the copy is replicated, too",
    BCDR401:
        "whether Disk Backup protects the disks of each VM. It reports VMs without the tag only where anything is backed up at all",
};

/** Where workbooks replace the name of a parameter by its value. */
const SUBSCRIPTIONS = "{Subscriptions}";

const NO_ROWS = "Nothing found.";

/** Grids show 250 rows unless they say otherwise, and never more than this. */
const MOST_ROWS = 10_000;

/** No page lists these numbers. They are those of the workbooks that Microsoft publishes. */
const ITEM = { text: 1, query: 3, parameters: 9, group: 12 } as const;
const RESOURCE_GRAPH = { queryType: 1, resourceType: "microsoft.resourcegraph/resources" } as const;
const SUBSCRIPTION_PICKER = 6;
const MEDIUM_SIZE = 0;
const SUCCESS_STYLE = 3;

/** The same for formatters of columns. */
const FORMATS = {
    text: { formatter: 1 },
    hidden: { formatter: 5 },
    details: {
        formatter: 7,
        formatOptions: { linkTarget: "CellDetails", linkLabel: "Show", linkIsContextBlade: true },
    },
    resource: { formatter: 13, formatOptions: { linkTarget: "Resource", showIcon: true } },
    subscription: { formatter: 15, formatOptions: { linkTarget: null, showIcon: true } },
    region: { formatter: 17 },
} as const;

/** A column has the same name and meaning in every query. */
const COLUMNS: Readonly<Record<string, { readonly label: string; readonly format: keyof typeof FORMATS }>> = {
    id: { label: "Resource", format: "resource" },
    subscriptionId: { label: "Subscription", format: "subscription" },
    location: { label: "Region", format: "region" },
    tags: { label: "Tags", format: "details" },
    storageProfile: { label: "Disks of the VM", format: "details" },
    diskId: { label: "Disk", format: "resource" },
    disk: { label: "Disk", format: "resource" },
    listedDisk: { label: "Disk in the item", format: "resource" },
    diskTags: { label: "Tags of the disk", format: "details" },
    creationData: { label: "Made from", format: "details" },
    original: { label: "VM with the original's name", format: "resource" },
    originalLocation: { label: "Region of the original", format: "region" },
    backupItem: { label: "Backup item", format: "resource" },
    backupType: { label: "Type of backup", format: "text" },
    backupOf: { label: "Backed-up VM", format: "resource" },
    backupState: { label: "State of the backup", format: "text" },
    diskBackup: { label: "Disk backup", format: "resource" },
    diskBackupState: { label: "State of the disk backup", format: "text" },
    replicatedItem: { label: "Replicated item", format: "resource" },
    replicationOf: { label: "Replicated VM", format: "resource" },
    replicationKind: { label: "Kind of replication", format: "text" },
    replicatedDisks: { label: "Replicated disks", format: "details" },
    unprotectedDisks: { label: "Unprotected disks", format: "details" },
    activeLocation: { label: "Active side", format: "text" },
    autoProtection: { label: "Adds new disks", format: "text" },
    consistencyGroup: { label: "Consistency group", format: "text" },
    recoveryVm: { label: "VM of the failover", format: "resource" },
    recoveryLocation: { label: "Recovery region", format: "region" },
    health: { label: "Health", format: "text" },
    healthErrors: { label: "Errors", format: "details" },
    vault: { label: "Vault", format: "resource" },
    vaultProperties: { label: "Settings", format: "details" },
};

type Item = Readonly<Record<string, unknown>>;

/** Azure Monitor's own address for it, in its own spelling. */
export const WORKBOOK_SCHEMA =
    "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json";

export function workbook(): Item {
    return {
        version: "Notebook/1.0",
        items: [text("introduction", INTRODUCTION), subscriptions(), ...SECTIONS.map(section)],
        fallbackResourceIds: ["Azure Monitor"],
        $schema: WORKBOOK_SCHEMA,
    };
}

const INTRODUCTION = [
    "# Azure Backup and Azure Site Recovery",
    `Each grid runs a query of \`azure-bcdr-guard audit\` and shows what may be a finding. [The command](${documentation("audit.md")}) also lets the policy judge each row, applies your configuration and your exemptions, and says how to fix what it finds. The grids use the default settings.`,
    "Leave all subscriptions selected. If a VM's backup or replication is in another subscription that is not selected, the VM looks unprotected, or a finding on it is missing.",
    `A grid shows at most ${MOST_ROWS.toLocaleString("en-US")} rows.`,
].join("\n\n");

function text(name: string, json: string): Item {
    return { type: ITEM.text, content: { json }, name };
}

function subscriptions(): Item {
    return {
        type: ITEM.parameters,
        content: {
            version: "KqlParameterItem/1.0",
            parameters: [
                {
                    // Any GUID that no other parameter has.
                    id: "6f1a0c52-8a0e-4b43-9d8e-1b1c0f5c7a21",
                    version: "KqlParameterItem/1.0",
                    name: "Subscriptions",
                    type: SUBSCRIPTION_PICKER,
                    isRequired: true,
                    multiSelect: true,
                    quote: "'",
                    delimiter: ",",
                    typeSettings: { additionalResourceOptions: ["value::all"], includeAll: false, showDefault: false },
                    defaultValue: "value::all",
                    value: ["value::all"],
                },
            ],
            style: "above",
            ...RESOURCE_GRAPH,
        },
        name: "parameters",
    };
}

/** The portal creates the grids of a group when it comes into view, so not all queries run at once. */
function section({ title, says, policies: ids }: Section): Item {
    return {
        type: ITEM.group,
        content: {
            version: "NotebookGroup/1.0",
            groupType: "editable",
            loadType: "lazy",
            title,
            items: [text(`about ${title}`, says), ...ids.flatMap((id) => grid(questionAbout(id)))],
        },
        name: title,
    };
}

function grid({ policy: id }: Question): readonly Item[] {
    const policy = policies.find((each) => each.id === id);
    if (policy === undefined) {
        throw new Error(`There is no policy ${id}.`);
    }
    const kql = readFileSync(path.join(ROOT, "src", "audit", "queries", `${id}.kql`), "utf8");
    const checked = CHECKED_BY_THE_COMMAND[id];
    const candidates =
        checked === undefined ? "" : ` These rows are candidates. The audit command also checks ${checked}.`;
    const level = policy.level === "disabled" ? " The policy is disabled by default." : "";
    const columns = columnsOf(kql);
    return [
        text(
            `about ${id}`,
            `[${id}: why it matters, and how to fix it](${documentation(pageOf(policy))}).${level}${candidates}`,
        ),
        {
            type: ITEM.query,
            content: {
                version: "KqlItem/1.0",
                query: kql,
                size: MEDIUM_SIZE,
                title: `${id}: ${policy.summary}`,
                noDataMessage: NO_ROWS,
                noDataMessageStyle: SUCCESS_STYLE,
                showExportToExcel: true,
                ...RESOURCE_GRAPH,
                crossComponentResources: [SUBSCRIPTIONS],
                visualization: "table",
                gridSettings: {
                    formatters: columns.map((column) => ({ columnMatch: column.name, ...formatOf(column, columns) })),
                    rowLimit: MOST_ROWS,
                    filter: true,
                    labelSettings: columns.map(({ name }) => ({ columnId: name, label: known(name).label })),
                },
            },
            name: id,
        },
    ];
}

function questionAbout(id: PolicyId): Question {
    const question = QUESTIONS.find(({ policy }) => policy === id);
    if (question === undefined) {
        throw new Error(`The audit command asks no question about ${id}.`);
    }
    return question;
}

interface Column {
    readonly name: string;
    /** What it is made of; its own name if it is only passed on. */
    readonly expression: string;
}

/** The columns that a query returns: those of its last `project`. */
function columnsOf(kql: string): readonly Column[] {
    const [projected = ""] =
        kql
            .split(/^\| project /m)
            .at(-1)
            ?.split(/^\| /m) ?? [];
    return partsOf(projected).map((part) => {
        const [name = "", ...expression] = part.trim().split(" = ");
        return { name, expression: expression.length === 0 ? name : expression.join(" = ") };
    });
}

/** What commas separate, except for those in parentheses. */
function partsOf(list: string): readonly string[] {
    let depth = 0;
    const parts = [""];
    for (const character of list) {
        depth += character === "(" ? 1 : character === ")" ? -1 : 0;
        if (character === "," && depth === 0) {
            parts.push("");
        } else {
            parts.push(`${parts.pop() ?? ""}${character}`);
        }
    }
    return parts;
}

function formatOf({ name, expression }: Column, columns: readonly Column[]): (typeof FORMATS)[keyof typeof FORMATS] {
    const isIdAgain = name !== "id" && /\bid\b/.test(expression);
    // In a row about a VM, which has a region, the items name that VM again.
    const isVmAgain = ["backupOf", "replicationOf"].includes(name) && columns.some((each) => each.name === "location");
    return FORMATS[isIdAgain || isVmAgain ? "hidden" : known(name).format];
}

function known(name: string): (typeof COLUMNS)[string] {
    const column = COLUMNS[name];
    if (column === undefined) {
        throw new Error(`dev/docs/workbook.ts does not say how to show the column ${name}.`);
    }
    return column;
}
