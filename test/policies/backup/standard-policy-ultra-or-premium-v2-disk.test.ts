import { vm } from "../../harness/azure";
import { roundOf } from "../../harness/phases";
import { ref, text, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { backupPolicy } from "../../harness/protection-policies";
import type { SentRound } from "../../harness/stack";
import {
    backedUp,
    classicItem,
    classicWithDisk,
    CLASSIC_ENHANCED,
    CLASSIC_STANDARD,
    ENHANCED,
    item,
    leavingOut,
    STANDARD,
    withDisk,
    SAYS_ENHANCED,
    UNDER_POLICY,
    WITH_DISK,
} from "./programs";

function withSku(name: Content, policy: Declaration = STANDARD, webBackup: Declaration = item()): Program {
    return withDisk({ sku: { name } }, policy, webBackup);
}

function classic(
    storageAccountType: Content,
    policy: Declaration = CLASSIC_STANDARD,
    webBackup: Declaration = classicItem(),
): Program {
    return classicWithDisk({ storageAccountType }, policy, webBackup);
}

const DEFAULT_POLICY = text`${ref("vault.id")}/backupPolicies/DefaultPolicy`;
const ENHANCED_POLICY = text`${ref("vault.id")}/backupPolicies/EnhancedPolicy`;

/** Under a policy that Azure makes with the vault, whose id is known once the vault is there. */
function deployedUnder(policyId: Content): () => SentRound {
    return () => roundOf(withSku("UltraSSD_LRS", STANDARD, item({ policyId })), "exported state");
}

export const cases = policyCases(__filename, {
    policyId: "BCDR305",
    example: withSku("UltraSSD_LRS"),
    fixed: { program: withSku("UltraSSD_LRS", ENHANCED), says: SAYS_ENHANCED },
    shows: ["data.sku", ...WITH_DISK, ...UNDER_POLICY],
    holds: [
        { name: "an Enhanced policy", round: withSku("UltraSSD_LRS", ENHANCED) },
        { name: "an Enhanced policy, classic", round: classic("UltraSSD_LRS", CLASSIC_ENHANCED) },
        { name: "the Enhanced policy of the vault", round: deployedUnder(ENHANCED_POLICY) },
        { name: "an Ultra disk that is left out", round: withSku("UltraSSD_LRS", STANDARD, leavingOut(1)) },
        {
            name: "an Ultra disk that is left out, classic",
            round: classic("UltraSSD_LRS", CLASSIC_STANDARD, classicItem({ excludeDiskLuns: [1] })),
        },
        {
            name: "a policy outside of the stack",
            round: withSku(
                "UltraSSD_LRS",
                STANDARD,
                item({
                    policyId:
                        "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/hub/providers/Microsoft.RecoveryServices/vaults/hub/backupPolicies/nightly",
                }),
            ),
        },
        {
            name: "backup that is stopped",
            round: withSku("UltraSSD_LRS", STANDARD, item({ protectionState: "ProtectionStopped" })),
        },
    ],
    violated: [
        {
            name: "at the preview of an update",
            round: () => roundOf(withSku("UltraSSD_LRS"), "preview of an update"),
            on: ["web"],
        },
        { name: "no type said", round: withSku("UltraSSD_LRS", backupPolicy()), on: ["web"] },
        {
            name: "a disk that Azure makes along with the VM",
            round: backedUp(
                vm({
                    name: "web",
                    dataDisks: [
                        {
                            lun: 0,
                            createOption: "Empty",
                            diskSizeGB: 64,
                            managedDisk: { storageAccountType: "UltraSSD_LRS" },
                        },
                    ],
                }),
            ),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a type of policy that is not known",
            round: withSku("UltraSSD_LRS", backupPolicy({ policyType: ref("rg.id") })),
            waitsFor: '"policy": properties.policyType',
        },
        { name: "a kind of disk that is not known", round: withSku(ref("rg.id")), waitsFor: '"data": sku.name' },
        {
            name: "which policy it is",
            round: withSku("UltraSSD_LRS", STANDARD, item({ policyId: ENHANCED_POLICY })),
            waitsFor: '"webBackup": properties.policyId',
        },
    ],
    inPlace: [
        { name: "in an exported state", round: () => roundOf(withSku("UltraSSD_LRS"), "exported state"), on: ["web"] },
        { name: "the Standard policy of the vault", round: deployedUnder(DEFAULT_POLICY), on: ["web"] },
    ],
    limits: [
        {
            allowed: { name: "Premium SSD", round: withSku("Premium_LRS") },
            refused: { name: "Premium SSD v2", round: withSku("PremiumV2_LRS"), on: ["web"] },
        },
        {
            allowed: { name: "Premium SSD, classic", round: classic("Premium_LRS") },
            refused: { name: "Premium SSD v2, classic", round: classic("PremiumV2_LRS"), on: ["web"] },
        },
    ],
});
