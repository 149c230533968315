import { displayName } from "../../src/model/ids/display-name";
import type { AzureResource } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { stackPolicy } from "../policy";
import { type AnyVault, inWords, occasion, type VaultInWords } from "./vaults";

interface Parameters {
    readonly vault: VaultInWords;
    readonly provider: Provider;
    /** What Azure Backup keeps in it. */
    readonly items: readonly string[];
}

/** BCDR508: a vault with backups whose protections one person alone can take away (VLT-05, VLT-26). */
export const vaultMultiUserAuthorization = stackPolicy<Parameters>({
    id: "BCDR508",
    name: "vault-multi-user-authorization",
    level: "disabled",
    severity: "medium",
    summary: "One account alone can take a vault's protection away.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "multi-user-authorization"],
    remediationSteps: "Attach a resource guard that lies where backup administrators have no rights.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        for (const vault of [...estate.vaults.recoveryServicesVaults, ...estate.vaults.backupVaults]) {
            const guards = estate.vaults.guardsOf(vault);
            const backups = estate.vaults.backupsIn(vault);
            if (vault.skipped || guards.answer === "yes" || isGuarded(vault) || backups.answer === "no") {
                continue;
            }
            if (guards.answer === "unknown" || backups.answer === "unknown") {
                yield* undecideds.of(guards, backups);
            } else if (vault.guarded?.value.state === "unknown" && vault.lifetime !== "new") {
                // A vault that is there may be guarded from outside of this program; Azure says so after the change.
                yield undecided(vault, vault.guarded.property);
            } else {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vault),
                    parameters: {
                        vault: inWords(vault),
                        provider: vault.provider,
                        items: backups.items.map((item: AzureResource) => item.pulumiName ?? displayName(item)),
                    },
                };
            }
        }
    },

    message: ({ vault: { name, type }, provider, items }, circumstances): Message => ({
        headline: headline(
            (quoted) =>
                `The ${type} ${quoted} holds ${items.length === 1 ? "a backup item" : `${items.length} backup items`}, and no resource guard protects it.`,
            name,
        ),
        why: `Without a resource guard one account alone can ${type === "Recovery Services vault" ? "switch the vault's soft delete off" : "weaken the vault's protection"} and delete backups. Site Recovery's operations are not guarded: nothing here keeps replication from being disabled.`,
        fix: {
            kind: "in order",
            intro: occasion(circumstances),
            steps: [
                {
                    do: "Have a resource guard made in another subscription or tenant, by people who do not run backups; backup administrators must not be contributors on it.",
                },
                { do: attach(type, provider) },
                {
                    do: "Once it is attached, taking it off again needs the consent of the guard's owners, and so does every guarded operation: tell whoever runs pulumi.",
                },
                { do: "If somebody attaches guards outside of this program, exempt the vault." },
            ],
        },
        sources: [VAULT_SETTINGS.RESOURCE_GUARD.page],
    }),
});

function isGuarded({ guarded }: AnyVault): boolean {
    return guarded?.value.state === "known" && guarded.value.value;
}

function attach(type: VaultInWords["type"], provider: Provider): string {
    const native =
        type === "Recovery Services vault"
            ? "recoveryservices:ResourceGuardProxy"
            : "dataprotection:DppResourceGuardProxy";
    if (provider === "azure-classic" && type === "Recovery Services vault") {
        return "Attach it with azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation: vaultId is this vault's id, resourceGuardId the guard's.";
    }
    return (
        `Attach it with azure-native:${native} in this vault: properties.resourceGuardResourceId is the guard's id` +
        (provider === "azure-classic" ? "; the classic provider has no resource for that." : ".")
    );
}
