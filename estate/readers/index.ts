import { parseTypeToken } from "../type-token";
import { CLASSIC_READERS } from "./azure";
import { AZURE_NATIVE_READERS } from "./azure-native";
import type { Reader } from "./reader";

const READERS = { "azure-native": AZURE_NATIVE_READERS, azure: CLASSIC_READERS };

/** The modules of Azure's providers that machines, disks, backup and replication are made of. */
const OF_PROTECTION = /^azure(-\w+)?:(compute|recoveryservices|dataprotection|backup|siterecovery)[:/]/i;

/** True for a type that may say something about the protection of machines, whether it is read or not. */
export function isOfProtection(type: string): boolean {
    return OF_PROTECTION.test(type);
}

/** The reader of a Pulumi type; undefined for a type that says nothing about protecting machines. */
export function readerOf(type: string): Reader | undefined {
    const token = parseTypeToken(type);
    return token && READERS[token.spelling].get(`${token.module}:${token.name}`);
}
