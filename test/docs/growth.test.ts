import { readFileSync } from "node:fs";
import { RESULTS, shapesTable, type ShapesResults } from "../../bench/shapes/results";
import { SHAPES } from "../../bench/shapes/shapes";
import { expectGeneratedPart } from "./generated";

const results = JSON.parse(readFileSync(RESULTS, "utf8")) as ShapesResults;

test("the page has the figures that were measured", () => {
    expectGeneratedPart("docs/performance.md", "shapes", shapesTable(results));
});

test("every shape was measured, at three sizes", () => {
    expect(results.shapes.map(({ name }) => name)).toEqual(SHAPES.map(({ name }) => name));
    expect(results.shapes.filter(({ figures }) => figures.length !== 3)).toEqual([]);
});

test("the power is that of the time above the start against the size of the state", () => {
    const figures = [10, 20, 40].map((state) => ({
        size: state * 100,
        state,
        time: 1 + state ** 2 / 100,
        peakMemory: 100,
        findings: 1234,
        report: 0.5,
    }));
    const table = shapesTable({ ...results, start: 1, shapes: [{ name: "squares", figures }] });
    expect(table).toContain(
        "| squares | 1,000 / 2,000 / 4,000 | 10.0 / 20.0 / 40.0 | 2.0 / 5.0 / 17.0 | 2.00 | 100 / 100 / 100 | 1,234 / 1,234 / 1,234 | 0.5 / 0.5 / 0.5 |",
    );
});
