import type { PolicyId } from "../findings/policy-id";
import { tierSettings, type Service } from "../../policies/coverage/tiers";
import type { SettingValues } from "../../policies/policy";

/** What Resource Graph is asked for one policy. */
export interface Question {
    /** Its query is in the file of that name. */
    readonly policy: PolicyId;
    /** The ids of a row's resources of which it is asked, in a second query, what protects them. */
    readonly protectionOf?: "VMs" | "disks" | "VMs and disks";
    /** True where a row names VMs that it does not have: their tags may carry an exemption. */
    readonly needsVms?: true;
    /** True where the answer depends on whether anything in the scope is backed up at all. */
    readonly needsBackupInUse?: true;
    /** True where later questions leave out the VMs that this one finds something on. */
    readonly isRemembered?: true;
    /** What a configuration changes in the query. */
    readonly changes?: (values: SettingValues) => readonly QueryChange[];
}

/** A text of a query, and another one instead of it. */
export interface QueryChange {
    readonly from: string;
    readonly to: string;
}

/**
 * In the order in which they are asked: a VM that an earlier one reports may be none of a later one's. These are all policies
 * that Resource Graph can answer.
 */
export const QUESTIONS: readonly Question[] = [
    { policy: "BCDR101" },
    { policy: "BCDR102", protectionOf: "VMs" },
    { policy: "BCDR110", changes: restoredDisks },
    { policy: "BCDR121", isRemembered: true, changes: restoredDisks },
    { policy: "BCDR111", isRemembered: true, changes: restoredDisks },
    { policy: "BCDR131" },
    { policy: "BCDR132" },
    { policy: "BCDR404" },
    { policy: "BCDR415", needsVms: true },
    { policy: "BCDR416", needsVms: true },
    { policy: "BCDR417", needsVms: true },
    { policy: "BCDR419", protectionOf: "VMs and disks", isRemembered: true },
    { policy: "BCDR420", protectionOf: "VMs", isRemembered: true },
    {
        policy: "BCDR401",
        protectionOf: "disks",
        needsBackupInUse: true,
        changes: (values) => tierChanges(values, "backup", "',none,replication,'"),
    },
    {
        policy: "BCDR402",
        changes: (values) => tierChanges(values, "replication", "',,none,backup,'"),
    },
    {
        policy: "BCDR501",
        changes: ({ retentionDays }) =>
            changed("requiredDays = 14", retentionDays, (days) => `requiredDays = ${Number(days)}`),
    },
    {
        policy: "BCDR502",
        changes: ({ require: required }) =>
            changed("',Unlocked,Locked,'", required === "Locked" ? required : undefined, (state) => quoted([state])),
    },
    { policy: "BCDR503", changes: redundancies },
    { policy: "BCDR504", changes: redundancies },
    { policy: "BCDR505" },
    { policy: "BCDR506" },
    { policy: "BCDR507" },
];

function restoredDisks({ restoreSource }: SettingValues): readonly QueryChange[] {
    return restoreSource === "any-snapshot" ? [{ from: "anySnapshot = false", to: "anySnapshot = true" }] : [];
}

function redundancies({ acceptedRedundancies }: SettingValues): readonly QueryChange[] {
    return changed("',GeoRedundant,ZoneRedundant,ReadAccessGeoZoneRedundant,'", acceptedRedundancies, (accepted) =>
        quoted(accepted as readonly string[]),
    );
}

/** Where nothing is configured, the query has the defaults, so that it can be pasted. */
function tierChanges(values: SettingValues, service: Service, from: string): readonly QueryChange[] {
    const { tierTag, tiers, defaultTier } = values;
    if (tierTag === undefined && tiers === undefined && defaultTier === undefined) {
        return [];
    }
    const configuration = tierSettings.read(values);
    const passing = [...configuration.tiers].flatMap(([name, { requires }]) =>
        requires.includes(service) ? [] : [name],
    );
    // A VM without the tag: as the default tier says, or else, for backup, only if backup is in use.
    const untagged = configuration.defaultTier?.requires ?? (service === "backup" ? [service] : []);
    return [
        { from: "['bcdr-tier']", to: `[${literal(configuration.tierTag.toLowerCase())}]` },
        { from, to: quoted(untagged.includes(service) ? passing : ["", ...passing]) },
    ];
}

function changed<Setting>(
    from: string,
    value: Setting | undefined,
    to: (value: Setting) => string,
): readonly QueryChange[] {
    return value === undefined ? [] : [{ from, to: to(value) }];
}

/** The queries look for `,name,` in one text. */
function quoted(names: readonly unknown[]): string {
    return literal(`,${names.join(",")},`);
}

/** A text in KQL. */
export function literal(text: string): string {
    return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}'`;
}

/**
 * The text of a query as a configuration wants it.
 *
 * @throws where the query does not have what is to be changed: it would be asked with the defaults
 */
export function withChanges(text: string, changes: readonly QueryChange[]): string {
    return changes.reduce((query, { from, to }) => {
        if (!query.includes(from)) {
            throw new Error(`The query has no ${from}.`);
        }
        return query.replaceAll(from, () => to);
    }, text);
}

/** The same about the resources of these subscriptions; what protects them is looked for everywhere. */
export function inSubscriptions(text: string, subscriptions: readonly string[]): string {
    const [table = "", ...rest] = text.split("\n").filter((line) => !line.startsWith("//"));
    return [table, `| where subscriptionId in~ (${subscriptions.map(literal).join(", ")})`, ...rest].join("\n");
}

/** A query about some ids instead of its example. */
export function withIds(text: string, ids: readonly string[]): string {
    return text.replace(/in \('[^']*'\)/, () => `in (${ids.map((id) => literal(id.toLowerCase())).join(", ")})`);
}
