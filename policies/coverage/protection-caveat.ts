import type { AzureResource } from "../../src/model/resources";
import { undecidedBy, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { READINESS } from "../../src/facts/readiness";
import { stackPolicy } from "../policy";
import { type Caveat, caveatsOfBackup, caveatsOfReplication, type PossibleCaveat } from "./caveats";

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
            const possible: (PossibleCaveat & { readonly of: readonly AzureResource[] })[] = [];
            const replication = estate.replication.of(vm);
            if (replication.answer === "yes") {
                const { items } = replication;
                for (const each of caveatsOfReplication(estate, vm, items)) {
                    possible.push({ ...each, of: items });
                }
            } else if (caveatsOfReplication(estate, vm, []).some(({ applies }) => applies.answer === "yes")) {
                yield* undecideds.of(replication);
            }
            const backup = estate.backup.ofWholeVm(vm);
            if (backup.answer === "yes") {
                for (const item of backup.items) {
                    const of = [item];
                    caveatsOfBackup(estate, vm, item).forEach((each) => possible.push({ ...each, of }));
                }
            }
            yield* possible.flatMap(({ applies }) => undecidedBy(applies));
            const caveats = possible.filter(({ applies }) => applies.answer === "yes");
            if (caveats.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm, vm),
                    parameters: {
                        vm: estate.names.of(vm),
                        caveats: caveats.map(({ says, step, page }) => ({ says, step, page })),
                    },
                    restsOn: [...new Set(caveats.map(({ of }) => of))].flat(),
                };
            }
        }
    },

    message: ({ vm, caveats }): Message => ({
        headline: headline((name) => `VM ${name} is protected, with a catch to know before it is recovered.`, vm),
        why: "What protects it works. Whoever recovers the VM has to expect these differences.",
        details: caveats.map(({ says, page }) => `${says} ${inBrackets(page)}`),
        steps: {
            occasion: "To be ready:",
            list: [
                ...caveats.map(({ step }) => step),
                "Try it: a test failover, or a restore beside the VM, shows what is different.",
            ],
        },
        source: caveats[0]?.page ?? READINESS.ENCRYPTION_AT_HOST.page,
    }),
});

function inBrackets({ title, date }: Page): string {
    return `("${title}"${date === undefined ? "" : `, ${date}`})`;
}
