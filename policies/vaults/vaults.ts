import { type Answer, type Evidence, given, NO, YES } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { displayName } from "../../src/model/ids/display-name";
import { kindName } from "../../src/model/kind-names";
import type { BackupVault, Entity, Vault } from "../../src/model/resources";
import type { Provider } from "../../src/model/ids/type-token";
import type { InputChange } from "../../src/findings/finding";
import type { Step } from "../../src/advice/fix";
import type { Message } from "../../src/findings/message";
import type { Circumstances } from "../check";
import {
    identityOf,
    type PolicyIdentity,
    resourcePolicy,
    type ResourcePolicy,
    type Settings,
    stackPolicy,
    type StackPolicy,
} from "../policy";
import { verdictsOf } from "../verdicts";

/** What the policies about vaults have in common. */

export type AnyVault = Vault | BackupVault;

/** How a message names a vault. */
export interface VaultInWords {
    readonly name: string;
    readonly type: "Recovery Services vault" | "Backup vault";
}

/** What the policies about vaults look at. */
export const VAULTS = ["vault", "backup vault"] as const;

export function isVault(entity: Entity): entity is AnyVault {
    return VAULTS.some((kind) => kind === entity.kind);
}

interface WeakVault<Fact> {
    readonly vault: VaultInWords;
    readonly provider: Provider;
    readonly found: Evidence<Fact>;
}

interface VaultPolicy<Fact, Configuration> extends PolicyIdentity {
    readonly settings?: Settings<Configuration>;
    readonly check: (of: { readonly vault: AnyVault; readonly configuration: Configuration }) => Answer<Fact>;
    readonly message: (parameters: WeakVault<Fact>, circumstances: Circumstances) => Message;
    readonly remediation?: (parameters: WeakVault<Fact>) => readonly InputChange[];
}

/** A policy about the settings of a vault, of either kind, whatever it is for. */
export function vaultPolicy<Fact, Configuration = undefined>(policy: VaultPolicy<Fact, Configuration>): ResourcePolicy {
    const { settings, check, message, remediation } = policy;
    return resourcePolicy<AnyVault["kind"], WeakVault<Fact>, Configuration>({
        ...identityOf(policy),
        ...(settings === undefined ? {} : { settings }),
        ...(remediation === undefined ? {} : { remediation }),
        kinds: VAULTS,
        message,
        evaluate: ({ entity: vault }, configuration) =>
            verdictsOf(vault, check({ vault, configuration }), (found) => ({
                vault: inWords(vault),
                provider: vault.provider,
                found,
            })),
    });
}

/** A policy about how a vault keeps backups: one that keeps none does not concern it. */
export function backupVaultPolicy<Fact, Configuration = undefined>(
    policy: Omit<VaultPolicy<Fact, Configuration>, "remediation">,
): StackPolicy {
    const { settings, check, message } = policy;
    return stackPolicy<WeakVault<Fact>, Configuration>({
        kinds: VAULTS,
        ...identityOf(policy),
        ...(settings === undefined ? {} : { settings }),
        message,
        *evaluate({ estate }, configuration) {
            for (const vault of [...estate.vaults.recoveryServicesVaults, ...estate.vaults.backupVaults]) {
                if (!vault.skipped) {
                    const weak = given(keepsBackups(estate, vault), check({ vault, configuration }));
                    yield* verdictsOf(vault, weak, (found) => ({
                        vault: inWords(vault),
                        provider: vault.provider,
                        found,
                    }));
                }
            }
        },
    });
}

function keepsBackups({ vaults, backup }: Estate, vault: AnyVault): Answer {
    return vault.kind === "vault"
        ? vaults.servesMoreThanSiteRecovery(vault)
        : vaults.servesDisksAlone(vault, (each) => ["linked", "external"].includes(backup.diskOf(each).state))
          ? NO
          : YES;
}

export function inWords(vault: AnyVault): VaultInWords {
    return {
        name: displayName(vault),
        type: kindName(vault.kind),
    };
}

/** Which vaults do not need what is about backups in the vault: those of Site Recovery, or with operational ones. */
export function exemptible(type: VaultInWords["type"]): string {
    return type === "Recovery Services vault"
        ? "If other stacks use the vault only for Site Recovery, it does not need this setting: exempt it."
        : "If other stacks keep only operational backups in it, such as those of disks, it does not need this setting: exempt it. These backups are not stored in the vault.";
}

/** A change of the program, with the command that applies it where the vault is deployed already. */
export function change(text: string, where: string, { dryRun }: Circumstances, notes: readonly string[] = []): Step {
    return {
        ...(dryRun ? { do: `${text}.` } : { do: `${text}. Then apply the change:`, commands: ["pulumi up"] }),
        where,
        ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
    };
}

/** Pulumi changes the inputs itself. */
export const REMEDIATE: Step = {
    do: 'Set the enforcement level of this policy to "remediate". Pulumi then changes the setting itself at the next update.',
};
