import { readShapesResults, shapesTable } from "../../dev/bench/shapes/results";
import { SHAPES } from "../../dev/bench/shapes/shapes";
import { expectGeneratedPart } from "../../dev/docs/generated";

test("the page has the figures that were measured", () => {
    expectGeneratedPart("docs/performance.md", "shapes", shapesTable(readShapesResults()));
});

test("what was measured are shapes of the benchmark, at three sizes each", () => {
    const names = SHAPES.map(({ name }) => name);
    const measured = readShapesResults()?.shapes ?? [];
    expect(measured.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
    expect(measured.filter(({ figures }) => figures.length !== 3)).toEqual([]);
});

test("the power is that of the time above the start against the size of the state", () => {
    const measured = {
        date: "2026-11-28",
        cores: 2,
        processor: "a processor",
        memory: 24,
        system: "Linux 6",
        versions: { Node: "20.20.2" },
        policies: { resourcePolicies: 1, stackPolicies: 1 },
    };
    const figures = [10, 20, 40].map((state) => ({
        size: state * 100,
        state,
        time: 1 + state ** 2 / 100,
        peakMemory: 100,
        findings: 1234,
        report: 0.5,
    }));
    const table = shapesTable({ measured, start: 1, shapes: [{ name: "squares", figures }] });
    expect(table).toContain(
        "| squares | 1,000 / 2,000 / 4,000 | 10.0 / 20.0 / 40.0 | 2.0 / 5.0 / 17.0 | 2.00 | 100 / 100 / 100 | 1,234 / 1,234 / 1,234 | 0.5 / 0.5 / 0.5 |",
    );
});
