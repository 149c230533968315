import { readFileSync } from "node:fs";
import { besideCheckov } from "../../dev/bench/checkov/beside-checkov";
import { CHECKS } from "../../dev/bench/checkov/checks";
import { RESULTS, type CheckovResults, type Figures } from "../../dev/bench/checkov/results";
import { terraformOf } from "../../dev/bench/checkov/terraform";
import { benchVms } from "../../dev/bench/estate";
import { vmsIn, RESOURCES_A_VM } from "../../dev/bench/pack/programs";
import { readResults } from "../../dev/bench/pack/results";
import { expectGeneratedPart } from "../../dev/docs/generated";

test("the page has the figures that were measured", () => {
    const results = JSON.parse(readFileSync(RESULTS, "utf8")) as CheckovResults;
    expectGeneratedPart("docs/performance.md", "beside Checkov", besideCheckov(results, readResults().preview));
});

describe("what is made of the figures", () => {
    const measured = {
        date: "2026-11-23",
        cores: 2,
        processor: "a processor",
        memory: 24,
        system: "Linux 6",
        versions: { Node: "20.20.2", Checkov: "3.3.30" },
        policies: { resourcePolicies: 1, stackPolicies: 1 },
    };
    const figures = (...time: readonly number[]): Figures => ({ time, peakMemory: 200 });
    const results = (...pack: readonly number[]): CheckovResults => ({
        measured,
        start: figures(2200, 2000),
        estates: [
            {
                vms: 1000,
                checkov: figures(32_000, 34_200),
                pack: figures(...pack),
                emptyPack: figures(9000, 8000, 8200),
                onePolicyPack: figures(7400, 7000, 7100),
            },
        ],
    });

    test("times for a VM are above what is taken anyway, and the quotient is that of the minima", () => {
        const [, , row] = besideCheckov(results(9400, 8300, 8700), undefined).split("\n");
        expect(row).toContain(
            "| 30.00 / 31.00 ms | 8.3 / 8.7 s | 8.0 / 8.2 s | 0.30 / 0.40 ms | 100 × | 7.0 / 7.1 s | 1.30 / 1.60 ms | 23 × |",
        );
    });

    test("there is no quotient where the empty pack was slower", () => {
        expect(besideCheckov(results(8900, 7900, 8100), undefined)).toContain("| too small to measure |");
    });

    test("a preview is set beside Checkov with its start and without", () => {
        const candidates = { none: [10_100, 10_000], ours: [12_000, 13_000] };
        const preview = { measured, engine: "3.259.0", resources: 1000, candidates };
        const text = besideCheckov(results(8300, 8300, 8300), preview);
        const added = (2000 / vmsIn(1000)).toFixed(1);
        expect(text).toContain(`takes 12.0 s with the pack and 10.0 s without, ${added} ms for each of its`);
        expect(text).toContain(
            "Checkov takes 30.0 ms for each above its own start (3.7 ×), and 32.0 ms with it (3.9 ×)",
        );
    });
});

describe("the estate in Terraform", () => {
    const blocks = (count: number): readonly (readonly [type: string, name: string])[] =>
        [...terraformOf(benchVms(count)).values()].flatMap((text) =>
            [...text.matchAll(/^resource "(\w+)" "([\w-]+)" \{$/gm)].map(([, type, name]) => [type!, name!] as const),
        );

    test("has as many resources a VM as the Pulumi programs, each of them once", () => {
        const names = blocks(25).map((block) => block.join("."));
        expect(new Set(names).size).toBe(names.length);
        expect(blocks(25).length - blocks(5).length).toBe(20 * RESOURCES_A_VM);
    });

    test("refers only to resources that it has", () => {
        const names = blocks(12).map((block) => block.join("."));
        const text = [...terraformOf(benchVms(12)).values()].join("");
        const references = [...text.matchAll(/= (azurerm_\w+\.[\w-]+)\.\w+$/gm)].map(([, reference]) => reference!);
        expect(references.length).toBeGreaterThan(12 * RESOURCES_A_VM);
        expect(references.filter((reference) => !names.includes(reference))).toEqual([]);
    });

    test("restores the disks of the faulty VMs, and no others", () => {
        const text = [...terraformOf(benchVms(20)).values()].join("");
        const restored = [...text.matchAll(/"(.+)-os-restored"/g)].map(([, name]) => name);
        const faulty = benchVms(20).filter((vm) => vm.faulty);
        expect(restored).toEqual(faulty.map(({ name }) => name));
    });

    test("gives most checks something to look at", () => {
        const types = new Set(blocks(1).map(([type]) => type));
        const idle = CHECKS.filter(({ resources }) => !resources.some((type) => types.has(type)));
        expect(idle.map(({ id }) => id)).toEqual(["CKV2_AZURE_9", "CKV2_AZURE_12", "CKV2_AZURE_14"]);
    });
});
