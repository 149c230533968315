import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    classicBackupVault,
    classicVault,
    deployed,
    nativeBackupVault,
    nativeVault,
    updated,
} from "../../harness/vaults";

const KEY = "https://keys.vault.azure.net/keys/backup";
const IDENTITY =
    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup";

function native(keyUri: Content): Program {
    return nativeVault({ encryption: { keyVaultProperties: { keyUri } } });
}

/** With an identity that may use the key. */
function withKey(): Program {
    const { vault, ...program } = nativeVault({
        encryption: { keyVaultProperties: { keyUri: KEY }, kekIdentity: { userAssignedIdentity: IDENTITY } },
    });
    const properties = {
        ...vault?.properties,
        identity: { type: "UserAssigned", userAssignedIdentities: [IDENTITY] },
    };
    return { ...program, vault: { type: vault?.type ?? "", properties } };
}

function nativeBackup(encryptionSettings: Properties): Program {
    return nativeBackupVault({ securitySettings: { encryptionSettings } });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR507",
    example: nativeVault({}),
    fixed: {
        program: withKey(),
        says: "Turn on soft delete and purge protection for the key vault, and let the identity use the key. Then set the key and the identity before the vault has its first item:",
    },
    holds: [
        { name: "a key, once deployed", round: deployed(native(KEY)) },
        { name: "a key that this plan makes", round: native(ref("rg.id")) },
        {
            name: "a key that this plan makes, classic",
            round: classicVault({ encryption: { keyId: ref("rg.id"), infrastructureEncryptionEnabled: true } }),
        },
        {
            name: "a key, Backup vault",
            round: nativeBackup({ state: "Enabled", keyVaultProperties: { keyUri: KEY } }),
        },
        {
            name: "a key without a state, Backup vault",
            round: nativeBackup({ keyVaultProperties: { keyUri: KEY } }),
        },
        {
            name: "a classic Backup vault, whose key is a resource of its own",
            round: classicBackupVault({}),
        },
    ],
    violated: [
        { name: "no key, classic", round: classicVault({}), on: ["vault"] },
        { name: "no key, Backup vault", round: nativeBackupVault({}), on: ["vault"] },
        {
            name: "a key that is switched off, Backup vault",
            round: nativeBackup({ state: "Disabled", keyVaultProperties: { keyUri: KEY } }),
            on: ["vault"],
        },
        { name: "no key, once deployed", round: deployed(nativeVault({})), on: ["vault"] },
        {
            name: "no key, at the preview of an update",
            round: updated(nativeVault({})),
            on: ["vault"],
        },
    ],
    undecided: [
        {
            name: "an encryption that is not known as a whole",
            round: nativeVault({ encryption: ref("rg.tags") }),
            waitsFor: '"vault": properties.encryption',
        },
        {
            name: "a key of which nobody knows whether it is used",
            round: nativeBackup({ state: ref("rg.id"), keyVaultProperties: { keyUri: KEY } }),
            waitsFor: '"vault": properties.securitySettings.encryptionSettings.state',
        },
    ],
    limits: [
        {
            allowed: { name: "a key", round: native(KEY) },
            refused: { name: "no key", round: nativeVault({}), on: ["vault"] },
        },
    ],
});
