import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { valueOf } from "../../src/model/values";
import type { AzureResource, Vault, VaultStorageSettings } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { inOrder } from "../../src/advice/fix";
import { named } from "../../src/advice/re-protection";
import { writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { VAULT_SETTINGS } from "../../src/facts/vault-settings";
import { all, type Answer, isTrue, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { stackPolicy } from "../policy";
import { verdictsFrom } from "../verdicts";

interface Parameters {
    readonly config: string;
    readonly vault: string;
    /** Where the program has both settings of the vault. */
    readonly settings: string;
}

const { page } = VAULT_SETTINGS.REDUNDANCY_TWICE;

/** BCDR509: redundancy set on the vault and in the older resource below it, which Azure then refuses (VLT-33). */
export const vaultRedundancySetTwice = stackPolicy<Parameters>({
    kinds: ["vault storage settings"],
    id: "BCDR509",
    name: "vault-redundancy-set-twice",
    level: "mandatory",
    severity: "medium",
    summary: "A vault's redundancy is set in two places.",
    framework: NIST.ALTERNATE_STORAGE,
    tags: ["azure-backup", "vault", "redundancy"],
    remediationSteps: "Set redundancy and cross-region restore on the vault, and remove the older resource.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const config of estate.all("vault storage settings")) {
            yield* verdictsFrom(setTwice(estate, config), ([vault]) => ({
                subject: subjectOf(config),
                parameters: {
                    config: named(config).name,
                    vault: displayName(vault),
                    settings: [vault.redundancy?.property ?? "", vault.crossRegionRestore.property]
                        .map((property) => writtenAt(vault, property))
                        .join(", "),
                },
                restsOn: [config, vault],
            }));
        }
    },

    message: ({ config, vault, settings }, { dryRun }): Message => ({
        headline: headline(
            (name, other) =>
                `The redundancy of vault ${name} is set on the vault and in ${other}, which Azure refuses.`,
            vault,
            config,
        ),
        why: "Once the redundancy is set on the vault, Azure answers the older resource with BMSUserErrorRedundancySettingsUseVaultApi. The deployment fails.",
        fix: inOrder(
            [
                {
                    do: `Set on "${vault}" what "${config}" sets.`,
                    where: settings,
                    note: "The redundancy cannot change once the vault has held an item.",
                },
                {
                    do: `Remove "${config}" from the program.`,
                    note: "The vault keeps its redundancy.",
                },
            ],
            dryRun,
        ),
        sources: [page],
    }),
});

/** Both in one program. Of what exists and stays unchanged, nothing is sent to Azure. */
function setTwice(estate: Estate, config: VaultStorageSettings): Answer<Vault> {
    const link = estate.vaults.holding(config);
    if (
        config.skipped ||
        valueOf(config.setsRedundancy) === false ||
        link.state === "external" ||
        link.state === "none"
    ) {
        return NO;
    }
    if (link.state === "undecided") {
        return unknownAnswer(config, link.property);
    }
    const { to: vault } = link;
    if (isLeftAlone(config) && isLeftAlone(vault)) {
        return NO;
    }
    return withEvidence(all([isTrue(config, config.setsRedundancy), isTrue(vault, vault.setsRedundancy)]), () => vault);
}

function isLeftAlone({ lifetime, isUpdated }: AzureResource): boolean {
    return lifetime === "existing" && !isUpdated;
}
