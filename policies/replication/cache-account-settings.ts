import { type Answer, type Evidence, isTrue, withEvidence } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import type { Value } from "../../src/model/values";
import { pushTo } from "../../src/model/lists";
import type { AccountSetting } from "../../src/model/places/storage-accounts";
import type { AzureResource, ReplicatedItem, StorageAccount } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { WORDS, type Words, writtenAt } from "../../src/advice/property-names";
import type { Circumstances } from "../check";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import { type RestsOn, verdictsFrom } from "../verdicts";
import { cacheAccounts } from "./cache-accounts";

type Setting = keyof Words["account"];

/** A setting of an account that blocks Site Recovery or adds cost. */
export interface Obstacle<S extends Setting> {
    readonly setting: S;
    /** The resource of the program that has it, and where. */
    readonly of: string;
    readonly property: string;
    readonly restsOn: readonly AzureResource[];
}

interface UnfitAccount<Fact> {
    readonly account: string;
    readonly items: readonly string[];
    readonly found: Evidence<Fact>;
}

interface CacheAccountPolicy<Fact> extends PolicyIdentity {
    /** Asked once of the items that use an account, or may use any of several, and then of each account. */
    readonly check: (
        items: readonly ReplicatedItem[],
        estate: Estate,
    ) => (account: StorageAccount) => readonly Answer<Fact & RestsOn>[];
    readonly message: (parameters: UnfitAccount<Fact>, circumstances: Circumstances) => Message;
}

/** A policy about the settings of storage accounts that are caches of Site Recovery; it reports on the account. */
export function cacheAccountPolicy<Fact>(policy: CacheAccountPolicy<Fact>): StackPolicy {
    const { check, message } = policy;
    return stackPolicy<UnfitAccount<Fact>>({
        kinds: ["replicated item"],
        ...identityOf(policy),
        message,

        *evaluate({ estate }): Iterable<Verdict<UnfitAccount<Fact>>> {
            const { used, open } = cacheAccounts(estate);
            for (const [account, items] of used) {
                yield* verdictsFrom(check(items, estate)(account), (found) => ({
                    subject: subjectOf(account),
                    parameters: {
                        account: displayName(account),
                        items: items.map((item) => named(item).name),
                        found,
                    },
                    restsOn: [account, ...items, ...found.flatMap(({ restsOn = [] }) => restsOn)],
                }));
            }
            const alike = new Map<readonly StorageAccount[], (typeof open)[number][]>();
            open.forEach((each) => pushTo(alike, each.accounts, each));
            for (const [accounts, openItems] of alike) {
                const answersFor = check(
                    openItems.map(({ item }) => item),
                    estate,
                );
                if (accounts.some((account) => answersFor(account).some(({ answer }) => answer !== "no"))) {
                    yield* openItems.map(({ openQuestion }) => ({ verdict: "undecided", openQuestion }) as const);
                }
            }
        },
    });
}

/** Whether a setting is such an obstacle. */
export function isObstacle<S extends Setting>(
    setting: S,
    { of, value }: AccountSetting<Value<boolean>>,
): Answer<Obstacle<S>> {
    return withEvidence(isTrue(of, value), () => ({
        setting,
        of: named(of).name,
        property: writtenAt(of, accountProperty(of, setting)),
        restsOn: [of],
    }));
}

/** A firewall that is a separate resource has the property at its top level. */
export function accountProperty({ provider, kind }: AzureResource, setting: Setting): string {
    const property = WORDS[provider].account[setting];
    return (setting === "bypass" || setting === "subnets") && provider === "azure-classic" && kind === "storage account"
        ? `networkRules.${property}`
        : property;
}
