import { planPolicies, policies } from "../../policies";
import { ROWS } from "../../support/rows";
import { checkConfiguration } from "../../configuration/configuration";

/**
 * The contract, by hand: configuration, exemptions and reports know policies and rules by these names. A rule that is
 * added is added here; what is gone, renamed or at another level is a breaking change (docs/versioning.md).
 */
const CATALOGUE = [
    ["restored-disk", "advisory", "medium", "BCDR110"],
    ["replication-policy-limits", "mandatory", "high", "BCDR230 BCDR231"],
    ["backup-policy-limits", "mandatory", "high", "BCDR330 BCDR331 BCDR332 BCDR333 BCDR334"],
    ["vault-soft-delete", "advisory", "medium", "BCDR501"],
    ["vault-immutability", "advisory", "medium", "BCDR502"],
    ["vault-redundancy", "advisory", "medium", "BCDR503 BCDR504"],
    ["vault-alerts", "advisory", "low", "BCDR505"],
    ["vault-network-access", "disabled", "medium", "BCDR506"],
    ["vault-encryption", "disabled", "medium", "BCDR507"],
    ["backup-and-replication-combined", "advisory", "medium", "BCDR101 BCDR102"],
    ["restored-disk-needs-reprotection", "mandatory", "high", "BCDR111"],
    ["restored-machine-needs-reprotection", "mandatory", "critical", "BCDR121 BCDR123"],
    ["restored-disk-undecided", "advisory", "high", "BCDR122"],
    ["replicated-disks-match-machine", "mandatory", "high", "BCDR131 BCDR132"],
    [
        "replication-support",
        "mandatory",
        "high",
        "BCDR201 BCDR202 BCDR203 BCDR204 BCDR206 BCDR207 BCDR208 BCDR209 BCDR210 BCDR211 BCDR212 BCDR213 BCDR214 BCDR216 BCDR217 BCDR218 BCDR219 BCDR220 BCDR221 BCDR222 BCDR223 BCDR224 BCDR225 BCDR226",
    ],
    [
        "backup-support",
        "mandatory",
        "high",
        "BCDR301 BCDR302 BCDR303 BCDR304 BCDR305 BCDR306 BCDR307 BCDR308 BCDR309 BCDR311 BCDR320 BCDR321 BCDR322",
    ],
    ["machine-coverage", "advisory", "medium", "BCDR401 BCDR402 BCDR403 BCDR404"],
    ["vault-multi-user-authorization", "disabled", "medium", "BCDR508"],
    [
        "recovery-readiness",
        "advisory",
        "low",
        "BCDR205 BCDR215 BCDR310 BCDR411 BCDR413 BCDR414 BCDR415 BCDR416 BCDR417 BCDR418 BCDR419 BCDR420 BCDR490",
    ],
    ["exemption-in-use", "advisory", "low", "BCDR491"],
];

const PLAN_CATALOGUE = [
    ["plan-breaks-protection", "mandatory", "critical", "BCDR601 BCDR602 BCDR603 BCDR604 BCDR605 BCDR606 BCDR609"],
    ["plan-weakens-protection", "advisory", "medium", "BCDR607 BCDR608"],
];

/** What each policy can be told in the configuration, beside what all of them can be. */
const SETTINGS: Readonly<Record<string, string>> = {
    "restored-disk": "restoreSource",
    "replication-policy-limits": "minimumHistoryHours maximumAppConsistentHours",
    "backup-policy-limits": "minimumDailyRetentionDays",
    "vault-soft-delete": "retentionDays",
    "vault-immutability": "require",
    "vault-redundancy": "accepted",
    "backup-and-replication-combined": "edition summariseAbove",
    "restored-disk-needs-reprotection": "restoreSource",
    "restored-machine-needs-reprotection": "restoreSource",
    "restored-disk-undecided": "restoreSource",
    "machine-coverage": "tierTag tiers defaultTier",
};

const all = [...policies, ...planPolicies];

test("policies, levels, severities and rules are those of the contract", () => {
    expect(policies.map((policy) => [policy.name, policy.level, policy.severity, policy.ruleIds.join(" ")])).toEqual(
        CATALOGUE,
    );
    expect(
        planPolicies.map((policy) => [policy.name, policy.level, policy.severity, policy.ruleIds.join(" ")]),
    ).toEqual(PLAN_CATALOGUE);
});

test("settings are those of the contract", () => {
    const settings = all.map(({ name, settings }) => [name, Object.keys(settings).join(" ")]);
    expect(Object.fromEntries(settings.filter(([, keys]) => keys !== ""))).toEqual(SETTINGS);
});

const ruleIds = all.flatMap((policy) => policy.ruleIds);

test.each(all.map((policy) => [policy.name, policy] as const))("%s introduces itself", (name, policy) => {
    expect(name).toMatch(/^[a-z][a-z-]*[a-z]$/);
    expect(policy.displayName).not.toBe("");
    // Pulumi prints it above every message.
    expect(policy.description).toMatch(/^.{1,59}\.$/);
    expect(policy.remediationSteps).toMatch(/\.$/);
    expect(policy.framework.reference).toMatch(/^[A-Z]{2}-\d+$/);
    expect(policy.tags).not.toEqual([]);
    expect(policy.tags.filter((tag) => !/^[a-z][a-z-]*$/.test(tag))).toEqual([]);
    expect(policy.ruleIds).not.toEqual([]);
});

test("no two policies have one name; `all` is Pulumi's own", () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain("all");
});

test("no two rules have one id", () => {
    expect(ruleIds.filter((id, index) => ruleIds.indexOf(id) !== index)).toEqual([]);
    expect(ruleIds.filter((id) => !/^BCDR[1-9]\d\d$/.test(id))).toEqual([]);
});

test("stack policies are few: each costs a rebuild of all resources (SEE-10)", () => {
    expect(policies.filter(({ scope }) => scope === "stack").length).toBeLessThanOrEqual(11);
});

test("what all others left open is told last, and after it only which exemptions are in use", () => {
    expect(policies.at(-2)).toMatchObject({ name: "recovery-readiness", scope: "stack" });
    expect(policies.at(-2)?.ruleIds.at(-1)).toBe("BCDR490");
    expect(policies.at(-1)).toMatchObject({ name: "exemption-in-use", scope: "stack" });
});

test.each(all)("$name accepts the defaults that its schema names", (policy) => {
    const defaults = Object.entries(policy.settings).flatMap(([key, setting]) =>
        setting.default === undefined ? [] : [[key, setting.default] as const],
    );
    expect(() => checkConfiguration(policy, Object.fromEntries(defaults), all)).not.toThrow();
});

test("every rule but those about the round itself rests on something that is said", () => {
    const rested = new Set<string>(ROWS.flatMap(({ rules }) => rules));
    expect(ruleIds.filter((id) => !rested.has(id))).toEqual(["BCDR490", "BCDR491"]);
    expect([...rested].filter((id) => !ruleIds.some((each) => each === id))).toEqual([]);
});

test("nothing blocks that no page of Microsoft's says", () => {
    const mandatory = all.filter(({ level }) => level === "mandatory").flatMap((policy) => policy.ruleIds);
    for (const id of mandatory) {
        const rows = ROWS.filter(({ rules }) => rules.some((rule) => rule === id));
        expect(rows.some(({ isUnverified }) => isUnverified !== true)).toBe(true);
    }
});
