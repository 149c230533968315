import { displayName } from "../../src/model/ids/display-name";
import { kindName } from "../../src/model/kind-names";
import type { BackupVault, Entity, Vault } from "../../src/model/resources";
import type { Circumstances } from "../check";

/** What the policies about vaults have in common. */

export type AnyVault = Vault | BackupVault;

/** How a message calls a vault. */
export interface VaultInWords {
    readonly name: string;
    readonly type: "Recovery Services vault" | "Backup vault";
}

/** What the policies about vaults look at. */
export const VAULTS = ["vault", "backup vault"] as const;

export function isVault(entity: Entity): entity is AnyVault {
    return VAULTS.some((kind) => kind === entity.kind);
}

export function inWords(vault: AnyVault): VaultInWords {
    return {
        name: displayName(vault),
        type: kindName(vault.kind),
    };
}

/** Which vaults gain nothing by what is about backups in the vault: those of Site Recovery, or with operational ones. */
export function unconcerned(type: VaultInWords["type"]): string {
    return type === "Recovery Services vault"
        ? "A vault that serves Site Recovery alone gains nothing by it: exempt it."
        : "A vault with operational backups alone, such as those of disks, gains nothing by it, because they stay beside their source: exempt it.";
}

export function occasion({ dryRun }: Circumstances): string {
    return dryRun ? "Before you apply this plan:" : "To set it right:";
}
