/** A Pulumi type token, reduced to what tells resources apart: TOK-01 to TOK-03. */
export interface TypeToken {
    readonly provider: "azure-native";
    /** Lower-case module: `recoveryservices`. */
    readonly module: string;
    /** `ProtectedItem`. */
    readonly name: string;
}

// azure-native:compute:VirtualMachine                                  default API version (TOK-01)
// azure-native:compute/v20241101:VirtualMachine                        explicit API version (TOK-02)
// azure-native_compute_v20241101:compute:VirtualMachine                local package (TOK-03)
const AZURE_NATIVE =
    /^azure-native(?:_[a-z0-9]{1,40}_v\d{8}(?:private)?(?:preview)?)?:([a-z0-9]{1,40})(?:\/v\d{8}(?:private)?(?:preview)?)?:(\w{1,80})$/;

/** Undefined for every token that is not azure-native's: other providers, components, the stack itself. */
export function parseTypeToken(token: string): TypeToken | undefined {
    const match = AZURE_NATIVE.exec(token);
    if (match === null) {
        return undefined;
    }
    const [, module = "", name = ""] = match;
    return { provider: "azure-native", module, name };
}

/** Resource groups are read for their names only: they are part of the id of everything in them. */
export function isResourceGroup(type: string): boolean {
    const token = parseTypeToken(type);
    return token?.module === "resources" && token.name === "ResourceGroup";
}
