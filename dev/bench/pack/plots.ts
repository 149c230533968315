import * as echarts from "echarts";
import { CANDIDATES, type Candidate } from "./candidates";
import { ESTATES } from "./programs";
import type { EstateSize, Results, Rounds } from "./results";
import { median } from "./statistics";
import { processorRatio } from "./targets";

const WIDTH = 760;

/** The plots by the names of their files. */
export function plots({ startUp, analyzeStack, estates, preview }: Results): Readonly<Record<string, string>> {
    return {
        ...(startUp === undefined
            ? {}
            : {
                  "start-up.svg": bars(
                      "From the start of the process until it is ready (s, median)",
                      pairs(startUp.candidates).map(([name, { ready }]) => [CANDIDATES[name], ready]),
                  ),
              }),
        ...(analyzeStack === undefined
            ? {}
            : {
                  "analyze-stack.svg": lines(
                      "AnalyzeStack, a tenth found (s, median)",
                      (["ours", "floor", "single"] as const).map((name) => [
                          CANDIDATES[name],
                          analyzeStack.sizes.flatMap(({ resources, found, candidates }) => {
                              const rounds = found === "a tenth" ? candidates[name] : undefined;
                              return rounds === undefined ? [] : [[resources, median(rounds.stack) / 1000] as const];
                          }),
                      ]),
                  ),
              }),
        ...(estates === undefined ? {} : { "estates.svg": estateBars(estates.sizes) }),
        ...(preview === undefined
            ? {}
            : {
                  "preview.svg": bars(
                      "pulumi preview (s, median)",
                      pairs(preview.candidates).map(([name, rounds]) => [
                          name === "none" ? "no pack" : CANDIDATES[name],
                          rounds,
                      ]),
                  ),
              }),
    };
}

/** The largest size of each. */
function estateBars(sizes: readonly EstateSize[]): string {
    const largest = Math.max(...sizes.map(({ resources }) => resources));
    const shown = sizes.filter(({ resources }) => resources > largest * 0.9);
    return drawn(90 + shown.length * 44, {
        title: { text: `AnalyzeStack, times an empty pack (${largest.toLocaleString("en-US")} resources)` },
        grid: { left: 300, right: 60, top: 50, bottom: 30 },
        xAxis: { type: "value" },
        yAxis: {
            type: "category",
            inverse: true,
            data: shown.map(({ estate, found }) => `${ESTATES[estate]}, ${found} found`),
            axisLabel: { width: 280, overflow: "break" },
        },
        series: [
            {
                type: "bar",
                barWidth: 20,
                data: shown.map((size) => Number(processorRatio(size).toFixed(2))),
                label: { show: true, position: "right" },
            },
        ],
    });
}

function pairs<Name extends Candidate | "none", T>(of: Readonly<Partial<Record<Name, T>>>): [Name, T][] {
    return Object.entries(of) as [Name, T][];
}

function bars(title: string, values: readonly (readonly [string, Rounds])[]): string {
    return drawn(90 + values.length * 44, {
        title: { text: title },
        grid: { left: 300, right: 60, top: 50, bottom: 30 },
        xAxis: { type: "value" },
        yAxis: {
            type: "category",
            inverse: true,
            data: values.map(([name]) => name),
            axisLabel: { width: 280, overflow: "break" },
        },
        series: [
            {
                type: "bar",
                barWidth: 20,
                data: values.map(([, rounds]) => Number((median(rounds) / 1000).toFixed(2))),
                label: { show: true, position: "right" },
            },
        ],
    });
}

function lines(title: string, all: readonly (readonly [string, readonly (readonly [number, number])[]])[]): string {
    return drawn(460, {
        title: { text: title },
        legend: { bottom: 0, itemGap: 40 },
        grid: { left: 60, right: 40, top: 50, bottom: 80 },
        xAxis: { type: "log", name: "resources", nameLocation: "middle", nameGap: 30, min: "dataMin", max: "dataMax" },
        yAxis: { type: "log" },
        series: all.map(([name, points]) => ({ name, type: "line", data: points.map((point) => [...point]) })),
    });
}

function drawn(height: number, option: echarts.EChartsOption): string {
    const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
    chart.setOption({ animation: false, backgroundColor: "#fff", ...option });
    const svg = chart.renderToSVGString();
    chart.dispose();
    return `${svg}\n`;
}
