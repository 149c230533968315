import { parseTypeToken, type Provider } from "../ids/type-token";
import { CLASSIC_READERS, RENAMED_CLASSIC_TYPES } from "./azure-classic";
import { AZURE_NATIVE_READERS } from "./azure-native";
import type { Reader } from "./reader";

const READERS: Readonly<Record<Provider, ReadonlyMap<string, Reader>>> = {
    "azure-native": AZURE_NATIVE_READERS,
    "azure-classic": new Map([
        ...CLASSIC_READERS,
        ...[...RENAMED_CLASSIC_TYPES].flatMap(([former, now]) => {
            const reader = CLASSIC_READERS.get(now);
            return reader === undefined ? [] : [[former, reader] as const];
        }),
    ]),
};

/** The modules of Azure's providers that VMs, disks, backup and replication are made of. */
const OF_PROTECTION = /^azure(-\w+)?:(compute|recoveryservices|dataprotection|backup|siterecovery)[:/]/i;

/** True for a type that may say something about the protection of VMs, whether it is read or not. */
export function isOfProtection(type: string): boolean {
    return OF_PROTECTION.test(type);
}

/** The reader of a Pulumi type; undefined for a type that says nothing about protecting VMs. */
export function readerOf(type: string): Reader | undefined {
    const token = parseTypeToken(type);
    return token && READERS[token.provider].get(`${token.module}:${token.name}`);
}
