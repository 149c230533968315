import type { CataloguePolicy, Level } from "../../policies/policy";
import { SHARED_SETTINGS } from "../../src/config/shared-settings";

type Values = Readonly<Record<string, unknown>>;

/** A ready configuration. Each names every policy of the catalogue, so a new one is in it or out of it by decision. */
export interface Profile {
    readonly name: string;
    /** For whom it is, in one sentence. */
    readonly says: string;
    readonly level: (policy: CataloguePolicy) => Level;
    /** By policy; the shared ones under their own name. */
    readonly settings: Readonly<Record<string, Values>>;
}

/** What these find is no fault of the program, so they never block. */
const NOTICE = /^BCDR(101|102|110|122|205|215|232|310|41\d|420|430|490|491)$/;
/** Keys and private networks are a separate decision, and the first cannot be undone (VLT-28). */
const DECISIONS = ["vault-public-network", "vault-customer-managed-key"];
/** No page of Microsoft's says what these check, so they never block. */
const UNSAID = ["replica-disk-type", "replica-disk-network-access", "recovery-plan-without-zones"];

export const PROFILES: readonly Profile[] = [
    {
        name: "core",
        says: "Restores, replication that does not match its VM, and plans that break protection; nothing else. For a team that has other checks of its vaults.",
        level: (policy) => (isCore(policy) ? policy.level : "disabled"),
        settings: {},
    },
    {
        name: "advisory-first",
        says: "Every policy reports, also those that are disabled by default, and nothing blocks. For the first weeks.",
        level: () => "advisory",
        settings: {},
    },
    {
        name: "strict",
        says: "Every policy is on, and findings block, except notices and those on keys and private networks. Recovery points and deleted backups are kept longer, only the configuration can exempt, and every restored disk counts, also a likely one.",
        level: ({ id, name }) =>
            NOTICE.test(id) || [...DECISIONS, ...UNSAID].includes(name) ? "advisory" : "mandatory",
        settings: {
            [SHARED_SETTINGS]: { restoreSource: "any-snapshot", tagExemptions: "none" },
            "replication-policy-history": { minimumHistoryHours: 24 },
            "replication-policy-app-consistent-interval": { maximumAppConsistentHours: 24 },
            "backup-policy-daily-retention": { minimumDailyRetentionDays: 30 },
            "vault-soft-delete": { retentionDays: 30 },
        },
    },
];

/** Restores and mismatches, plans that break protection, what those could not decide (BCDR490), what is exempted (BCDR491). */
function isCore({ id, scope, level }: CataloguePolicy): boolean {
    return scope === "plan" ? level === "mandatory" : /^BCDR(1[123]\d|490|491)$/.test(id);
}

export function profileConfiguration(
    { level, settings }: Profile,
    catalogue: readonly CataloguePolicy[],
): Readonly<Record<string, string | Values>> {
    const entry = (name: string, enforcementLevel: Level): readonly [string, string | Values] => {
        const values = settings[name];
        return [name, values === undefined ? enforcementLevel : { enforcementLevel, ...values }];
    };
    return Object.fromEntries([
        entry(SHARED_SETTINGS, "advisory"),
        ...catalogue.map((policy) => entry(policy.name, level(policy))),
    ]);
}
