import { compare, withEvidence } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import type { Provider } from "../../src/model/ids/type-token";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { occasion, unconcerned, vaultPolicy } from "./vaults";

interface Configuration {
    readonly require: Required;
}

/** What has to be there at least. */
const REQUIRED = ["Unlocked", "Locked"] as const;
type Required = (typeof REQUIRED)[number];

interface Mutable {
    readonly property: string;
    readonly planned: string;
    readonly required: Required;
}

const { IMMUTABILITY } = VAULT_SETTINGS;

/** BCDR502: a vault whose backups can be deleted early (VLT-04, VLT-22, VLT-24). */
export const vaultImmutability = vaultPolicy<Mutable, Configuration>({
    id: "BCDR502",
    name: "vault-immutability",
    level: "advisory",
    severity: "medium",
    summary: "Backups in a vault can be deleted early.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "immutability"],
    remediationSteps: "Set the vault's immutability to Unlocked; lock it once it has proved itself.",
    settings: {
        properties: {
            require: {
                type: "string",
                enum: REQUIRED,
                default: REQUIRED[0],
                description:
                    "`Unlocked`: immutability has to be on, locked or not. `Locked`: it has to be locked, which can never be taken back.",
            },
        },
        read: (values) => ({ require: (values["require"] ?? REQUIRED[0]) as Required }),
    },

    check: ({ vault, configuration: { require: required } }) => {
        const { property, value } = vault.immutability;
        const planned = withDefault(value, IMMUTABILITY.limit.whenUnset);
        return withEvidence(
            compare(vault, planned, (state) => !passes(state, required)),
            () => ({ property, planned: valueOf(planned) ?? "", required }),
        );
    },

    message: (
        { vault: { name, type }, provider, found: [{ property, planned, required }] },
        circumstances,
    ): Message => ({
        headline: headline(
            (quoted) =>
                passes(planned, "Unlocked")
                    ? `The immutability of the ${type} ${quoted} is not locked, as this configuration asks.`
                    : `The ${type} ${quoted} is not immutable: its backups can be deleted early.`,
            name,
        ),
        why: "Without immutability, whoever takes over a backup administrator's account can delete recovery points and cut retention; while it is unlocked, they can switch it off first.",
        fix: {
            kind: "in order",
            intro: occasion(circumstances),
            steps: [
                {
                    do: `Set ${property} to "Unlocked"${circumstances.dryRun ? "" : " and run pulumi up"}. That can be taken back; try out whether anybody has to delete backups early or shorten their retention.`,
                },
                {
                    do:
                        required === "Locked"
                            ? `Then set it to "Locked", as this configuration asks. Nobody can ever take Locked back.${leavingLocked(provider)}`
                            : `"Locked" is stronger, but nobody can ever take it back; this configuration does not ask for it.${leavingLocked(provider)}`,
                },
                { do: unconcerned(type) },
            ],
        },
        sources: [IMMUTABILITY.page],
    }),
});

function passes(planned: string, required: Required): boolean {
    const state = planned.toLowerCase();
    return state === "locked" || (state === "unlocked" && required === "Unlocked");
}

function leavingLocked(provider: Provider): string {
    return provider === "azure-classic" ? " A program that leaves Locked asks for another vault in its place." : "";
}
