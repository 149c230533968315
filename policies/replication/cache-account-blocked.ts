import {
    type Answer,
    any,
    compare,
    firstQuestion,
    given,
    isTrue,
    mapEvidence,
    NO,
    unknownAnswer,
    withEvidence,
} from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { type Value, known, mapValue, valueOf } from "../../src/model/values";
import type { Firewall, ReplicatedItem, StorageAccount, Vault } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { idsInCli, quoteWord, scopeInCli } from "../../src/advice/azure-cli";
import { inOrder, type Step } from "../../src/advice/fix";
import { quoted } from "../../src/advice/names";
import { writtenAt } from "../../src/advice/property-names";
import { MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { cacheAccountPolicy, isObstacle, type Obstacle } from "./cache-account-settings";

type Trouble = Obstacle<"bypass"> | WithoutKeys;

/** A vault of items that use an account without shared keys has no identity to use instead. */
interface WithoutKeys {
    readonly setting: "sharedKey";
    readonly vault: string;
    /** `identity.type` */
    readonly identity: string;
    /** Give the identity its roles; empty while vault or account does not exist, or where the plan does not know their ids. */
    readonly roleCommands: readonly string[];
    /** This plan may be what turns the keys off. */
    readonly isAccountChanging: boolean;
    readonly isReplicating: boolean;
    readonly restsOn: readonly Vault[];
}

/** BCDR219: Site Recovery has no access to a cache storage account: no keys and no identity, or a firewall (A2A-51, A2A-52). */
export const cacheAccountBlocked = cacheAccountPolicy<Trouble>({
    id: "BCDR219",
    name: "cache-account-blocked",
    level: "mandatory",
    severity: "high",
    summary: "A cache storage account blocks Site Recovery.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Give the vault a managed identity with access to the cache storage account, and let trusted services through the account's firewall.",
    checkedByAzure: true,

    check: (items, estate) => {
        const vaults = withoutIdentity(items, estate);
        const isReplicating = items.some(({ lifetime }) => lifetime !== "new");
        return (account) => [
            ...estate.storageAccounts
                .firewall(account)
                .map(({ of, value }) => isObstacle("bypass", { of, value: keepsOut(value) })),
            mapEvidence(given(isTrue(account, refusesKeys(account)), vaults), (vault) =>
                withoutKeys(account, vault, isReplicating),
            ),
        ];
    },

    message: ({ account, items, found }, { dryRun }) => {
        const [vault] = found.flatMap((each) => (each.setting === "sharedKey" ? [each.vault] : []));
        const blocks = found.some(({ setting }) => setting === "bypass");
        return {
            headline: headline(
                (name, of) =>
                    `Cache storage account ${name} ${[
                        ...(blocks ? ["blocks trusted Azure services in its firewall"] : []),
                        ...(vault === undefined
                            ? []
                            : [`refuses shared keys, and vault ${of} has no managed identity`]),
                    ].join(" and ")}.`,
                account,
                vault ?? "",
            ),
            why: `Site Recovery writes disk changes to this account first. ${MAY_NOT_REPLICATE}`,
            facts: [`Used by: ${quoted(items)}`],
            fix: inOrder(
                found.flatMap((each) =>
                    each.setting === "sharedKey" ? grantAccess(each, account) : letThrough(each.of, each.property),
                ),
                dryRun,
            ),
            sources: sources(blocks, vault !== undefined),
        };
    },
});

function refusesKeys({ allowsSharedKey }: StorageAccount): Value<boolean> {
    return mapValue(allowsSharedKey, (isAllowed) => !isAllowed);
}

/**
 * The vaults of these items that surely have no managed identity. Whether one that a vault has was given access is not
 * asked: that may have been done at a scope above, or outside of the program.
 */
function withoutIdentity(items: readonly ReplicatedItem[], estate: Estate): Answer<Vault> {
    const links = items.map((item) => ({ item, link: estate.vaults.of(item) }));
    const linked = new Set(links.flatMap(({ link }) => (link.state === "linked" ? [link.to] : [])));
    const answers = [...linked].map((vault): Answer<Vault> =>
        withEvidence(
            compare(vault, vault.identities.value, ({ length }) => length === 0),
            () => vault,
        ),
    );
    const elsewhere = links.map(({ item, link }): Answer<Vault> => {
        switch (link.state) {
            case "undecided":
                return unknownAnswer(item, link.property);
            case "external":
                return unknownAnswer(item, item.vault.property, "external");
            default:
                return NO;
        }
    });
    return firstQuestion(any(answers.concat(elsewhere)));
}

function withoutKeys(account: StorageAccount, vault: Vault, isReplicating: boolean): WithoutKeys {
    return {
        setting: "sharedKey",
        vault: displayName(vault),
        identity: writtenAt(vault, vault.identities.property),
        roleCommands: roleCommands(account, vault),
        isAccountChanging: account.lifetime === "changing",
        isReplicating,
        restsOn: [vault],
    };
}

const ROLES = ["Contributor", "Storage Blob Data Contributor"] as const;

function roleCommands(account: StorageAccount, vault: Vault): readonly string[] {
    const [accountId, vaultId] = [valueOf(account.id), valueOf(vault.id)];
    const scope = accountId && scopeInCli(accountId);
    const ids = vaultId && idsInCli(vaultId);
    return scope === undefined || ids === undefined || [account, vault].some(({ lifetime }) => lifetime === "new")
        ? []
        : [
              `az backup vault identity show ${ids} --query principalId --output tsv`,
              ...ROLES.map(
                  (role) =>
                      `az role assignment create --assignee-object-id '<principal ID>' --assignee-principal-type ServicePrincipal --role ${quoteWord(role)} ${scope}`,
              ),
          ];
}

function grantAccess(
    { vault, identity, roleCommands: commands, ...facts }: WithoutKeys,
    account: string,
): readonly Step[] {
    return [
        { do: `Give vault "${vault}" a system-assigned identity (SystemAssigned).`, where: identity },
        {
            do:
                `Give that identity the roles ${ROLES.join(" and ")} on "${account}"` +
                (commands.length === 0 ? "." : ", in the program or by command:"),
            ...(commands.length === 0 ? {} : { commands }),
            note:
                "On a premium account, the second role is Storage Blob Data Owner. In the program, let the replicated items depend on the two role assignments." +
                (facts.isAccountChanging
                    ? " The identity needs its roles before the account refuses shared keys."
                    : ""),
        },
        ...(facts.isReplicating ? [{ do: "Don't disable replication for this. It continues with the identity." }] : []),
    ];
}

function letThrough(of: string, property: string): readonly Step[] {
    return [
        { do: `Add AzureServices to the firewall exceptions of "${of}".`, where: property },
        { do: "Also allow the subnet of each VM. Otherwise, initial replication stops." },
    ];
}

function sources(blocks: boolean, refuses: boolean): readonly Page[] {
    return [
        ...(blocks ? [SITE_RECOVERY.CACHE_TRUSTED.page] : []),
        ...(refuses ? [SITE_RECOVERY.CACHE_IDENTITY.page, SITE_RECOVERY.CACHE_ROLES.page] : []),
    ];
}

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
