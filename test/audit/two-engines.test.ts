import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { QUESTIONS } from "../../src/audit/questions";
import { analyze } from "../../src/cli/commands/analyze";
import { auditAzure } from "../../src/cli/commands/audit";
import { policies } from "../../policies";
import { estate, rowsOf, stateOf } from "./estates";
import { graphOf } from "./graph";

const folder = mkdtempSync(path.join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ASKED = new Set(QUESTIONS.map(({ policy }) => policy));
const CONFIG = path.join(folder, "config.json");
writeFileSync(
    CONFIG,
    JSON.stringify({
        "shared-settings": { summariseAbove: 1000 },
        ...Object.fromEntries(policies.filter(({ id }) => ASKED.has(id)).map(({ name }) => [name, "advisory"])),
    }),
);

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])("estate %i", (seed) => {
    test("what the queries find is what analyze finds", async () => {
        const facts = estate(seed, 30);
        const { text, ids } = stateOf(facts);
        const file = path.join(folder, `${seed}.json`);
        writeFileSync(file, text);
        const [analyzed] = await analyze({ states: [file], project: folder, config: CONFIG, inventory: undefined });
        const { ask, close } = graphOf(rowsOf(facts), `estate ${seed}`);
        const audited = await auditAzure({ cloud: "public", config: CONFIG }, () => Promise.resolve(ask));
        close();
        const inState = (analyzed?.findings ?? [])
            .filter(({ policyId }) => ASKED.has(policyId))
            .map(({ policyId, urn }) => `${policyId} ${ids.get(urn ?? "") ?? urn ?? ""}`.toLowerCase());
        const inAzure = audited.findings.map(({ policyId, azureId }) =>
            `${policyId} ${azureId?.replace(/^\/+/, "/") ?? ""}`.toLowerCase(),
        );
        expect(audited.unreadable).toBeUndefined();
        expect(inAzure.sort()).toEqual(inState.sort());
        expect(inAzure.length).toBeGreaterThan(20);
    });
});
