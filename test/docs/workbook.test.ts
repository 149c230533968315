// The workbook asks what the audit command asks, and is one as Azure Monitor has them.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import { expectGenerated, ROOT } from "../../dev/docs/generated";
import { SECTIONS, workbook, WORKBOOK_SCHEMA } from "../../dev/docs/workbook";
import { policies } from "../../policies";
import { documentation, pageOf } from "../../policies/documentation";
import { QUESTIONS } from "../../src/audit/questions";

const WORKBOOK = "templates/workbook.json";

const textOf = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

interface Item {
    readonly type: number;
    readonly name: string;
    readonly content: {
        readonly json?: string;
        readonly title?: string;
        readonly query?: string;
        readonly items?: readonly Item[];
        readonly gridSettings?: { readonly formatters: readonly Formatter[] };
    };
}

interface Formatter {
    readonly columnMatch: string;
    readonly formatter: number;
}

const RESOURCE_GRAPH = { queryType: { const: 1 }, resourceType: { const: "microsoft.resourcegraph/resources" } };

type Schema = Readonly<Record<string, unknown>>;

/** Each property has to be there, and no other. */
function object(properties: Readonly<Record<string, Schema>>): Schema {
    return { type: "object", required: Object.keys(properties), additionalProperties: false, properties };
}

function item(type: number, content: Readonly<Record<string, Schema>>): Schema {
    return object({ type: { const: type }, name: { type: "string" }, content: object(content) });
}

/** The parts of Microsoft's schema that matter here, with the numbers that its published workbooks have. */
const WORKBOOKS = {
    $schema: "http://json-schema.org/draft-07/schema#",
    ...object({
        version: { const: "Notebook/1.0" },
        items: { type: "array", items: { $ref: "#/definitions/item" } },
        fallbackResourceIds: { const: ["Azure Monitor"] },
        $schema: { const: WORKBOOK_SCHEMA },
    }),
    definitions: {
        item: {
            oneOf: [
                item(1, { json: { type: "string" } }),
                item(3, {
                    version: { const: "KqlItem/1.0" },
                    query: { type: "string" },
                    size: { type: "integer", minimum: 0, maximum: 4 },
                    title: { type: "string" },
                    noDataMessage: { const: "Nothing found." },
                    noDataMessageStyle: { enum: [3, 4, 5] },
                    showExportToExcel: { type: "boolean" },
                    ...RESOURCE_GRAPH,
                    crossComponentResources: { const: ["{Subscriptions}"] },
                    visualization: { const: "table" },
                    gridSettings: object({
                        formatters: { type: "array", items: { $ref: "#/definitions/formatter" } },
                        rowLimit: { type: "integer", maximum: 10_000 },
                        filter: { type: "boolean" },
                        labelSettings: {
                            type: "array",
                            items: object({ columnId: { type: "string" }, label: { type: "string" } }),
                        },
                    }),
                }),
                item(9, {
                    version: { const: "KqlParameterItem/1.0" },
                    parameters: { type: "array", items: { $ref: "#/definitions/subscriptionPicker" } },
                    style: { enum: ["pills", "above", "formHorizontal", "formVertical"] },
                    ...RESOURCE_GRAPH,
                }),
                item(12, {
                    version: { const: "NotebookGroup/1.0" },
                    groupType: { const: "editable" },
                    loadType: { enum: ["lazy", "explicit", "always"] },
                    title: { type: "string" },
                    items: { type: "array", items: { $ref: "#/definitions/item" } },
                }),
            ],
        },
        formatter: {
            type: "object",
            required: ["columnMatch", "formatter"],
            additionalProperties: false,
            properties: {
                columnMatch: { type: "string" },
                formatter: { type: "integer", minimum: 0, maximum: 22 },
                formatOptions: {
                    type: "object",
                    additionalProperties: false,
                    properties: {
                        linkTarget: { enum: ["Resource", "CellDetails", null] },
                        linkLabel: { type: "string" },
                        linkIsContextBlade: { type: "boolean" },
                        showIcon: { type: "boolean" },
                    },
                },
            },
        },
        subscriptionPicker: object({
            id: { type: "string", pattern: "^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$" },
            version: { const: "KqlParameterItem/1.0" },
            name: { const: "Subscriptions" },
            type: { const: 6 },
            isRequired: { type: "boolean" },
            multiSelect: { const: true },
            quote: { const: "'" },
            delimiter: { const: "," },
            typeSettings: object({
                additionalResourceOptions: { const: ["value::all"] },
                includeAll: { type: "boolean" },
                showDefault: { type: "boolean" },
            }),
            defaultValue: { const: "value::all" },
            value: { const: ["value::all"] },
        }),
    },
};

