import { vm, SURROUNDINGS, vault } from "../../harness/azure";
import { protectedVm } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack, type SentRound } from "../../harness/stack";
import { backedUp, item } from "./programs";

const WEB = vm({ name: "web" });
/** Of the subscription in which the items of these programs are made. */
const HUB = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub";
const OUTSIDE = `${HUB}/providers/Microsoft.Compute/virtualMachines/web`;
const VAULTS = `${HUB}/providers/Microsoft.RecoveryServices/vaults`;

function second(vaultName: Content, over: Properties = {}, vmId: Content = ref("web.id")): Declaration {
    const declared = item(over, vmId);
    return { ...declared, properties: { ...declared.properties, vaultName } };
}

function with2(other: Declaration): Program {
    return { ...backedUp(WEB), otherVault: vault("old-backup"), otherBackup: other };
}

/** An item that names a vault outside of the stack, which a second one of the other provider comes to name. */
function inOutsideVault(classic: Program): Program {
    const first = second("central", { policyId: `${VAULTS}/central/backupPolicies/EnhancedPolicy` });
    const properties = { ...first.properties, resourceGroupName: "hub" };
    return { ...SURROUNDINGS, web: WEB, webBackup: { ...first, properties }, ...classic };
}

function classicItemIn(recoveryVaultName: string): Program {
    const backupPolicyId = `${VAULTS}/${recoveryVaultName}/backupPolicies/EnhancedPolicy`;
    return { again: protectedVm(ref("web.id"), { resourceGroupName: "HUB", recoveryVaultName, backupPolicyId }) };
}

function addedLater(recoveryVaultName: string): () => SentRound {
    return () => {
        const stack = new Stack();
        stack.up(inOutsideVault({}));
        return stack.preview(inOutsideVault(classicItemIn(recoveryVaultName)));
    };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR302",
    example: with2(second(ref("otherVault.name"))),
    holds: [
        { name: "one item", round: backedUp(WEB) },
        {
            name: "stopped in the other vault",
            round: with2(second(ref("otherVault.name"), { protectionState: "ProtectionStopped" })),
        },
        {
            name: "stopped in the other vault, in an exported state",
            round: () =>
                roundOf(
                    with2(second(ref("otherVault.name"), { protectionState: "ProtectionStopped" })),
                    "exported state",
                ),
        },
    ],
    violated: [
        {
            name: "a classic item in the other vault",
            round: with2(protectedVm(ref("web.id"), { recoveryVaultName: ref("otherVault.name") })),
            on: ["web"],
        },
        {
            name: "in an exported state",
            round: () => roundOf(with2(second(ref("otherVault.name"))), "exported state"),
            on: ["web"],
        },
        {
            name: "a vault outside of the stack",
            round: with2({
                ...second("hub-backup"),
                properties: { ...second("hub-backup").properties, resourceGroupName: "hub" },
            }),
            on: ["web"],
        },
        {
            name: "a VM outside of the stack",
            round: {
                ...with2(second(ref("otherVault.name"), {}, OUTSIDE)),
                webBackup: item({}, OUTSIDE),
            },
            on: ["otherBackup"],
        },
    ],
    undecided: [
        {
            name: "a vault that is not known",
            round: with2(second(ref("web.vmId"))),
            waitsFor: '"otherBackup": vaultName',
        },
        {
            name: "an item that may be stopped",
            round: with2(second(ref("otherVault.name"), { protectionState: ref("rg.id") })),
            waitsFor: '"otherBackup": properties.protectionState',
        },
    ],
    limits: [
        {
            allowed: { name: "a second item in one vault outside of the stack", round: addedLater("Central") },
            refused: { name: "one in another vault outside of the stack", round: addedLater("other"), on: ["web"] },
        },
        {
            allowed: { name: "two items in one vault", round: with2(second(ref("vault.name"))) },
            refused: { name: "two items in two vaults", round: with2(second(ref("otherVault.name"))), on: ["web"] },
        },
    ],
});
