import { readdirSync } from "node:fs";
import * as path from "node:path";
import { planPolicies, policies } from "../../policies";
import type { CataloguePolicy } from "../../policies/policy";
import { ROWS } from "../../src/facts/rows";
import { checkConfiguration } from "../../src/config/configuration";

/**
 * The contract, by hand: configuration, exemptions and reports know policies by these ids and names. A policy that is
 * added is added here; what is removed, renamed or at another level is a breaking change (docs/versioning.md).
 */
const CATALOGUE = [
    ["BCDR101", "vm-backed-up-and-replicated", "stack", "advisory", "low"],
    ["BCDR102", "disk-backed-up-and-vm-replicated", "stack", "advisory", "low"],
    ["BCDR110", "disk-restored-from-backup", "resource", "advisory", "medium"],
    ["BCDR111", "restored-data-disk-not-replicated", "stack", "mandatory", "high"],
    ["BCDR121", "restored-os-disk-not-replicated", "stack", "mandatory", "critical"],
    ["BCDR122", "restored-disk-undecided", "stack", "advisory", "high"],
    ["BCDR123", "consistency-group-broken-by-restore", "stack", "mandatory", "critical"],
    ["BCDR131", "replicated-disk-not-attached", "stack", "mandatory", "high"],
    ["BCDR132", "os-disk-not-replicated", "stack", "mandatory", "high"],
    ["BCDR419", "restored-vm-not-backed-up", "stack", "advisory", "medium"],
    ["BCDR420", "restored-vm-not-replicated", "stack", "advisory", "medium"],
    ["BCDR201", "replicated-vm-ephemeral-os-disk", "stack", "mandatory", "high"],
    ["BCDR202", "replicated-vm-nvme-controller", "stack", "mandatory", "high"],
    ["BCDR203", "replicated-disk-write-accelerator", "stack", "mandatory", "high"],
    ["BCDR204", "replicated-vm-dedicated-host", "stack", "mandatory", "high"],
    ["BCDR205", "replicated-vm-too-small", "stack", "advisory", "low"],
    ["BCDR206", "replicated-vm-arm64", "stack", "mandatory", "high"],
    ["BCDR207", "replicated-os-disk-too-large", "stack", "mandatory", "high"],
    ["BCDR208", "replicated-data-disk-size", "stack", "mandatory", "high"],
    ["BCDR209", "replicated-vm-too-many-data-disks", "stack", "mandatory", "high"],
    ["BCDR210", "ultra-disk-zone-to-zone", "stack", "mandatory", "high"],
    ["BCDR211", "shared-disk-outside-cluster", "stack", "mandatory", "high"],
    ["BCDR212", "zone-redundant-disk-zone-to-zone", "stack", "mandatory", "high"],
    ["BCDR213", "customer-key-disk-without-target-set", "stack", "mandatory", "high"],
    ["BCDR214", "replicated-vm-ipv6-only", "stack", "mandatory", "high"],
    ["BCDR215", "replicated-vm-application-security-group", "stack", "advisory", "low"],
    ["BCDR216", "replicated-disk-host-caching", "stack", "mandatory", "high"],
    ["BCDR217", "too-many-replicated-disks", "stack", "mandatory", "high"],
    ["BCDR218", "cache-account-other-region", "stack", "mandatory", "high"],
    ["BCDR219", "cache-account-blocked", "stack", "mandatory", "high"],
    ["BCDR220", "recovery-vault-in-source-region", "stack", "mandatory", "high"],
    ["BCDR221", "target-group-in-source-region", "stack", "mandatory", "high"],
    ["BCDR222", "consistency-group-too-large", "stack", "mandatory", "high"],
    ["BCDR223", "recovery-plan-too-many-groups", "stack", "mandatory", "high"],
    ["BCDR224", "unmanaged-disks-not-replicable", "stack", "mandatory", "high"],
    ["BCDR225", "replicated-item-without-disks", "stack", "mandatory", "high"],
    ["BCDR226", "scale-set-replicated", "stack", "mandatory", "high"],
    ["BCDR227", "zone-to-zone-without-zones", "stack", "mandatory", "high"],
    ["BCDR228", "replica-disk-type", "stack", "advisory", "high"],
    ["BCDR229", "protection-cluster-limits", "stack", "mandatory", "high"],
    ["BCDR230", "replication-policy-history", "stack", "mandatory", "high"],
    ["BCDR231", "replication-policy-app-consistent-interval", "stack", "mandatory", "high"],
    ["BCDR232", "cache-account-soft-delete", "stack", "advisory", "low"],
    ["BCDR233", "cache-account-standard-for-premium-v2", "stack", "advisory", "high"],
    ["BCDR234", "recovery-plan-without-zones", "stack", "advisory", "high"],
    ["BCDR235", "mobility-agent-not-updated", "resource", "advisory", "medium"],
    ["BCDR236", "replica-disk-network-access", "stack", "advisory", "medium"],
    ["BCDR237", "replica-without-target-network", "stack", "advisory", "medium"],
    ["BCDR301", "vm-backup-vault-other-region", "stack", "mandatory", "high"],
    ["BCDR302", "vm-backed-up-twice", "stack", "mandatory", "high"],
    ["BCDR303", "vm-backup-too-many-disks", "stack", "mandatory", "high"],
    ["BCDR304", "vm-backup-disk-too-large", "stack", "mandatory", "high"],
    ["BCDR305", "standard-policy-ultra-or-premium-v2-disk", "stack", "mandatory", "high"],
    ["BCDR306", "standard-policy-trusted-launch", "stack", "mandatory", "high"],
    ["BCDR307", "standard-policy-shared-disk", "stack", "mandatory", "high"],
    ["BCDR308", "vm-backup-ephemeral-os-disk", "stack", "mandatory", "high"],
    ["BCDR309", "vm-backup-entra-only-disk", "stack", "mandatory", "high"],
    ["BCDR310", "backed-up-vm-too-small", "stack", "advisory", "low"],
    ["BCDR311", "crash-consistent-backup-unsupported", "stack", "advisory", "medium"],
    ["BCDR320", "disk-backup-vault-other-region", "stack", "mandatory", "high"],
    ["BCDR321", "disk-backup-snapshot-group", "stack", "advisory", "medium"],
    ["BCDR322", "disk-backup-encrypted-disk", "stack", "mandatory", "high"],
    ["BCDR323", "disk-backup-premium-v2-interval", "stack", "mandatory", "high"],
    ["BCDR324", "backup-item-names-disagree", "stack", "mandatory", "high"],
    ["BCDR325", "backup-suspended-in-mutable-vault", "stack", "mandatory", "high"],
    ["BCDR326", "confidential-vm-backup", "stack", "advisory", "medium"],
    ["BCDR330", "backup-policy-instant-restore-days", "stack", "mandatory", "high"],
    ["BCDR331", "backup-policy-daily-retention", "stack", "mandatory", "high"],
    ["BCDR332", "backup-policy-hourly-schedule", "stack", "mandatory", "high"],
    ["BCDR333", "backup-policy-crash-consistent", "stack", "mandatory", "high"],
    ["BCDR334", "disk-backup-policy-interval", "stack", "mandatory", "high"],
    ["BCDR401", "vm-not-backed-up", "stack", "advisory", "medium"],
    ["BCDR402", "vm-not-replicated", "stack", "advisory", "medium"],
    ["BCDR403", "data-disk-not-backed-up", "stack", "advisory", "medium"],
    ["BCDR404", "data-disk-not-replicated", "stack", "advisory", "medium"],
    ["BCDR411", "lock-blocks-reprotection", "stack", "advisory", "medium"],
    ["BCDR413", "vm-in-no-recovery-plan", "stack", "advisory", "low"],
    ["BCDR414", "site-recovery-disk-in-program", "stack", "advisory", "medium"],
    ["BCDR415", "backup-stopped", "stack", "advisory", "medium"],
    ["BCDR416", "failed-over-vm-not-protected", "stack", "advisory", "high"],
    ["BCDR417", "replication-needs-attention", "stack", "advisory", "medium"],
    ["BCDR418", "protection-caveat", "stack", "advisory", "low"],
    ["BCDR501", "vault-soft-delete", "resource", "advisory", "medium"],
    ["BCDR502", "vault-immutability", "stack", "advisory", "medium"],
    ["BCDR503", "vault-redundancy", "stack", "advisory", "medium"],
    ["BCDR504", "vault-cross-region-restore", "stack", "advisory", "medium"],
    ["BCDR505", "vault-alerts", "resource", "advisory", "low"],
    ["BCDR506", "vault-public-network", "resource", "disabled", "medium"],
    ["BCDR507", "vault-customer-managed-key", "resource", "disabled", "medium"],
    ["BCDR508", "vault-multi-user-authorization", "stack", "disabled", "medium"],
    ["BCDR509", "vault-redundancy-set-twice", "stack", "mandatory", "medium"],
    ["BCDR430", "unsupported-protection-in-place", "stack", "advisory", "medium"],
    ["BCDR490", "undecided-at-preview", "stack", "advisory", "low"],
    ["BCDR491", "exemption-in-use", "stack", "advisory", "low"],
];

