import { displayName } from "../../src/model/ids/display-name";
import { valueOf } from "../../src/model/values";
import { linkedTo } from "../../src/model/link";
import { undecided, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { named } from "../../src/advice/re-protection";
import { inOrder, itemToChange, type ItemToChange } from "../../src/advice/replication-support";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { isAzureToAzure } from "./replicated-vm";

interface Parameters {
    readonly item: ItemToChange;
    readonly vault: string;
    readonly region: string;
}

/** BCDR220: an item that replicates between regions is in a vault of the source region (INT-71, INT-75, A2A-55). */
export const recoveryVaultInSourceRegion = stackPolicy<Parameters>({
    id: "BCDR220",
    name: "recovery-vault-in-source-region",
    level: "mandatory",
    severity: "high",
    summary: "A Recovery Services vault is in the region it replicates from.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Each finding says what to change.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const item of estate.replication.items) {
            const vault = estate.vaults.of(item);
            if (item.skipped || !isAzureToAzure(item) || valueOf(item.failedOver) === true || vault.state === "none") {
                continue;
            }
            // Azure refuses it when replication is enabled (INT-74). An item that is there and has its vault beside its
            // source was turned round by a failover, and is as it should be.
            if (vault.state === "external" || item.lifetime !== "new") {
                continue;
            }
            if (vault.state === "undecided") {
                yield undecided(item, vault.property);
                continue;
            }
            const source = estate.replication.sourceRegionOf(item);
            const at = estate.regions.of(vault.to);
            const kind = estate.replication.kindOf(item);
            const isElsewhere = source.state === "known" && at.state === "known" && source.value !== at.value;
            const isExternal = [source, at, kind].some(({ state }) => state === "absent");
            if (isElsewhere || isExternal || valueOf(kind) === "between zones") {
                continue;
            }
            if (at.state === "unknown") {
                yield undecided(vault.to, at.property);
            } else if (source.state === "unknown" || kind.state === "unknown") {
                const property =
                    source.state === "unknown" ? source.property : kind.state === "unknown" ? kind.property : "";
                yield undecided(item, property);
            } else {
                const vm = estate.protectedVms.of(item);
                yield {
                    verdict: "violated",
                    subject: subjectOf(item, linkedTo(vm)),
                    parameters: {
                        item: itemToChange(item, named(item).name),
                        vault: displayName(vault.to),
                        region: valueOf(at) ?? "",
                    },
                    restsOn: [item, vault.to],
                };
            }
        }
    },

    message: ({ item, vault, region }, { dryRun }) => ({
        headline: headline(
            (name, of) => `The replicated item ${name} is in the vault ${of}, in its own source region ${region}.`,
            item.name,
            vault,
        ),
        why: "If the region fails, the vault fails with it, and with it the failover. Site Recovery takes any region for it but the source.",
        steps: inOrder(
            [
                "Make a Recovery Services vault in the target region, with its fabrics, containers, mapping and policy. An item cannot move from one vault to another.",
                `Let ${item.inVault} of "${item.name}" name that vault.`,
                `Keep "${vault}" for backups: Azure Backup needs a vault in the VM's region.`,
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.VAULT_REGION.page,
    }),
});
