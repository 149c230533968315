import type { OpenQuestion } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { type Value, known, valueOf } from "../../src/model/values";
import { getOrCreate } from "../../src/model/lists";
import type { AzureResource, Firewall, ReplicatedItem, StorageAccount } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { inOrder } from "../../src/advice/replication-support";
import { WORDS, type Words, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { cacheAccounts } from "./cache-accounts";

interface Parameters {
    readonly account: string;
    readonly items: readonly string[];
    readonly obstacles: readonly Obstacle[];
}

interface Obstacle {
    readonly setting: keyof Words["account"];
    /** The resource of the program that has it, and where. */
    readonly of: string;
    readonly property: string;
}

/** BCDR219: a cache storage account is set up in a way that Site Recovery cannot work with (A2A-51 to A2A-53). */
export const cacheAccountBlocked = stackPolicy<Parameters>({
    id: "BCDR219",
    name: "cache-account-blocked",
    level: "mandatory",
    severity: "high",
    summary: "Site Recovery cannot use a cache storage account.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const { used, open } = cacheAccounts(estate);
        const sights = new Map(estate.storageAccounts.all.map((account) => [account, look(estate, account)] as const));
        for (const [account, items] of used) {
            const { obstacles, questions } = sights.get(account) ?? NOTHING;
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
        const told = new Set<ReplicatedItem>();
        const concerned = new Map<readonly StorageAccount[], boolean>();
        const isConcerned = (accounts: readonly StorageAccount[]): boolean =>
            getOrCreate(concerned, accounts, () =>
                accounts.some((account) => {
                    const { obstacles, questions } = sights.get(account) ?? NOTHING;
                    return obstacles.length + questions.length > 0;
                }),
            );
        for (const { accounts, item, question } of open) {
            if (!told.has(item) && isConcerned(accounts)) {
                told.add(item);
                yield { verdict: "undecided", openQuestion: question };
            }
        }
    },

    message: ({ account, items, obstacles }, { dryRun }) => ({
        headline: headline(
            (name) =>
                `The cache storage account ${name} ${obstacles.map(({ setting }) => TROUBLE[setting]).join(" and ")}.`,
            account,
        ),
        why: "Site Recovery writes the changes of the disks into this account with its key, from Azure's own network. Kept blobs would pile up at your cost.",
        details: [`Used by: ${quoted(items)}`],
        steps: inOrder(
            obstacles.map(({ setting, of, property }) => CURE[setting](property, of)),
            dryRun,
        ),
        source: SITE_RECOVERY.CACHE_SETTINGS.page,
    }),
});

const TROUBLE: Readonly<Record<keyof Words["account"], string>> = {
    sharedKey: "refuses shared keys",
    softDelete: "keeps deleted blobs",
    bypass: "has a firewall that keeps Azure's services out",
};

const CURE: Readonly<Record<keyof Words["account"], (property: string, of: string) => string>> = {
    sharedKey: (property, of) =>
        `Set ${property} of "${of}" to true: a managed identity alone does not do. Use the account for Site Recovery only.`,
    softDelete: (property, of) =>
        `Turn soft delete for blobs off: ${property} of "${of}". What has been deleted before is gone at the end of its days.`,
    bypass: (property, of) =>
        `Add AzureServices to ${property} of "${of}", and let the subnet of the VM in, or the first replication stops.`,
};

interface Sight {
    readonly obstacles: readonly Obstacle[];
    readonly questions: readonly OpenQuestion[];
}

const NOTHING: Sight = { obstacles: [], questions: [] };

function look(estate: Estate, account: StorageAccount): Sight {
    const obstacles: Obstacle[] = [];
    const questions: OpenQuestion[] = [];
    const judge = (of: AzureResource, isSo: Value<boolean>, setting: keyof Words["account"]): void => {
        if (isSo.state === "unknown") {
            questions.push({ resource: of, property: isSo.property });
        } else if (isSo.state === "known" && isSo.value) {
            const property = writtenAt(of, propertyOf(of, setting));
            obstacles.push({ setting, of: named(of).name, property });
        }
    };
    const { allowsSharedKey } = account;
    judge(account, allowsSharedKey.state === "known" ? known(!allowsSharedKey.value) : allowsSharedKey, "sharedKey");
    estate.storageAccounts.softDelete(account).forEach(({ of, value }) => judge(of, value, "softDelete"));
    estate.storageAccounts.firewall(account).forEach(({ of, value }) => judge(of, keepsOut(value), "bypass"));
    return { obstacles, questions };
}

/** Open to all unless it says otherwise; closed, but for Azure's own services, unless it says that, too. */
function keepsOut({ isClosed, trustsAzureServices }: Firewall): Value<boolean> {
    if (valueOf(isClosed) === false || isClosed.state === "absent" || valueOf(trustsAzureServices) === true) {
        return known(false);
    }
    return isClosed.state === "unknown"
        ? isClosed
        : trustsAzureServices.state === "unknown"
          ? trustsAzureServices
          : known(true);
}

/** A firewall of its own has the property at its top. */
function propertyOf({ provider, kind }: AzureResource, setting: keyof Words["account"]): string {
    const property = WORDS[provider].account[setting];
    return setting === "bypass" && provider === "azure-classic" && kind === "storage account"
        ? `networkRules.${property}`
        : property;
}
