import { NIST } from "../../support/frameworks";
import { resourcePolicy, type Settings } from "../policy";
import { VAULTS } from "../vaults";
import { notImmutable, REQUIRED, type Configuration } from "./not-immutable";

const settings: Settings<Configuration> = {
    properties: {
        require: {
            type: "string",
            enum: REQUIRED,
            default: REQUIRED[0],
            description:
                "`Unlocked`: immutability has to be on, locked or not. `Locked`: it has to be locked, which can never be taken back.",
        },
    },
    read: (values) => ({ require: (values["require"] ?? REQUIRED[0]) as Configuration["require"] }),
};

export const vaultImmutability = resourcePolicy({
    name: "vault-immutability",
    displayName: "Immutable vaults",
    description: "Backups in a vault can be deleted early.",
    level: "advisory",
    severity: "medium",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "immutability"],
    remediationSteps: "Set the vault's immutability to Unlocked; lock it once it has proved itself.",
    settings,
    looksAt: VAULTS,
    rules: [notImmutable],
});
