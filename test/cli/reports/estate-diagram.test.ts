import { estateDiagram } from "../../../src/cli/reports/estate-diagram";
import type { SummaryVm } from "../../../src/cli/estate-summary";
import { aVm, replicatedTo } from "./many-regions";

const linesOf = (...vms: readonly SummaryVm[]): readonly string[] => estateDiagram(vms)?.lines ?? [];

test("has regions with their VMs, and directions with theirs", () => {
    expect(
        linesOf(
            aVm("westeurope", replicatedTo("northeurope")),
            aVm("westeurope", replicatedTo("northeurope")),
            aVm("northeurope", replicatedTo("westeurope")),
            aVm("uksouth"),
        ),
    ).toEqual([
        "graph LR",
        '    r1["northeurope: 1 VM"]',
        '    r2["westeurope: 2 VMs"]',
        '    r3["uksouth: 1 VM"]',
        "    r2 -->|2 VMs| r1",
        "    r1 -->|1 VM| r2",
    ]);
});

test("has a loop for replication between zones", () => {
    expect(linesOf(aVm("westeurope", replicatedTo("westeurope")))).toEqual([
        "graph LR",
        '    r1["westeurope: 1 VM"]',
        "    r1 -->|1 VM zone to zone| r1",
    ]);
});

test("tells a direction that has failed over from one that has not", () => {
    const vms = [aVm("a", replicatedTo("b")), aVm("a", replicatedTo("b", true))];
    expect(linesOf(...vms).slice(-2)).toEqual(["    r1 -->|1 VM| r2", "    r1 -.->|1 VM failed over| r2"]);
});

test("takes two regions that are not known for no loop", () => {
    expect(linesOf(aVm(undefined, replicatedTo(undefined)))).toEqual([
        "graph LR",
        '    r1["Region not known yet: 1 VM"]',
        '    r2["Target region not known yet"]',
        "    r1 -->|1 VM| r2",
    ]);
});

test("counts a VM once for each direction, however many items it has", () => {
    const vm = aVm("a", replicatedTo("b"), replicatedTo("b"), replicatedTo("c"));
    expect(linesOf(vm).slice(-2)).toEqual(["    r1 -->|1 VM| r2", "    r1 -->|1 VM| r3"]);
});

test.each([
    ['say "x"', "say #34;x#34;"],
    ["a]b[c", "a#93;b#91;c"],
    ["#35;", "#35;35#59;"],
    ["</details>\n```", "#60;#47;details#62; #96;#96;#96;"],
    ["1. list", "1#46; list"],
    ["a\u202e\u0007b", "ab"],
    ["x".repeat(70), `${"x".repeat(60)}#8230;`],
])("writes the name %j so that it stays a name", (name, expected) => {
    const labels = linesOf(aVm(name, replicatedTo("b"))).map((line) => line.replace(/^ *r\d/, ""));
    expect(labels).toContain(`["${expected}: 1 VM"]`);
});

describe("of many regions", () => {
    const vms = Array.from({ length: 200 }, (_, index) =>
        aVm(`region ${index % 80}`, replicatedTo(`region ${(index * 7) % 60}`)),
    );
    const { lines, isReduced, left } = estateDiagram(vms)!;

    test("has 50 nodes and 100 directions at most: those of the most VMs, and one for all others", () => {
        expect(lines.filter((line) => line.includes("["))).toHaveLength(50);
        expect(lines.filter((line) => line.includes("-->"))).toHaveLength(100);
        expect(lines.join("\n")).toMatch(/r50\["31 other regions: \d+ VMs"\]/);
        expect(isReduced).toBe(true);
        expect(left).toBeGreaterThan(0);
    });

    test("has all of 50", () => {
        const fifty = Array.from({ length: 50 }, (_, index) => aVm(`region ${index}`, replicatedTo("region 0")));
        expect(estateDiagram(fifty)).toMatchObject({ isReduced: false, left: 0 });
        expect(linesOf(...fifty).filter((line) => line.includes("["))).toHaveLength(50);
    });
});