const PLAN_CATALOGUE = [
    ["BCDR601", "plan-swaps-replicated-disk", "plan", "mandatory", "critical"],
    ["BCDR602", "plan-replaces-protected-vm", "plan", "mandatory", "critical"],
    ["BCDR603", "plan-ends-protection", "plan", "mandatory", "critical"],
    ["BCDR604", "plan-creates-item-before-delete", "plan", "mandatory", "critical"],
    ["BCDR605", "plan-deletes-failover-source", "plan", "mandatory", "critical"],
    ["BCDR606", "plan-deletes-vault-in-use", "plan", "mandatory", "critical"],
    ["BCDR607", "plan-shortens-retention", "plan", "advisory", "medium"],
    ["BCDR608", "plan-removes-replicated-data-disk", "plan", "advisory", "medium"],
    ["BCDR609", "plan-edits-replicated-disk-list", "plan", "mandatory", "critical"],
    ["BCDR610", "plan-deletes-replication-settings-in-use", "plan", "mandatory", "critical"],
    ["BCDR611", "plan-deletes-immutable-item", "plan", "mandatory", "critical"],
    ["BCDR612", "plan-weakens-vault", "plan", "advisory", "medium"],
    ["BCDR613", "plan-resizes-replicated-disk", "plan", "advisory", "medium"],
];

