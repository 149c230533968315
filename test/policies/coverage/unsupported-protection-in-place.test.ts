import { osDiskOf, replicatedItem, vm } from "../../harness/azure";
import { ref, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { backupPolicy, retention, withPolicy } from "../../harness/protection-policies";
import { Stack, type SentRound } from "../../harness/stack";
import { SOON } from "../../harness/days";
import { answered } from "../answers";
import {
    cache,
    changed,
    classic,
    native,
    OUTSIDE,
    REPLICATED_WEB,
    stateOf,
    unreplicated,
    UNKNOWN,
    withCache,
} from "../replication/programs";

const HOST = { host: { id: `${OUTSIDE}/providers/Microsoft.Compute/hostGroups/hosts/hosts/one` } };
const ON_HOST = native({ vm: HOST });
const ARM64 = { hardwareProfile: { vmSize: "Standard_D4ps_v5" } };

const unchanged = (program: Program): (() => SentRound) => changed(program, program);

function days(count: number): Program {
    return withPolicy(backupPolicy({ retentionPolicy: retention({ count, durationType: "Days" }) }));
}

function exempting(policy: string): { readonly configuration: Record<string, Record<string, unknown>> } {
    const exemption = { policies: [policy], resource: "web", reason: "Moves in March.", expires: SOON };
    return { configuration: { "shared-settings": { exemptions: [exemption] } } };
}

export const cases = policyCases(__filename, {
    policyId: "BCDR430",
    example: ON_HOST,
    exampleLater: {
        says: "Once all of this exists, at a preview that changes none of it",
        round: (example) => unchanged(example)(),
        state: (example) => stateOf(example)(),
    },
    fixed: { program: native() },
    shows: REPLICATED_WEB,
    holds: [
        { name: "everything is new", round: ON_HOST },
        { name: "the plan changes the VM", round: changed(ON_HOST, native({ vm: { ...HOST, tags: { a: "b" } } })) },
        { name: "the item is new", round: changed(unreplicated({ vm: HOST }), ON_HOST) },
        {
            name: "an item that Azure calls critical",
            round: () => answered(ON_HOST, "item", { replicationHealth: "Critical" }),
        },
        { name: "an existing account that keeps deleted blobs", round: stateOf(withCache({ cache: cache() })) },
        {
            name: "a retention that Azure accepts and the configuration does not",
            round: unchanged(days(14)),
            configuration: { "backup-policy-daily-retention": { minimumDailyRetentionDays: 30 } },
        },
        {
            name: "a retention that neither accepts",
            round: unchanged(days(3)),
            configuration: { "backup-policy-daily-retention": { minimumDailyRetentionDays: 30 } },
        },
        { name: "exempted from the policy itself", round: unchanged(ON_HOST), ...exempting("BCDR204") },
        { name: "exempted from what lists it", round: unchanged(ON_HOST), ...exempting("BCDR430") },
        {
            name: "the policy itself is disabled",
            round: unchanged(ON_HOST),
            configuration: { "replicated-vm-dedicated-host": { enforcementLevel: "disabled" } },
        },
    ],
    violated: [
        { name: "in the exported state", round: stateOf(ON_HOST), on: ["web"] },
        {
            name: "in the update round",
            round: () => {
                const stack = new Stack();
                stack.up(ON_HOST);
                return stack.up(ON_HOST);
            },
            on: ["web"],
        },
        { name: "a backup policy", round: unchanged(days(3)), on: ["policy"] },
        {
            name: "two VMs, and three limits",
            round: unchanged({
                ...native({ vm: { ...HOST, ...ARM64 } }),
                db: vm({ name: "db", over: HOST }),
                dbItem: replicatedItem(ref("db.id"), [osDiskOf("db")]),
            }),
            on: ["db", "web"],
        },
        {
            name: "a classic VM, whose update in place a preview does not show",
            round: changed(classic(), classic({ vm: { size: "Standard_D4ps_v5" } })),
            on: ["web"],
        },
    ],
    undecided: [
        { name: "a host that is not known", round: native({ vm: { host: UNKNOWN } }), waitsFor: '"web": host' },
    ],
    limits: [
        {
            allowed: { name: "another tag of the VM", round: changed(ON_HOST, native({ vm: { ...HOST, tags: {} } })) },
            refused: { name: "the same tags", round: unchanged(ON_HOST), on: ["web"] },
        },
    ],
});
