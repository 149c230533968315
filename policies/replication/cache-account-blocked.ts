import {
    all,
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
import type { Firewall, ReplicatedItem, StorageAccount, Vault, VaultIdentity } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { idsInCli, quoteWord, scopeInCli } from "../../src/advice/azure-cli";
import { inOrder, type Step } from "../../src/advice/fix";
import { linesOf, quoted } from "../../src/advice/names";
import { writtenAt } from "../../src/advice/property-names";
import { MAY_NOT_REPLICATE } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { cacheAccountPolicy, isObstacle, type Obstacle } from "./cache-account-settings";
import { letIn, type MissingSubnets, subnetsOf } from "./cache-account-subnets";

type Trouble = Obstacle<"bypass"> | MissingSubnets | WithoutKeys;

/** A vault of items that use an account without shared keys has no identity to use instead, or not the one that it takes. */
interface WithoutKeys {
    readonly setting: "sharedKey";
    /** It has a user-assigned identity, which does not get through the account's firewall. */
    readonly isUserAssigned: boolean;
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

/** BCDR219: Site Recovery has no access to a cache storage account: no keys and no identity, or a firewall (A2A-51, A2A-52, A2A-68, A2A-69). */
export const cacheAccountBlocked = cacheAccountPolicy<Trouble>({
    id: "BCDR219",
    name: "cache-account-blocked",
    level: "mandatory",
    severity: "high",
    summary: "A cache storage account blocks Site Recovery.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps:
        "Give the vault a system-assigned identity with access to the cache storage account. Let trusted services and the subnets of the VMs through the account's firewall.",
    checkedByAzure: true,

    check: (items, estate) => {
        const vaults = vaultsWith(items, estate, ({ length }) => length === 0);
        const userAssigned = vaultsWith(items, estate, (ids) => ids.length > 0 && !ids.includes("system-assigned"));
        const missingSubnets = subnetsOf(items, estate);
        const isReplicating = items.some(({ lifetime }) => lifetime !== "new");
        return (account) => [
            ...estate.storageAccounts
                .firewall(account)
                .map(({ of, value }) => isObstacle("bypass", { of, value: keepsOut(value) })),
            mapEvidence(given(isTrue(account, refusesKeys(account)), vaults), (vault) =>
                withoutKeys(account, vault, isReplicating, false),
            ),
            ...estate.storageAccounts
                .firewall(account)
                .flatMap((setting) => [
                    missingSubnets(account, setting),
                    mapEvidence(
                        given(
                            all([isTrue(account, refusesKeys(account)), isTrue(setting.of, setting.value.isClosed)]),
                            userAssigned,
                        ),
                        (vault) => withoutKeys(account, vault, isReplicating, true),
                    ),
                ]),
        ];
    },

    message: ({ account, items, found }, { dryRun }) => {
        const [withoutKey] = found.flatMap((each) => (each.setting === "sharedKey" ? [each] : []));
        const [kept] = found.flatMap((each) => (each.setting === "subnets" ? [each] : []));
        const blocks = found.some(({ setting }) => setting === "bypass");
        return {
            headline: headline(
                (name, of) =>
                    `Cache storage account ${name} ${[
                        ...(blocks ? ["blocks trusted Azure services in its firewall"] : []),
                        ...(kept === undefined
                            ? []
                            : [
                                  blocks
                                      ? "does not let in the VMs that it serves"
                                      : "does not let the VMs that it serves through its firewall",
                              ]),
                        ...(withoutKey === undefined
                            ? []
                            : [
                                  withoutKey.isUserAssigned
                                      ? `has a firewall, and vault ${of} has only a user-assigned identity`
                                      : `refuses shared keys, and vault ${of} has no managed identity`,
                              ]),
                    ].join(" and ")}.`,
                account,
                withoutKey?.vault ?? "",
            ),
            why:
                kept === undefined
                    ? `Site Recovery writes disk changes to this account first. ${MAY_NOT_REPLICATE}`
                    : `Each VM writes its disk changes to this account, from its own subnet. ${MAY_NOT_REPLICATE}`,
            facts: [`Used by: ${quoted(items)}`, ...(kept === undefined ? [] : linesOf(kept.lines))],
            fix: inOrder(
                found.flatMap((each) => {
                    switch (each.setting) {
                        case "sharedKey":
                            return grantAccess(each, account);
                        case "subnets":
                            return letIn(each);
                        case "bypass":
                            return letThrough(each.of, each.property, kept !== undefined);
                    }
                }),
                dryRun,
            ),
            sources: sources(found),
        };
    },
});

function refusesKeys({ allowsSharedKey }: StorageAccount): Value<boolean> {
    return mapValue(allowsSharedKey, (isAllowed) => !isAllowed);
}

/**
 * The vaults of these items whose identities are surely such. Whether one that a vault has was given access is not
 * asked: that may have been done at a scope above, or outside of the program.
 */
function vaultsWith(
    items: readonly ReplicatedItem[],
    estate: Estate,
    fits: (identities: readonly VaultIdentity[]) => boolean,
): Answer<Vault> {
    const links = items.map((item) => ({ item, link: estate.vaults.of(item) }));
    const linked = new Set(links.flatMap(({ link }) => (link.state === "linked" ? [link.to] : [])));
    const answers = [...linked].map((vault): Answer<Vault> =>
        withEvidence(compare(vault, vault.identities.value, fits), () => vault),
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

function withoutKeys(
    account: StorageAccount,
    vault: Vault,
    isReplicating: boolean,
    isUserAssigned: boolean,
): WithoutKeys {
    return {
        setting: "sharedKey",
        isUserAssigned,
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
        facts.isUserAssigned
            ? {
                  do: `Give vault "${vault}" a system-assigned identity beside the other one (SystemAssigned, UserAssigned).`,
                  where: identity,
                  note: "With a user-assigned identity alone, the account would have to be open to all networks.",
              }
            : { do: `Give vault "${vault}" a system-assigned identity (SystemAssigned).`, where: identity },
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

function letThrough(of: string, property: string, namesSubnets: boolean): readonly Step[] {
    return [
        { do: `Add AzureServices to the firewall exceptions of "${of}".`, where: property },
        ...(namesSubnets ? [] : [{ do: "Also allow the subnet of each VM. Otherwise, initial replication stops." }]),
    ];
}

function sources(found: readonly Trouble[]): readonly Page[] {
    const pages = found.flatMap((each) => {
        switch (each.setting) {
            case "bypass":
                return [SITE_RECOVERY.CACHE_TRUSTED.page];
            case "subnets":
                return [
                    SITE_RECOVERY.CACHE_SUBNET.page,
                    SITE_RECOVERY.CACHE_TRUSTED.page,
                    SITE_RECOVERY.CACHE_SAME_REGION.page,
                ];
            case "sharedKey":
                return [
                    ...(each.isUserAssigned ? [SITE_RECOVERY.CACHE_USER_ASSIGNED.page] : []),
                    SITE_RECOVERY.CACHE_IDENTITY.page,
                    SITE_RECOVERY.CACHE_ROLES.page,
                ];
        }
    });
    return [...new Set(pages)];
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