/** Ids that policies have had and no other may ever have. `npm run new-policy` reads this list and the two above. */
const GIVEN_UP: readonly string[] = [];

/** What each policy can be told in its block, beside its level. */
const SETTINGS: Readonly<Record<string, string>> = {
    "replication-policy-history": "minimumHistoryHours",
    "replication-policy-app-consistent-interval": "maximumAppConsistentHours",
    "backup-policy-daily-retention": "minimumDailyRetentionDays",
    "vault-soft-delete": "retentionDays",
    "vault-immutability": "require",
};

/** What several policies take from the shared settings, by the first of them. */
const SHARED: Readonly<Record<string, string>> = {
    "vm-backed-up-and-replicated": "edition summariseAbove",
    "disk-restored-from-backup": "restoreSource",
    "vm-not-backed-up": "tierTag tiers defaultTier",
    "vault-redundancy": "acceptedRedundancies",
};

const all = [...policies, ...planPolicies];

const facts = ({ id, name, scope, level, severity }: CataloguePolicy) => [id, name, scope, level, severity];

test("policies, levels and severities are those of the contract", () => {
    expect(policies.map(facts)).toEqual(CATALOGUE);
    expect(planPolicies.map(facts)).toEqual(PLAN_CATALOGUE);
});

test("settings are those of the contract", () => {
    const settings = all.map(({ name, settings }) => [name, Object.keys(settings).join(" ")] as const);
    expect(Object.fromEntries(settings.filter(([, keys]) => keys !== ""))).toEqual(SETTINGS);
    const shared = new Map<string, string>();
    for (const { name, sharedSettings } of all) {
        const keys = Object.keys(sharedSettings).join(" ");
        if (keys !== "" && ![...shared.values()].includes(keys)) {
            shared.set(name, keys);
        }
    }
    expect(Object.fromEntries(shared)).toEqual(SHARED);
});

test("each policy has a file in the folder of its area, under its name", () => {
    const folders = ["restores", "replication", "backup", "coverage", "vaults", "plan"];
    const files = folders.flatMap((area) => readdirSync(path.join(__dirname, "..", "..", "policies", area)));
    expect(
        all.filter(({ name }) => files.filter((file) => file.replace(/\.[jt]s$/, "") === name).length !== 1),
    ).toEqual([]);
});

const ids = all.map(({ id }) => id);

test.each(all.map((policy) => [policy.name, policy] as const))("%s introduces itself", (name, policy) => {
    expect(name).toMatch(/^[a-z][a-z0-9-]*[a-z0-9]$/);
    // Pulumi prints it above every message.
    expect(policy.summary).toMatch(/^[A-Z].{1,78}\.$/);
    expect(policy.remediationSteps).toMatch(/\.$/);
    expect(policy.framework.reference).toMatch(/^[A-Z]{2}-\d+$/);
    expect(policy.tags).not.toEqual([]);
    expect(policy.tags.filter((tag) => !/^[a-z][a-z-]*$/.test(tag))).toEqual([]);
});

test("no two policies have one name; `all` is Pulumi's own", () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).not.toContain("all");
});

test("no two policies have one id", () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^BCDR[1-9]\d\d$/.test(id))).toEqual([]);
    expect(ids.filter((id) => GIVEN_UP.includes(id))).toEqual([]);
});

test("what all others left open is told last, and after it only which exemptions are in use", () => {
    expect(policies.slice(-2)).toMatchObject([
        { id: "BCDR490", scope: "stack" },
        { id: "BCDR491", scope: "stack" },
    ]);
});

test.each(all)("$name accepts the defaults that its schema names", (policy) => {
    const defaults = Object.entries(policy.settings).flatMap(([key, setting]) =>
        setting.default === undefined ? [] : [[key, setting.default] as const],
    );
    expect(() => checkConfiguration(policy, Object.fromEntries(defaults), all)).not.toThrow();
});

test("every policy but those that list what others say rests on something that is said", () => {
    const rested = new Set<string>(ROWS.flatMap(({ policies }) => policies));
    expect(ids.filter((id) => !rested.has(id))).toEqual(["BCDR430", "BCDR490", "BCDR491"]);
    expect([...rested].filter((id) => !ids.some((each) => each === id))).toEqual([]);
});

test("nothing blocks that no page of Microsoft's says", () => {
    const mandatory = all.filter(({ level }) => level === "mandatory").map(({ id }) => id);
    for (const id of mandatory) {
        const rows = ROWS.filter(({ policies }) => policies.some((policyId) => policyId === id));
        expect(rows.some(({ isUnverified }) => isUnverified !== true)).toBe(true);
    }
});
