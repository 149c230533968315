import { type Value, known, mapValue, valueOf } from "../../src/model/values";
import type { Firewall } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { inOrder, type Step } from "../../src/advice/fix";
import { quoted } from "../../src/advice/names";
import { MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { cacheAccountPolicy, isObstacle, type Obstacle } from "./cache-account-settings";

type Setting = "sharedKey" | "bypass";

/** BCDR219: a cache storage account refuses shared keys, or its firewall blocks Site Recovery (A2A-51, A2A-52). */
export const cacheAccountBlocked = cacheAccountPolicy<Obstacle<Setting>>({
    id: "BCDR219",
    name: "cache-account-blocked",
    level: "mandatory",
    severity: "high",
    summary: "A cache storage account blocks Site Recovery.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Give Site Recovery access to the cache storage account: by shared key or managed identity, and through its firewall.",

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
            (name) => `Cache storage account ${name} ${found.map(({ setting }) => TROUBLE[setting]).join(" and ")}.`,
            account,
        ),
        why: `Site Recovery writes disk changes to this account first. ${MAY_NOT_REPLICATE}`,
        facts: [`Used by: ${quoted(items)}`],
        fix: inOrder(
            found.flatMap(({ setting, of, property }) => REMEDY[setting](of, property)),
            dryRun,
        ),
        sources: [SITE_RECOVERY.CACHE_ACCESS.page],
    }),
});

const TROUBLE: Readonly<Record<Setting, string>> = {
    sharedKey: "refuses shared keys",
    bypass: "blocks trusted Azure services in its firewall",
};

const REMEDY: Readonly<Record<Setting, (of: string, property: string) => readonly Step[]>> = {
    sharedKey: (of, property) => [
        {
            do: `Allow shared keys on "${of}". Use this account for Site Recovery only.`,
            where: property,
            note: "To keep shared keys off, give the vault's system-assigned identity the roles Contributor and Storage Blob Data Contributor on the account instead. A premium account takes Storage Blob Data Owner as the second role. This policy does not see the roles: exempt the account from it.",
        },
    ],
    bypass: (of, property) => [
        { do: `Add AzureServices to the firewall exceptions of "${of}".`, where: property },
        { do: "Also allow the subnet of each VM. Otherwise, initial replication stops." },
    ],
};

/** A firewall is open unless the program closes it; a closed one lets Azure's services through unless the program says otherwise. */
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
