import { reader } from "./resource";

/** `azure-native:recoveryservices:Vault` */
export const readVault = reader(
    { armType: "Microsoft.RecoveryServices/vaults", names: ["vaultName"] },
    ({ identity }) => ({ ...identity, kind: "vault" }),
);
