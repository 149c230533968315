import { parseTypeToken } from "../type-token";
import { AZURE_NATIVE_READERS } from "./azure-native";
import type { Reader } from "./azure-native/resource";

/** The reader of a Pulumi type; undefined for a type that says nothing about protecting machines. */
export function readerOf(type: string): Reader | undefined {
    const token = parseTypeToken(type);
    return token && AZURE_NATIVE_READERS.get(`${token.module}:${token.name}`);
}

/** True for the types whose inputs are worth keeping. */
export function isRead(type: string): boolean {
    return readerOf(type) !== undefined;
}
