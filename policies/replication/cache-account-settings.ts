import type { OpenQuestion } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import type { Value } from "../../src/model/values";
import { getOrCreate } from "../../src/model/lists";
import type { AzureResource, ReplicatedItem, StorageAccount } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { WORDS, type Words, writtenAt } from "../../src/advice/property-names";
import { cacheAccounts } from "./cache-accounts";

/** What the policies on settings of cache storage accounts have in common. */

type AccountSetting = keyof Words["account"];

/** Whether a setting of an account stands in the way, by the resource of the program that has it. */
export interface SettingInPlace<S extends AccountSetting> {
    readonly setting: S;
    readonly of: AzureResource;
    readonly isObstacle: Value<boolean>;
}

export interface UnfitAccount<S extends AccountSetting> {
    readonly account: string;
    readonly items: readonly string[];
    readonly obstacles: readonly Obstacle<S>[];
}

interface Obstacle<S extends AccountSetting> {
    readonly setting: S;
    /** The resource of the program that has it, and where. */
    readonly of: string;
    readonly property: string;
}

interface Inspection<S extends AccountSetting> {
    readonly obstacles: readonly Obstacle<S>[];
    readonly questions: readonly OpenQuestion[];
}

/** The cache accounts of the stack that have such settings, and what is open about that. */
export function* unfitAccounts<S extends AccountSetting>(
    estate: Estate,
    settingsOf: (account: StorageAccount) => readonly SettingInPlace<S>[],
): Iterable<Verdict<UnfitAccount<S>>> {
    const { used, open } = cacheAccounts(estate);
    const inspections = new Map<StorageAccount, Inspection<S>>();
    const inspectionOf = (account: StorageAccount): Inspection<S> =>
        getOrCreate(inspections, account, () => inspect(settingsOf(account)));
    for (const [account, items] of used) {
        const { obstacles, questions } = inspectionOf(account);
        if (obstacles.length > 0) {
            yield {
                verdict: "violated",
                subject: subjectOf(account),
                parameters: {
                    account: displayName(account),
                    items: items.map((item) => named(item).name),
                    obstacles,
                },
                restsOn: items,
            };
        }
        yield* questions.map((openQuestion) => ({ verdict: "undecided" as const, openQuestion }));
    }
    const reported = new Set<ReplicatedItem>();
    const concerned = new Map<readonly StorageAccount[], boolean>();
    const isConcerned = (accounts: readonly StorageAccount[]): boolean =>
        getOrCreate(concerned, accounts, () =>
            accounts.some((account) => {
                const { obstacles, questions } = inspectionOf(account);
                return obstacles.length + questions.length > 0;
            }),
        );
    for (const { accounts, item, question } of open) {
        if (!reported.has(item) && isConcerned(accounts)) {
            reported.add(item);
            yield { verdict: "undecided", openQuestion: question };
        }
    }
}

function inspect<S extends AccountSetting>(settings: readonly SettingInPlace<S>[]): Inspection<S> {
    const obstacles: Obstacle<S>[] = [];
    const questions: OpenQuestion[] = [];
    for (const { setting, of, isObstacle } of settings) {
        if (isObstacle.state === "unknown") {
            questions.push({ resource: of, property: isObstacle.property });
        } else if (isObstacle.state === "known" && isObstacle.value) {
            obstacles.push({ setting, of: named(of).name, property: writtenAt(of, propertyOf(of, setting)) });
        }
    }
    return { obstacles, questions };
}

/** A firewall of its own has the property at its top. */
function propertyOf({ provider, kind }: AzureResource, setting: AccountSetting): string {
    const property = WORDS[provider].account[setting];
    return setting === "bypass" && provider === "azure-classic" && kind === "storage account"
        ? `networkRules.${property}`
        : property;
}
