import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { InventoryBuilder } from "../../src/inventory/of-estate";
import { policies } from "../../policies";
import { estateOf } from "../harness/estate-of";
import { onlyPolicies } from "../harness/catalogue";
import { Pack, type Configuration, type Violation } from "../harness/pack";
import { allCases, type Case } from "../harness/policy-cases";
import { Stack, type SentRound } from "../harness/stack";

/**
 * Every violated case of every policy, with its protection moved into an inventory: a finding that is there only for what
 * the inventory tells has to say so.
 */

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "known-from-"))));
afterAll(() => rmSync(folder, { recursive: true }));

const PROTECTION =
    /^(?:azure-native:(?:recoveryservices|dataprotection)|azure:(?:backup|siterecovery|recoveryservices|dataprotection))/;

function deployed({ round }: Pick<Case, "round">): SentRound {
    if (typeof round === "function") {
        return round();
    }
    const stack = new Stack();
    try {
        stack.up(round);
    } catch {
        // What Azure refuses is in no inventory; then there is nothing to be said.
        return new Stack().preview(round);
    }
    return stack.state();
}

function split(round: SentRound): { readonly here: SentRound; readonly elsewhere: SentRound } {
    const isProtection = ({ type }: { readonly type: string }): boolean => PROTECTION.test(type);
    return {
        here: { ...round, resources: round.resources.filter((resource) => !isProtection(resource)) },
        elsewhere: { ...round, resources: round.resources.filter(isProtection) },
    };
}

function inventoryOf(round: SentRound, policyId: string): string {
    const builder = new InventoryBuilder();
    builder.addEstate(estateOf(round), {
        kind: "state",
        name: 'stack "dev" of "protection"',
        readAt: new Date().toISOString(),
    });
    const file = path.join(folder, `${policyId}.json`);
    writeFileSync(file, JSON.stringify(builder.inventory()));
    return file;
}

const SAYS_SO = /known from the inventory: stack "dev" of "protection", read .* UTC, 0 minutes ago\./;
const spoken = new Set<string>();

for (const { policyId, violated } of allCases().filter(
    ({ policyId }) => policyId !== "BCDR490" && policyId !== "BCDR491",
)) {
    // What is deployed breaks no limit by itself any more: it is in place.
    const ids: ReadonlySet<string> = new Set([policyId, "BCDR430"]);
    const pack = new Pack(onlyPolicies((id) => ids.has(id)));
    const disabled = policies.find(({ level, id }) => level === "disabled" && id === policyId);

    async function found(round: SentRound, configuration: Configuration, inventory?: string): Promise<Violation[]> {
        const enabled = disabled && {
            [disabled.name]: { enforcementLevel: "advisory", ...configuration[disabled.name] },
        };
        const shared = { ...configuration["shared-settings"], ...(inventory === undefined ? {} : { inventory }) };
        const violations = await pack.analyze(round, { ...configuration, ...enabled, "shared-settings": shared });
        return violations.filter((violation) => ids.has(violation.policyId));
    }

    test.each(violated)(`${policyId}: $name`, async (each) => {
        const { here, elsewhere } = split(deployed(each));
        const configuration = each.configuration ?? {};
        const without = new Set((await found(here, configuration)).map(({ on }) => on));
        const all = await found(here, configuration, inventoryOf(elsewhere, policyId));
        const byInventory = all.filter(({ on }) => !without.has(on));
        expect(byInventory.map(({ message }) => message).filter((message) => !SAYS_SO.test(message))).toEqual([]);
        byInventory.forEach(() => spoken.add(policyId));
    });
}

test("rules of every kind were heard to say so", () => {
    expect([...spoken]).toEqual(
        expect.arrayContaining([
            "BCDR101",
            "BCDR121",
            "BCDR123",
            "BCDR131",
            "BCDR207",
            "BCDR301",
            "BCDR404",
            "BCDR418",
        ]),
    );
});
