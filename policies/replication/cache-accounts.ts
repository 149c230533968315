import type { OpenQuestion } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { pushTo } from "../../src/model/lists";
import type { ReplicatedItem, StorageAccount } from "../../src/model/resources";
import { memoize } from "../memoize";
import { isLimited } from "./replicated-item";

/** The storage accounts of the stack that are caches, or may be, with the items whose disk changes they receive. */
export interface CacheAccounts {
    readonly used: ReadonlyMap<StorageAccount, readonly ReplicatedItem[]>;
    /** Accounts of which any may be the cache of an item, and the property that decides it. */
    readonly open: readonly {
        readonly accounts: readonly StorageAccount[];
        readonly item: ReplicatedItem;
        readonly openQuestion: OpenQuestion;
    }[];
}

export const cacheAccounts = memoize((estate: Estate): CacheAccounts => {
    const used = new Map<StorageAccount, ReplicatedItem[]>();
    const open: { accounts: readonly StorageAccount[]; item: ReplicatedItem; openQuestion: OpenQuestion }[] = [];
    const { storageAccounts } = estate;
    for (const item of storageAccounts.all.length === 0 ? [] : estate.replication.items) {
        if (item.skipped || !isLimited(item)) {
            continue;
        }
        const coverage = estate.replication.coverageOf(item);
        if (coverage.state === "known") {
            const elements = coverage.lists.flatMap((list) => list.all);
            const { accounts, candidates, property } = storageAccounts.stagingAccountsOf(elements);
            accounts.forEach((account) => pushTo(used, account, item));
            open.push({ accounts: candidates, item, openQuestion: { resource: item, property } });
        } else if (coverage.state === "unknown") {
            const openQuestion = { resource: item, property: coverage.property };
            open.push({ accounts: storageAccounts.all, item, openQuestion });
        }
    }
    return { used, open };
});
