import { displayName } from "../../src/model/ids/display-name";
import type { AzureResource } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import { undecided, Undecideds, type Verdict } from "../../src/findings/finding";
import { inOrder, type Step } from "../../src/advice/fix";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { stackPolicy } from "../policy";
import { type AnyVault, inWords, type VaultInWords, VAULTS } from "./vaults";

interface Parameters {
    readonly vault: VaultInWords;
    readonly provider: Provider;
    /** What Azure Backup keeps in it. */
    readonly items: readonly string[];
}

/** BCDR508: a vault with backups whose protections one person alone can remove (VLT-05, VLT-26). */
export const vaultMultiUserAuthorization = stackPolicy<Parameters>({
    kinds: VAULTS,
    id: "BCDR508",
    name: "vault-multi-user-authorization",
    level: "disabled",
    severity: "medium",
    summary: "A single account can remove a vault's protection.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "multi-user-authorization"],
    remediationSteps:
        "Attach a resource guard from a subscription or tenant where backup administrators have no rights.",

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
                // An existing vault may be guarded from outside of this program; Azure reports that after the change.
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
                `${type} ${quoted} holds ${items.length === 1 ? "a backup item" : `${items.length} backup items`}, but no resource guard protects it.`,
            name,
        ),
        why: `A single account can ${type === "Recovery Services vault" ? "turn off the vault's soft delete" : "weaken the vault's protection"} and delete backups.`,
        fix: inOrder(
            [
                {
                    do: "Ask a team that does not run backups to create a resource guard in another subscription or tenant.",
                    note: "Backup administrators must not be contributors on it.",
                },
                attach(type, provider),
                {
                    do: "Inform everyone who runs Pulumi.",
                    note: "From now on, guarded operations need the consent of the guard's owners. So does removing the guard.",
                },
            ],
            circumstances.dryRun,
        ),
        notes: [
            ...(type === "Recovery Services vault"
                ? ["A resource guard does not cover Site Recovery. It does not stop anyone from disabling replication."]
                : []),
            "If someone attaches guards outside of this program, exempt the vault.",
        ],
        sources: [VAULT_SETTINGS.RESOURCE_GUARD.page],
    }),
});

function isGuarded({ guarded }: AnyVault): boolean {
    return guarded?.value.state === "known" && guarded.value.value;
}

function attach(type: VaultInWords["type"], provider: Provider): Step {
    if (provider === "azure-classic" && type === "Recovery Services vault") {
        return {
            do: "Attach the guard to this vault: declare a VaultResourceGuardAssociation with the IDs of the vault and of the guard.",
            where: "azure:recoveryservices/vaultResourceGuardAssociation:VaultResourceGuardAssociation: vaultId, resourceGuardId",
        };
    }
    const [module, resource] =
        type === "Recovery Services vault"
            ? ["recoveryservices", "ResourceGuardProxy"]
            : ["dataprotection", "DppResourceGuardProxy"];
    return {
        do: `Attach the guard to this vault: declare a ${resource} with the ID of the guard.`,
        where: `azure-native:${module}:${resource}: properties.resourceGuardResourceId`,
        ...(provider === "azure-classic" ? { note: "The classic provider has no resource for this." } : {}),
    };
}
