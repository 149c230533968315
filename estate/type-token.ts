/** The provider generation that a resource is spelt in. */
export type Spelling = "azure-native" | "azure";

/** A Pulumi type token, reduced to what tells resources apart: TOK-01 to TOK-06. */
export interface TypeToken {
    readonly spelling: Spelling;
    /** Lower-case module: `recoveryservices`. */
    readonly module: string;
    /** `ProtectedItem`. */
    readonly name: string;
}

// azure-native:compute:VirtualMachine                                  default API version (TOK-01)
// azure-native:compute/v20241101:VirtualMachine                        explicit API version (TOK-02)
// azure-native_compute_v20241101:compute:VirtualMachine                local package (TOK-03)
// azure-native_compute_v20241101:compute/v20241101:VirtualMachine      early form of it (TOK-04)
// azure-nextgen:compute/v20200601:VirtualMachine                       the provider's first name (TOK-06)
const AZURE_NATIVE =
    /^azure-(?:native|nextgen)(?:_[a-z0-9]{1,40}_v\d{8}(?:private)?(?:preview)?)?:([a-z0-9]{1,40})(?:\/v\d{8}(?:private)?(?:preview)?)?:(\w{1,80})$/;

// azure:compute/linuxVirtualMachine:LinuxVirtualMachine                (TOK-05)
const CLASSIC = /^azure:([a-z0-9]{1,40})\/\w{1,80}:(\w{1,80})$/;

/** Undefined for every token that is not Azure's: other providers, components, the stack itself. */
export function parseTypeToken(token: string): TypeToken | undefined {
    const spelling = token.startsWith("azure:") ? "azure" : "azure-native";
    const match = (spelling === "azure" ? CLASSIC : AZURE_NATIVE).exec(token);
    if (match === null) {
        return undefined;
    }
    const [, module = "", name = ""] = match;
    return { spelling, module, name };
}

/** Resource groups are read for their names only: they are part of the id of everything in them. */
export function isResourceGroup(type: string): boolean {
    const token = parseTypeToken(type);
    return token?.name === "ResourceGroup" && token.module === (token.spelling === "azure" ? "core" : "resources");
}

/** True for the URN of a resource of Azure, whatever component it stands in. */
export function isOfAzure(urn: string): boolean {
    const [, , type = ""] = urn.split("::");
    return parseTypeToken(type.slice(type.lastIndexOf("$") + 1)) !== undefined;
}
