// The schema describes every report, and describes all of it.
import Ajv from "ajv";
import { json } from "../../../src/cli/reports/json";
import schema from "../../../src/cli/report.schema.json";
import { REPORTS, richReport } from "./a-report";

const fits = new Ajv({ allErrors: true, strict: true }).compile(schema);

test.each(Object.entries(REPORTS))("the %s report fits the schema", (_name, report) => {
    fits(JSON.parse(json(report)));
    expect(fits.errors).toBeNull();
});

test("a report of another version, or with a property that the schema does not know, does not fit", () => {
    const report = JSON.parse(json(richReport())) as Record<string, unknown>;
    expect(fits({ ...report, version: 2 })).toBe(false);
    expect(fits({ ...report, more: true })).toBe(false);
});

test("the address of the schema is the one that reports name", () => {
    expect((JSON.parse(json(richReport())) as { $schema: string }).$schema).toBe(schema.$id);
});

type Schema = Readonly<Record<string, unknown>>;

/** Each schema within the schema, with its path. */
function* parts(part: unknown, path = "#"): Generator<readonly [string, Schema]> {
    if (typeof part === "object" && part !== null) {
        if (!Array.isArray(part)) {
            yield [path, part as Schema];
        }
        for (const [key, inner] of Object.entries(part)) {
            yield* parts(inner, `${path}/${key}`);
        }
    }
}

test("every property has a description", () => {
    const properties = [...parts(schema)].flatMap(([path, { properties = {} }]) =>
        path.endsWith("/properties")
            ? []
            : Object.entries(properties as Schema).map(([name, held]) => ({ path, name, held })),
    );
    expect(properties.length).toBeGreaterThan(60);
    expect(
        properties.filter(({ held }) => !(held as Schema)["description"]).map(({ path, name }) => `${path} ${name}`),
    ).toEqual([]);
});

test("no object may hold what the schema does not name, but for the operations of a plan and the rows of an audit", () => {
    const open = [...parts(schema)].filter(
        ([, { type, additionalProperties }]) => type === "object" && additionalProperties !== false,
    );
    expect(open.map(([path]) => path)).toEqual(["#/properties/changes", "#/definitions/finding/properties/rows/items"]);
});
