import { valueOf } from "../../src/model/values";
import type { AzureResource } from "../../src/model/resources";
import { undecided, Undecideds, type Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { NIST } from "../../src/facts/frameworks";
import type { Page } from "../../src/facts/page";
import { READINESS } from "../../src/facts/readiness";
import { stackPolicy } from "../policy";
import { type Catch, catchesOfBackup, catchesOfReplication, type PossibleCatch } from "./catches";

interface Parameters {
    readonly vm: string;
    readonly catches: readonly Catch[];
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
            const possible: (PossibleCatch & { readonly of: readonly AzureResource[] })[] = [];
            const replication = estate.replication(vm);
            if (replication.answer === "yes") {
                const { items } = replication;
                for (const each of catchesOfReplication(estate, vm, items)) {
                    possible.push({ ...each, of: items });
                }
            } else if (catchesOfReplication(estate, vm, []).some(({ applies }) => valueOf(applies) === true)) {
                yield* undecideds.of(replication);
            }
            const backup = estate.vmBackup(vm);
            if (backup.answer === "yes") {
                for (const item of backup.items) {
                    const of = [item];
                    catchesOfBackup(estate, vm, item).forEach((each) => possible.push({ ...each, of }));
                }
            }
            for (const { applies, toldBy } of possible) {
                if (applies.state === "unknown") {
                    yield undecided(toldBy, applies.property);
                }
            }
            const catches = possible.filter(({ applies }) => valueOf(applies) === true);
            if (catches.length > 0) {
                yield {
                    verdict: "violated",
                    subject: subjectOf(vm, vm),
                    parameters: {
                        vm: estate.nameOf(vm),
                        catches: catches.map(({ says, step, page }) => ({ says, step, page })),
                    },
                    restsOn: [...new Set(catches.map(({ of }) => of))].flat(),
                };
            }
        }
    },

    tell: ({ vm, catches }): Message => ({
        headline: headline(
            (name) => `VM ${name} is protected, with a catch to know before it is recovered.`,
            vm,
        ),
        why: "What protects it works. Whoever recovers the VM has to expect these differences.",
        details: catches.map(({ says, page }) => `${says} ${inBrackets(page)}`),
        steps: {
            occasion: "To be ready:",
            list: [
                ...catches.map(({ step }) => step),
                "Try it: a test failover, or a restore beside the VM, shows what is different.",
            ],
        },
        source: catches[0]?.page ?? READINESS.ENCRYPTION_AT_HOST.page,
    }),
});

function inBrackets({ title, date }: Page): string {
    return `("${title}"${date === undefined ? "" : `, ${date}`})`;
}
