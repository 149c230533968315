import { asSteps } from "../../src/advice/fix";
import { type Value, known, mapValue, valueOf } from "../../src/model/values";
import type { Firewall } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { quoted } from "../../src/advice/names";
import { inOrder } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { cacheAccountPolicy, isObstacle, type Obstacle } from "./cache-account-settings";

type Setting = "sharedKey" | "bypass";

/** BCDR219: a cache storage account lets Site Recovery in neither by its keys nor through its firewall (A2A-51, A2A-52). */
export const cacheAccountBlocked = cacheAccountPolicy<Obstacle<Setting>>({
    id: "BCDR219",
    name: "cache-account-blocked",
    level: "mandatory",
    severity: "high",
    summary: "Site Recovery cannot use a cache storage account.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    check: ({ account, estate: { storageAccounts } }) => [
        isObstacle("sharedKey", {
            of: account,
            value: mapValue(account.allowsSharedKey, (isAllowed) => !isAllowed),
        }),
        ...storageAccounts
            .firewall(account)
            .map(({ of, value }) => isObstacle("bypass", { of, value: keepsOut(value) })),
    ],

    message: ({ account, items, found }, { dryRun }) => ({
        headline: headline(
            (name) =>
                `The cache storage account ${name} ${found.map(({ setting }) => TROUBLE[setting]).join(" and ")}.`,
            account,
        ),
        why: "Site Recovery writes the changes of the disks into this account with its key, from Azure's own network.",
        facts: [`Used by: ${quoted(items)}`],
        fix: inOrder(asSteps(found.map(({ setting, of, property }) => REMEDY[setting](property, of))), dryRun),
        sources: [SITE_RECOVERY.CACHE_ACCESS.page],
    }),
});

const TROUBLE: Readonly<Record<Setting, string>> = {
    sharedKey: "refuses shared keys",
    bypass: "has a firewall that keeps Azure's services out",
};

const REMEDY: Readonly<Record<Setting, (property: string, of: string) => string>> = {
    sharedKey: (property, of) =>
        `Set ${property} of "${of}" to true: a managed identity alone does not do. Use the account for Site Recovery only.`,
    bypass: (property, of) =>
        `Add AzureServices to ${property} of "${of}", and let the subnet of the VM in, or the first replication stops.`,
};

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
