import { Undecideds, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import { stackPolicy } from "../policy";
import { verdictsFrom } from "../verdicts";
import { type Caveat, caveatsOfBackup, caveatsOfReplication } from "./caveats";

interface Parameters {
    readonly vm: string;
    readonly caveats: readonly Caveat[];
}

/** BCDR418: the protection works, but the recovered VM will differ from the original, or recovery needs more. */
export const protectionCaveat = stackPolicy<Parameters>({
    kinds: ["backup item", "replicated item"],
    id: "BCDR418",
    name: "protection-caveat",
    level: "advisory",
    severity: "low",
    summary: "A VM is protected with a known restriction.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Prepare for what each finding lists, and run a test failover or a test restore.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        for (const vm of estate.vms) {
            if (vm.urn === undefined || vm.skipped) {
                continue;
            }
            const replication = estate.replication.of(vm);
            const ofReplication = caveatsOfReplication(
                estate,
                vm,
                replication.answer === "yes" ? replication.items : [],
            );
            if (replication.answer === "unknown" && ofReplication.some(({ answer }) => answer === "yes")) {
                yield* undecideds.of(replication);
            }
            const backup = estate.backup.ofWholeVm(vm);
            const answers = [
                ...(replication.answer === "yes" ? ofReplication : []),
                ...(backup.answer === "yes" ? backup.items : []).flatMap((item) => caveatsOfBackup(estate, vm, item)),
            ];
            yield* verdictsFrom(answers, (caveats) => ({
                subject: subjectOf(vm, vm),
                parameters: { vm: estate.names.of(vm), caveats },
                restsOn: [...new Set(caveats.map(({ restsOn }) => restsOn))].flat(),
            }));
        }
    },

    message: ({ vm, caveats }) => {
        const [first] = caveats;
        return {
            headline: headline(
                (name) =>
                    first === undefined || caveats.length > 1
                        ? `VM ${name} is protected, but recovery has ${caveats.length} restrictions.`
                        : first.headline(name),
                vm,
            ),
            why: `The protection works. If nobody prepares for ${caveats.length === 1 ? "this" : "these"}, a recovery takes longer than planned.`,
            facts: caveats.map(({ says }) => says),
            fix: {
                kind: "in order",
                intro: "To prepare:",
                steps: [
                    ...caveats.map(({ step }) => step),
                    { do: "Run a test failover, or restore a copy beside the VM, and check what is different." },
                ],
            },
            sources: [...new Set(caveats.map(({ page }) => page))],
        };
    },
});
