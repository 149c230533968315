import { compare, withEvidence } from "../../src/model/answers";
import { valueOf, withDefault } from "../../src/model/values";
import type { Provider } from "../../src/model/ids/type-token";
import { inOrder } from "../../src/advice/fix";
import { headline, type Message } from "../../src/findings/message";
import { writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { backupVaultPolicy, change, exemptible } from "./vaults";

interface Configuration {
    readonly require: Required;
}

/** The least that has to be set. */
const REQUIRED = ["Unlocked", "Locked"] as const;
type Required = (typeof REQUIRED)[number];

interface Mutable {
    readonly property: string;
    readonly planned: string;
    readonly required: Required;
}

const { IMMUTABILITY } = VAULT_SETTINGS;

/** BCDR502: a vault whose backups can be deleted early (VLT-04, VLT-22, VLT-24). */
export const vaultImmutability = backupVaultPolicy<Mutable, Configuration>({
    id: "BCDR502",
    name: "vault-immutability",
    level: "advisory",
    severity: "medium",
    summary: "Backups in a vault can be deleted early.",
    framework: NIST.PROTECTED_BACKUP,
    tags: ["azure-backup", "vault", "immutability"],
    remediationSteps: "Set the vault's immutability to Unlocked. Lock it only when you are sure: nobody can undo that.",
    settings: {
        properties: {
            require: {
                type: "string",
                enum: REQUIRED,
                default: REQUIRED[0],
                description:
                    "`Unlocked`: immutability has to be on, locked or not. `Locked`: it has to be locked, which can never be undone.",
            },
        },
        read: (values) => ({ require: (values["require"] ?? REQUIRED[0]) as Required }),
    },

    check: ({ vault, configuration: { require: required } }) => {
        const { property, value } = vault.immutability;
        const planned = withDefault(value, IMMUTABILITY.limit.whenUnset);
        return withEvidence(
            compare(vault, planned, (state) => !passes(state, required)),
            () => ({ property: writtenAt(vault, property), planned: valueOf(planned) ?? "", required }),
        );
    },

    message: (
        { vault: { name, type }, provider, found: [{ property, planned, required }] },
        circumstances,
    ): Message => ({
        headline: headline(
            (quoted) =>
                passes(planned, "Unlocked")
                    ? `The immutability of ${type} ${quoted} is not locked, but your configuration requires Locked.`
                    : `${type} ${quoted} is not immutable, so its backups can be deleted early.`,
            name,
        ),
        why: passes(planned, "Unlocked")
            ? "An attacker with a backup administrator's account can turn off immutability, and then delete recovery points or shorten retention."
            : "An attacker with a backup administrator's account can delete recovery points or shorten retention.",
        fix: inOrder(
            [
                ...(passes(planned, "Unlocked")
                    ? [{ do: `Check that ${NOBODY}.` }]
                    : [
                          change("Turn on immutability", `${property} = "Unlocked"`, circumstances, [
                              "You can turn it off again.",
                              ...(required === "Locked" ? [TRY_OUT] : []),
                          ]),
                      ]),
                ...(required === "Locked"
                    ? [
                          change("Lock immutability", `${property} = "Locked"`, circumstances, [
                              "Nobody can ever undo this.",
                              ...leavingLocked(provider),
                          ]),
                      ]
                    : []),
            ],
            circumstances.dryRun,
        ),
        notes: [
            ...(required === "Locked"
                ? []
                : [
                      `Unlocked immutability can be turned off by an attacker, too. "Locked" is stronger, but nobody can ever undo it. ${TRY_OUT}`,
                      ...leavingLocked(provider),
                  ]),
            exemptible(type),
        ],
        sources: [IMMUTABILITY.page],
    }),
});

function passes(planned: string, required: Required): boolean {
    const state = planned.toLowerCase();
    return state === "locked" || (state === "unlocked" && required === "Unlocked");
}

const NOBODY = "nobody needs to delete backups early or shorten retention";
const TRY_OUT = `Before you lock it, check that ${NOBODY}.`;

function leavingLocked(provider: Provider): readonly string[] {
    return provider === "azure-classic"
        ? ["If the program later changes the setting of a locked vault, Pulumi replaces the vault."]
        : [];
}
