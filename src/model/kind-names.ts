import type { Kind } from "./resources";

/** What Azure calls a kind of resource, where the model's word is another one. */
const AZURE_NAMES = {
    vault: "Recovery Services vault",
    "backup vault": "Backup vault",
    "vault storage settings": "backup storage configuration",
    "disk backup": "backup instance",
    "disk backup policy": "Disk Backup policy",
    "replication fabric": "fabric",
    "protection container mapping": "container mapping",
} as const;

type AzureNames = typeof AZURE_NAMES;
type NameOf<K extends Kind> = K extends keyof AzureNames ? AzureNames[K] : K;

export function kindName<K extends Kind>(kind: K): NameOf<K> {
    const names: Readonly<Partial<Record<Kind, string>>> = AZURE_NAMES;
    return (names[kind] ?? kind) as NameOf<K>;
}
