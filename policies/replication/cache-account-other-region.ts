import { any, type Answer, compare, firstQuestion, withEvidence } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Provider } from "../../src/model/ids/type-token";
import { includesIgnoringCase } from "../../src/model/letter-case";
import { linkedTo } from "../../src/model/link";
import type { Estate } from "../../src/model/estate";
import { getOrCreate } from "../../src/model/lists";
import { valueOf } from "../../src/model/values";
import type { ReplicatedItem, StorageAccount, VirtualMachine } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { more, MOST_NAMES, quoted } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { inOrder, type Step } from "../../src/advice/fix";
import { enableAgain, itemToChange, MAY_NOT_REPLICATE, type ItemToChange } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { inOtherRegion } from "../regions";
import { verdictsFrom } from "../verdicts";
import { cacheAccounts } from "./cache-accounts";

interface Parameters {
    readonly account: string;
    readonly accountRegion: string;
    readonly region: string;
    readonly items: readonly ItemToChange[];
    /** Whether the VMs need a premium account; unknown, too, where some do and others do not. */
    readonly needsPremium: Answer["answer"];
    readonly accountProvider: Provider;
}

/** An item whose VM is in another region than the account. */
interface Elsewhere {
    readonly item: ReplicatedItem;
    readonly accountRegion: string;
    readonly region: string;
}

/** BCDR218: a cache storage account is in another region than the VM whose disk changes it receives (A2A-48). */
export const cacheAccountOtherRegion = stackPolicy<Parameters>({
    kinds: ["replicated item"],
    id: "BCDR218",
    name: "cache-account-other-region",
    level: "mandatory",
    severity: "high",
    summary: "A cache storage account is in another region than its VM.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Use a cache storage account in the region of the VM.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const { used, open } = cacheAccounts(estate);
        for (const [account, items] of used) {
            const answers = items.map((item) => isElsewhere(estate, account, item));
            yield* verdictsFrom(answers, (found) => ({
                subject: subjectOf(account),
                parameters: {
                    account: displayName(account),
                    accountRegion: found[0].accountRegion,
                    region: found[0].region,
                    items: found.map(({ item }) => itemToChange(item, named(item).name)),
                    needsPremium: inCommon(found.map(({ item }) => needsPremiumAccount(estate, item))),
                    accountProvider: account.provider,
                },
                restsOn: [account, ...found.flatMap(({ item }) => [item, ...vmsOf(estate, item)])],
            }));
        }
        const found = new Map<readonly StorageAccount[], readonly StorageAccount[]>();
        const representatives = (accounts: readonly StorageAccount[]): readonly StorageAccount[] =>
            getOrCreate(found, accounts, () => inDifferentRegions(estate, accounts));
        for (const { accounts, item, openQuestion } of open) {
            if (representatives(accounts).some((each) => isElsewhere(estate, each, item).answer !== "no")) {
                yield { verdict: "undecided", openQuestion };
            }
        }
    },

    message: ({ account, accountRegion, region, items, needsPremium, accountProvider }, { dryRun }) => ({
        headline: headline(
            (name) => `Cache storage account ${name} is in ${accountRegion}, but it serves VMs in ${region}.`,
            account,
        ),
        why: `Site Recovery writes disk changes to the cache account first, so it must be in the region of the VM. ${MAY_NOT_REPLICATE}`,
        facts: [`Used by: ${quoted(items.map(({ name }) => name))}`],
        fix: inOrder(
            [
                newAccount(region, needsPremium, accountProvider),
                ...items.slice(0, MOST_NAMES).map((item) => ({
                    do: `In "${item.name}", set this account for each disk.`,
                    where: `${item.diskList}[].${WORDS[item.provider].item.stagingAccount}`,
                })),
                ...(items.length > MOST_NAMES
                    ? [{ do: `Do the same for the other items, ${more(items.length - MOST_NAMES)}.` }]
                    : []),
                ...enableAgain(items),
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.CACHE_REGION.page, ...(needsPremium === "no" ? [] : [SITE_RECOVERY.HIGH_CHURN.page])],
    }),
});

function newAccount(region: string, needsPremium: Answer["answer"], provider: Provider): Step {
    return needsPremium === "yes"
        ? {
              do: `Create a premium block blob storage account in ${region}.`,
              where: WORDS[provider].account.premiumBlockBlob,
              note: "Premium SSD v2 and Ultra disks need such an account.",
          }
        : {
              do: `Create a general-purpose v2 storage account with standard performance in ${region}.`,
              ...(needsPremium === "no"
                  ? {}
                  : {
                        note: "For VMs with Premium SSD v2 or Ultra disks, create a premium block blob account instead.",
                    }),
          };
}

/** Whether the VM of an item has a disk that only a premium account takes the changes of. */
function needsPremiumAccount(estate: Estate, item: ReplicatedItem): Answer["answer"] {
    const vm = linkedTo(estate.protectedVms.of(item));
    if (vm === undefined) {
        return "unknown";
    }
    const { disks: fastDisks } = SITE_RECOVERY.CACHE_FOR_PREMIUM_V2.limit;
    const replicated = estate.replication.replicatedVm(vm, [item]);
    const disks = estate.disks
        .of(vm)
        .filter(({ attached }) => attached.role === "os" || replicated.isListed(attached) !== "no");
    return any(
        disks.map(({ definedBy, sku }) => compare(definedBy, sku, (name) => includesIgnoringCase(fastDisks, name))),
    ).answer;
}

function inCommon(answers: readonly Answer["answer"][]): Answer["answer"] {
    const [first = "unknown"] = answers;
    return answers.every((each) => each === first) ? first : "unknown";
}

/**
 * An account for each region, but no more than it takes to have one in another region than any item: where every account
 * may be that of every item, nobody has to compare all of them.
 */
function inDifferentRegions(estate: Estate, accounts: readonly StorageAccount[]): readonly StorageAccount[] {
    const regions = new Map<string, StorageAccount>();
    for (const account of accounts) {
        const at = estate.regions.of(account);
        const region = at.state === "known" ? `in ${at.value}` : at.state;
        if (!regions.has(region)) {
            regions.set(region, account);
        }
        if (regions.size > 4) {
            break;
        }
    }
    return [...regions.values()];
}

/** The VM that an item replicates, as far as it is known: where it runs is where the account has to be. */
function vmsOf(estate: Estate, item: ReplicatedItem): readonly VirtualMachine[] {
    const link = estate.protectedVms.of(item);
    return link.state === "linked" ? [link.to] : [];
}

/** A resource outside of the stack counts as in the right region. */
function isElsewhere(estate: Estate, account: StorageAccount, item: ReplicatedItem): Answer<Elsewhere> {
    const at = estate.regions.of(account);
    const region = estate.replication.sourceRegionOf(item);
    return withEvidence(firstQuestion(inOtherRegion(account, at, item, region)), () => ({
        item,
        accountRegion: valueOf(at) ?? "",
        region: valueOf(region) ?? "",
    }));
}
