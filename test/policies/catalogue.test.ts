import { policies } from "../../policies";
import { ROWS } from "../../support/rows";
import { checkConfiguration } from "../../pulumi/configuration";

const ruleIds = policies.flatMap((policy) => policy.ruleIds);

test.each(policies.map((policy) => [policy.name, policy] as const))("%s introduces itself", (name, policy) => {
    expect(name).toMatch(/^[a-z][a-z-]*[a-z]$/);
    expect(policy.displayName).not.toBe("");
    // Pulumi prints it above every message.
    expect(policy.description).toMatch(/^.{1,59}\.$/);
    expect(policy.remediationSteps).toMatch(/\.$/);
    expect(policy.framework.reference).toMatch(/^[A-Z]{2}-\d+$/);
    expect(policy.ruleIds).not.toEqual([]);
});

test("no two policies have one name; `all` is Pulumi's own", () => {
    const names = policies.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain("all");
});

test("no two rules have one id", () => {
    expect(ruleIds.filter((id, index) => ruleIds.indexOf(id) !== index)).toEqual([]);
    expect(ruleIds.filter((id) => !/^BCDR[1-9]\d\d$/.test(id))).toEqual([]);
});

test("stack policies are few: each costs a rebuild of all resources (SEE-10)", () => {
    expect(policies.filter(({ scope }) => scope === "stack").length).toBeLessThanOrEqual(9);
});

test("recovery-readiness comes last and tells what all others left open", () => {
    expect(policies.at(-1)).toMatchObject({ name: "recovery-readiness", scope: "stack" });
    expect(ruleIds.at(-1)).toBe("BCDR490");
});

test.each(policies)("$name accepts the defaults that its schema names", (policy) => {
    const defaults = Object.entries(policy.settings).flatMap(([key, setting]) =>
        setting.default === undefined ? [] : [[key, setting.default] as const],
    );
    expect(() => checkConfiguration(policy, Object.fromEntries(defaults), policies)).not.toThrow();
});

test("every rule but the one about the plan itself rests on something that is said", () => {
    const rested = new Set<string>(ROWS.flatMap(({ rules }) => rules));
    expect(ruleIds.filter((id) => !rested.has(id))).toEqual(["BCDR490"]);
    expect([...rested].filter((id) => !ruleIds.some((each) => each === id))).toEqual([]);
});

test("nothing blocks that no page of Microsoft's says", () => {
    const mandatory = policies.filter(({ level }) => level === "mandatory").flatMap((policy) => policy.ruleIds);
    for (const id of mandatory) {
        const rows = ROWS.filter(({ rules }) => rules.some((rule) => rule === id));
        expect(rows.some(({ isUnverified }) => isUnverified !== true)).toBe(true);
    }
});
