import { all, compare, compareTwo, firstQuestion, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { headline } from "../../src/findings/message";
import { inOrder } from "../../src/advice/fix";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { isLimited, replicatedItemPolicy } from "./replicated-item";

/** BCDR220: an item that replicates between regions is in a vault of the source region (INT-71, INT-75, A2A-55). */
export const recoveryVaultInSourceRegion = replicatedItemPolicy({
    id: "BCDR220",
    name: "recovery-vault-in-source-region",
    level: "mandatory",
    severity: "high",
    summary: "The vault of a replicated item is in the source region.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Use a Recovery Services vault outside the source region.",

    check: ({ item, estate }) => {
        const vault = estate.vaults.of(item);
        // Azure refuses it when replication is enabled (INT-74). An existing item whose vault is in its source region has
        // failed over, which is fine.
        if (!isLimited(item) || item.lifetime !== "new" || vault.state === "none" || vault.state === "external") {
            return NO;
        }
        if (vault.state === "undecided") {
            return unknownAnswer(item, vault.property);
        }
        const { regions, replication } = estate;
        const at = regions.of(vault.to);
        const isInSource = all([
            compareTwo(vault.to, at, item, replication.sourceRegionOf(item), (one, other) => one === other),
            compare(item, replication.kindOf(item), (kind) => kind !== "between zones"),
        ]);
        return withEvidence(firstQuestion(isInSource), () => ({
            vault: displayName(vault.to),
            region: valueOf(at) ?? "",
            restsOn: [vault.to],
        }));
    },

    message: ({ item, found: [{ vault, region }] }, { dryRun }) => ({
        headline: headline(
            (name, of) => `Replicated item ${name} is in vault ${of}, which is in the source region ${region}.`,
            item.name,
            vault,
        ),
        why: `If ${region} fails, the vault fails too, and you cannot fail over. Site Recovery accepts a vault in any region except the source region.`,
        fix: inOrder(
            [
                {
                    do: "Create a Recovery Services vault in the target region, with its fabrics, containers, container mapping and replication policy.",
                    note: "An item cannot move from one vault to another.",
                },
                {
                    do: `In "${item.name}", set the new vault.`,
                    where: item.inVault,
                    note: `Keep "${vault}" for backups: Azure Backup needs a vault in the VM's region.`,
                },
            ],
            dryRun,
        ),
        sources: [SITE_RECOVERY.VAULT_REGION.page],
    }),
});
