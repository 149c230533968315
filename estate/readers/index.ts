import { parseTypeToken } from "../type-token";
import { CLASSIC_READERS } from "./azure";
import { AZURE_NATIVE_READERS } from "./azure-native";
import type { Reader } from "./reader";

const READERS = { "azure-native": AZURE_NATIVE_READERS, azure: CLASSIC_READERS };

/** The reader of a Pulumi type; undefined for a type that says nothing about protecting machines. */
export function readerOf(type: string): Reader | undefined {
    const token = parseTypeToken(type);
    return token && READERS[token.spelling].get(`${token.module}:${token.name}`);
}
