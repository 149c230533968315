import { parseUrn } from "./urn";

/** The provider generation that a resource is spelt in. */
export type Provider = "azure-native" | "azure-classic";

/** A Pulumi type token, reduced to what tells resources apart: TOK-01 to TOK-06. */
export interface TypeToken {
    readonly provider: Provider;
    /** Lower-case module: `recoveryservices`. */
    readonly module: string;
    /** `ProtectedItem`. */
    readonly name: string;
    /** `2024-10-01`, where the token says it. */
    readonly apiVersion: string | undefined;
}

// azure-native:compute:VirtualMachine                                  default API version (TOK-01)
// azure-native:compute/v20241101:VirtualMachine                        explicit API version (TOK-02)
// azure-native_compute_v20241101:compute:VirtualMachine                local package (TOK-03)
// azure-native_compute_v20241101:compute/v20241101:VirtualMachine      early form of it (TOK-04)
// azure-nextgen:compute/v20200601:VirtualMachine                       the provider's first name (TOK-06)
// azure-nextgen:compute/latest:VirtualMachine                          version by a word: latest, preview (SEE-55)
const AZURE_NATIVE =
    /^azure-(?:native|nextgen)(?:_\w{1,80})?:(?<module>[a-z0-9]{1,40})(?:\/\w{1,40})?:(?<name>\w{1,80})$/i;
const API_VERSION = /[/_]v(\d{4})(\d{2})(\d{2})/;

// azure:compute/linuxVirtualMachine:LinuxVirtualMachine                (TOK-05)
// azure:compute:LinuxVirtualMachine                                    as YAML programs write it
const CLASSIC = /^azure:(?<module>[a-z0-9]{1,40})(?:\/\w{1,80})?:(?<name>\w{1,80})$/i;

/** A program has few types and many resources, and each of them is asked for its type by every policy. */
const PARSED = new Map<string, TypeToken | undefined>();

/** Undefined for every token that is not Azure's: other providers, components, the stack itself. */
export function parseTypeToken(token: string): TypeToken | undefined {
    if (!PARSED.has(token)) {
        PARSED.set(token, parsed(token));
    }
    return PARSED.get(token);
}

function parsed(token: string): TypeToken | undefined {
    const provider = token.startsWith("azure:") ? "azure-classic" : "azure-native";
    const groups = (provider === "azure-classic" ? CLASSIC : AZURE_NATIVE).exec(token)?.groups;
    if (groups === undefined) {
        return undefined;
    }
    const { module = "", name = "" } = groups;
    const version = provider === "azure-classic" ? null : API_VERSION.exec(token);
    // `pulumi package add` takes a module in any case and keeps it so (SEE-55).
    return { provider, module: module.toLowerCase(), name, apiVersion: version?.slice(1).join("-") };
}

/** Resource groups are read for their names only: they are part of the id of everything in them. */
export function isResourceGroup(type: string): boolean {
    const token = parseTypeToken(type);
    return (
        token?.name === "ResourceGroup" && token.module === (token.provider === "azure-classic" ? "core" : "resources")
    );
}

/** True for the URN of a resource of Azure, whatever component it belongs to. */
export function isOfAzure(urn: string): boolean {
    return parseTypeToken(parseUrn(urn).type) !== undefined;
}
