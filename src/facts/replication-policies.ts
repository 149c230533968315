import { PAGES } from "./page";
import type { Row } from "./row";

/** What a replication policy of Site Recovery may say, for VMs that go from Azure to Azure. */
export const REPLICATION_POLICIES = {
    HISTORY: {
        policies: ["BCDR230", "BCDR231"],
        fact: "A2A-60",
        says: "Recovery points of managed disks are kept for at most 15 days (21600 minutes); 0 keeps the latest alone, and a policy that does not say keeps one day.",
        limit: { minimumMinutes: 0, maximumMinutes: 21600, unsetMinutes: 1440 },
        page: PAGES.A2A_FAQ,
    } satisfies Row<unknown>,
    APP_CONSISTENT: {
        policies: ["BCDR231"],
        fact: "A2A-60",
        says: "Application-consistent recovery points are off unless a policy asks for them (0), and come at most once in 60 minutes.",
        limit: { shortestMinutes: 60, unsetMinutes: 0 },
        page: PAGES.A2A_FAQ,
    } satisfies Row<unknown>,
    APP_CONSISTENT_IN_HISTORY: {
        policies: ["BCDR231"],
        fact: "A2A-60",
        says: "The classic provider refuses an interval of application-consistent recovery points that is longer than the history. No page of Microsoft's says that Azure does.",
        limit: undefined,
        page: PAGES.REPLICATION_POLICY,
    } satisfies Row,
};
