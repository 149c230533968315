// Two engines, one answer: on made-up estates, what the audit finds by queries to Resource Graph is what analyze finds in a
// state of the same resources.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { policies } from "../../policies";
import { QUESTIONS } from "../../src/audit/questions";
import { analyze } from "../../src/cli/commands/analyze";
import { auditAzure } from "../../src/cli/commands/audit";
import type { LevelledFinding } from "../../src/cli/judging/evaluation";
import type { Inspection } from "../../src/cli/judging/inspection";
import { estate, rowsOf, stateOf } from "./estates";
import { liveGraph, record, recordedGraph, type Graph } from "./graph";

const folder = mkdtempSync(path.join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ASKED = new Set(QUESTIONS.map(({ policy }) => policy));

/** Every policy that Resource Graph answers, also those that are disabled by default. */
const ENABLED = Object.fromEntries(policies.filter(({ id }) => ASKED.has(id)).map(({ name }) => [name, "advisory"]));

const DEFAULTS = { "shared-settings": { summariseAbove: 1000 }, ...ENABLED };
const STRICT = {
    "shared-settings": {
        summariseAbove: 1000,
        restoreSource: "any-snapshot",
        acceptedRedundancies: ["ZoneRedundant"],
        tierTag: "BCDR-tier",
        tiers: { gold: ["backup", "replication"], none: [], backup: ["backup"] },
        defaultTier: "gold",
    },
    ...ENABLED,
    "vault-soft-delete": { enforcementLevel: "advisory", retentionDays: 100 },
    "vault-immutability": { enforcementLevel: "advisory", require: "Locked" },
};

/** What a disabled policy would report, no other one reports in its place. */
const PARTLY_DISABLED = {
    ...DEFAULTS,
    "restored-os-disk-not-replicated": "disabled",
    "restored-data-disk-not-replicated": "disabled",
    "restored-vm-not-backed-up": "disabled",
    "restored-vm-not-replicated": "disabled",
};

interface Compared {
    readonly seed: number;
    readonly size: number;
    readonly config: object;
    readonly name: string;
}

const RECORDED: readonly Compared[] = [
    { seed: 1, size: 14, config: DEFAULTS, name: "the defaults" },
    { seed: 2, size: 14, config: STRICT, name: "a strict configuration" },
    { seed: 3, size: 14, config: DEFAULTS, name: "the defaults" },
    { seed: 1, size: 14, config: PARTLY_DISABLED, name: "policies that are disabled" },
];
const LIVE: readonly Compared[] = Array.from({ length: 8 }, (_, at) => ({
    seed: 100 + at,
    size: 30,
    config: at % 2 === 0 ? DEFAULTS : STRICT,
    name: at % 2 === 0 ? "the defaults" : "a strict configuration",
}));

const kept: Graph[] = [];

afterAll(() => {
    if (process.env["UPDATE_EXPECTED"] && kept.length === RECORDED.length) {
        record(kept);
    }
});

describe.each(RECORDED)("estate $seed under $name", (compared) => {
    test("gives the same findings both ways", async () => {
        const tables = rowsOf(estate(compared.seed, compared.size));
        const live = process.env["UPDATE_EXPECTED"] ? liveGraph(tables) : undefined;
        const graph = live ?? recordedGraph(tables);
        await compare(compared, graph);
        kept.push(graph);
    });
});

const probe = liveGraph(rowsOf(estate(0, 1)));
probe?.close();

(probe === undefined ? describe.skip : describe).each(LIVE)("estate $seed under $name, asked live", (compared) => {
    test("gives the same findings both ways", async () => {
        const graph = liveGraph(rowsOf(estate(compared.seed, compared.size)));
        if (graph === undefined) {
            throw new Error("The engine is missing.");
        }
        await compare(compared, graph);
    });
});

async function compare({ seed, size, config }: Compared, graph: Graph): Promise<void> {
    const { text, ids } = stateOf(estate(seed, size));
    const state = path.join(folder, `${seed}.json`);
    const configuration = path.join(folder, `${seed}-config.json`);
    writeFileSync(state, text);
    writeFileSync(configuration, JSON.stringify(config));
    const [analyzed] = await analyze({ states: [state], project: folder, config: configuration, inventory: undefined });
    const audited = await auditAzure({ cloud: "public", config: configuration }, () => Promise.resolve(graph.ask));
    graph.close();

    expect([audited.unreadable, audited.incomplete]).toEqual([undefined, undefined]);
    const inState = linesOf(analyzed, ({ urn }) => ids.get(urn ?? ""));
    expect(linesOf(audited, ({ azureId }) => azureId)).toEqual(inState);
    expect(inState.length).toBeGreaterThan(10);
    for (const { rows = [], message } of audited.findings) {
        expect(rows).not.toEqual([]);
        expect(message.facts?.at(-1)).toMatch(/^ID in Azure: \/+subscriptions\//);
    }
}

/** One for each finding, in order: the policy, what it is about, and what it says in one sentence. */
function linesOf(inspection: Inspection | undefined, idOf: (finding: LevelledFinding) => string | undefined) {
    return (inspection?.findings ?? [])
        .filter(({ policyId }) => ASKED.has(policyId))
        .map((finding) => `${finding.policyId} ${idOf(finding)?.replace(/^\/+/, "/").toLowerCase() ?? ""}`)
        .sort();
}
