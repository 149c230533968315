import { asSteps } from "../../src/advice/fix";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { READINESS } from "../../src/facts/readiness";
import { stackPolicy } from "../policy";
import { verdictsFrom } from "../verdicts";
import { type Caveat, caveatsOfBackup, caveatsOfReplication } from "./caveats";

interface Parameters {
    readonly vm: string;
    readonly caveats: readonly Caveat[];
}

/** BCDR418: protected, and it works; but whoever recovers the VM has to know what will be different. */
export const protectionCaveat = stackPolicy<Parameters>({
    id: "BCDR418",
    name: "protection-caveat",
    level: "advisory",
    severity: "low",
    summary: "Protection works with a known restriction.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

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

    message: ({ vm, caveats }) => ({
        headline: headline((name) => `VM ${name} is protected, with a catch to know before it is recovered.`, vm),
        why: "What protects it works. Whoever recovers the VM has to expect these differences.",
        facts: caveats.map(({ says, page }) => `${says} ${inBrackets(page)}`),
        fix: {
            kind: "in order",
            intro: "To be ready:",
            steps: asSteps([
                ...caveats.map(({ step }) => step),
                { do: "Try it: a test failover, or a restore beside the VM, shows what is different." },
            ]),
        },
        sources: [caveats[0]?.page ?? READINESS.ENCRYPTION_AT_HOST.page],
    }),
});

function inBrackets({ title, date }: Page): string {
    return `("${title}"${date === undefined ? "" : `, ${date}`})`;
}
