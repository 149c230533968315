import { resourceGroup, vm, SURROUNDINGS, vault } from "../../harness/azure";
import { protectedVm } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
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

/** In the old vault, under a policy there. */
function inOld(over: Properties = {}, vmId?: Content): Declaration {
    return second(
        ref("oldVault.name"),
        { policyId: text`${ref("oldVault.id")}/backupPolicies/EnhancedPolicy`, ...over },
        vmId,
    );
}

function with2(other: Declaration): Program {
    return { ...backedUp(WEB), rg: resourceGroup("shop"), oldVault: vault("old-backup"), oldBackup: other };
}

const STOPPED = with2(inOld({ protectionState: "ProtectionStopped" }));

/** The preview of a second item, after the backup in the old vault has been stopped. */
function afterStop(): SentRound {
    const stack = new Stack();
    for (const { webBackup: _, ...program } of [with2(inOld()), STOPPED]) {
        stack.up(program);
    }
    return stack.preview(STOPPED);
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
    example: with2(inOld()),
    fixed: {
        program: STOPPED,
        round: afterStop,
        says: "Stop the backup in the old vault, and apply that change before you add `webBackup`:",
    },
    shows: [
        "webBackup.vaultName",
        "webBackup.properties.sourceResourceId",
        "oldBackup.vaultName",
        "oldBackup.properties.sourceResourceId",
    ],
    holds: [
        { name: "one item", round: backedUp(WEB) },
        { name: "stopped in the other vault", round: STOPPED },
        {
            name: "stopped in the other vault, in an exported state",
            round: () => roundOf(STOPPED, "exported state"),
        },
    ],
    violated: [
        {
            name: "a classic item in the other vault",
            round: with2(protectedVm(ref("web.id"), { recoveryVaultName: ref("oldVault.name") })),
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
                ...with2(inOld({}, OUTSIDE)),
                webBackup: item({}, OUTSIDE),
            },
            on: ["oldBackup"],
        },
    ],
    undecided: [
        {
            name: "a vault that is not known",
            round: with2(second(ref("web.vmId"))),
            waitsFor: '"oldBackup": vaultName',
        },
        {
            name: "an item that may be stopped",
            round: with2(inOld({ protectionState: ref("rg.id") })),
            waitsFor: '"oldBackup": properties.protectionState',
        },
    ],
    inPlace: [
        {
            name: "in an exported state",
            round: () => roundOf(with2(inOld()), "exported state"),
            on: ["web"],
        },
    ],
    limits: [
        {
            allowed: { name: "a second item in one vault outside of the stack", round: addedLater("Central") },
            refused: { name: "one in another vault outside of the stack", round: addedLater("other"), on: ["web"] },
        },
        {
            allowed: { name: "two items in one vault", round: with2(second(ref("vault.name"))) },
            refused: { name: "two items in two vaults", round: with2(inOld()), on: ["web"] },
        },
    ],
});