test("is what the generator makes", () => {
    expectGenerated(WORKBOOK, `${JSON.stringify(workbook(), undefined, 2)}\n`);
});

const written = (): { readonly items: readonly Item[] } =>
    JSON.parse(textOf(WORKBOOK)) as { readonly items: readonly Item[] };
const sections = (): readonly (readonly Item[])[] =>
    written().items.flatMap(({ content }) => (content.items === undefined ? [] : [content.items]));
const grids = (): readonly Item[] => sections().flatMap((items) => items.filter(({ type }) => type === 3));
const before = (id: string): string => {
    const items = sections().find((each) => each.some(({ name }) => name === id)) ?? [];
    return items[items.findIndex(({ name }) => name === id) - 1]?.content.json ?? "";
};

test("has a grid for each question", () => {
    expect(
        grids()
            .map(({ name }) => name)
            .sort(),
    ).toEqual(QUESTIONS.map(({ policy }) => policy).sort());
    expect(SECTIONS.map(({ policies: ids }) => ids.length)).toEqual(
        sections().map((items) => items.filter(({ type }) => type === 3).length),
    );
});

test.each(QUESTIONS)("$policy: its grid asks exactly what is in the query's file", ({ policy }) => {
    const text = textOf(`src/audit/queries/${policy}.kql`);
    expect(grids().find(({ name }) => name === policy)?.content.query).toBe(text);
    // A workbook would take a name in braces for one of its parameters.
    expect(text).not.toMatch(/[{}]/);
});

test.each(QUESTIONS)("$policy: its grid has the policy's summary and a link to its page", ({ policy: id }) => {
    const policy = policies.find((each) => each.id === id)!;
    expect(grids().find(({ name }) => name === id)?.content.title).toBe(`${id}: ${policy.summary}`);
    expect(before(id)).toContain(`](${documentation(pageOf(policy))})`);
});

test.each(QUESTIONS)("$policy: its rows are called candidates if the command asks more", (question) => {
    const asksMore = question.protectionOf !== undefined || question.needsBackupInUse === true;
    expect(before(question.policy).includes("candidates")).toBe(asksMore);
});

test("shows what a row is about once", () => {
    const hidden = (id: string): readonly string[] =>
        (grids().find(({ name }) => name === id)?.content.gridSettings?.formatters ?? [])
            .filter(({ formatter }) => formatter === 5)
            .map(({ columnMatch }) => columnMatch);
    expect(hidden("BCDR101")).toEqual(["backupOf", "replicationOf"]);
    expect(hidden("BCDR110")).toEqual(["diskId"]);
    expect(hidden("BCDR401")).toEqual([]);
    expect(hidden("BCDR415")).toEqual(["backupItem", "diskBackup"]);
    expect(hidden("BCDR416")).toEqual(["replicatedItem"]);
    expect(hidden("BCDR501")).toEqual(["vault"]);
});

describe("is a workbook as Azure Monitor has them", () => {
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(WORKBOOKS);

    test("in structure and numbers", () => {
        isValid(written());
        expect(isValid.errors).toBeNull();
    });

    test.each([
        ["another version", (text: string) => text.replace("Notebook/1.0", "Notebook/2.0")],
        ["a query of logs", (text: string) => text.replaceAll('"queryType": 1', '"queryType": 0')],
        ["a grid of no subscription", (text: string) => text.replaceAll('"{Subscriptions}"', "")],
        ["a type of item that there is not", (text: string) => text.replace('"type": 12', '"type": 99')],
        ["a column without a format", (text: string) => text.replace('"formatter": 17', '"formatter": "17"')],
    ])("and %s would be noticed", (_, changed) => {
        const text = textOf(WORKBOOK);
        expect(changed(text)).not.toBe(text);
        expect(isValid(JSON.parse(changed(text)))).toBe(false);
    });
});
