import { displayName } from "../../src/model/ids/display-name";
import { equalsIgnoringCase } from "../../src/model/letter-case";
import { linkedTo } from "../../src/model/link";
import { withDefault } from "../../src/model/values";
import type { Estate } from "../../src/model/estate";
import type { AzureResource, BackupItem } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { ways } from "../../src/advice/fix";
import { named } from "../../src/advice/re-protection";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { type Answer, compare, given, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { stackPolicy } from "../policy";
import { verdictsFrom } from "../verdicts";

interface Parameters {
    readonly item: string;
    readonly vault: string;
    /** Where the program has the item's state and the vault's immutability. */
    readonly state: string;
    readonly immutability: string;
}

const { SUSPENDED, SUSPENSION_REFUSED, IMMUTABILITY } = VAULT_SETTINGS;

/** BCDR325: backups are suspended in a vault without immutability, which Azure refuses (VLT-25). */
export const backupSuspendedInMutableVault = stackPolicy<Parameters>({
    kinds: ["backup item"],
    id: "BCDR325",
    name: "backup-suspended-in-mutable-vault",
    level: "mandatory",
    severity: "high",
    summary: "Backups are suspended in a vault that is not immutable.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "immutability"],
    remediationSteps: "Stop the backup and keep its recovery points, or turn on immutability of the vault first.",
    checkedByAzure: true,

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const item of estate.backup.items) {
            const isSuspended = compare(item, item.state, (state) => equalsIgnoringCase(state, "BackupsSuspended"));
            if (item.skipped || isSuspended.answer === "no") {
                continue;
            }
            yield* verdictsFrom(given(isSuspended, mutableVault(estate, item)), ([{ vault, immutability, of }]) => ({
                subject: subjectOf(item, linkedTo(estate.protectedVms.of(item))),
                parameters: {
                    item: named(item).name,
                    vault,
                    state: writtenAt(item, WORDS[item.provider].backup.state),
                    immutability,
                },
                restsOn: [item, of],
            }));
        }
    },

    message: ({ item, vault, state, immutability }, { dryRun }): Message => ({
        headline: headline(
            (of, name) => `Item ${of} suspends backups, but vault ${name} is not immutable, so Azure refuses it.`,
            item,
            vault,
        ),
        why: "Azure answers with UserErrorOperationDeniedOnImmutableItem, which reads as if the vault were immutable. Backups continue.",
        fix: ways(
            [
                {
                    do: "Stop the backup instead, and keep all recovery points.",
                    where: `${state} = "ProtectionStopped"`,
                    note: "The recovery points stay, and cost money, until somebody deletes them.",
                },
                {
                    do: `If recovery points should expire by the policy, turn on immutability of "${vault}" first.`,
                    where: `${immutability} = "Unlocked"`,
                    note: "You can turn it off again. Even then, Azure keeps the last recovery point.",
                },
            ],
            dryRun,
        ),
        sources: [SUSPENDED.page, SUSPENSION_REFUSED.page],
    }),
});

interface MutableVault {
    readonly vault: string;
    readonly immutability: string;
    readonly of: AzureResource;
}

/** Of a vault of another stack, nobody tells its settings. */
function mutableVault(estate: Estate, item: BackupItem): Answer<MutableVault> {
    const link = estate.vaults.of(item);
    switch (link.state) {
        case "linked": {
            const { to: vault } = link;
            const { property, value } = vault.immutability;
            const planned = withDefault(value, IMMUTABILITY.limit.whenUnset);
            return vault.urn === undefined
                ? NO
                : withEvidence(
                      compare(vault, planned, (state) => equalsIgnoringCase(state, IMMUTABILITY.limit.whenUnset)),
                      () => ({ vault: displayName(vault), immutability: writtenAt(vault, property), of: vault }),
                  );
        }
        case "undecided":
            return unknownAnswer(item, link.property);
        case "external":
        case "none":
            return NO;
    }
}
