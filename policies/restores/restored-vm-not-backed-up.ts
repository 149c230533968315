import type { Provider } from "../../src/model/ids/type-token";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { READINESS } from "../../src/facts/readiness";
import { stackPolicy } from "../policy";
import { copiesWithoutBackup, isOpen } from "./restored-copies";

interface Parameters {
    readonly copy: string;
    readonly provider: Provider;
    readonly original: string;
    readonly isRenamed: boolean;
}

/** BCDR419: a VM restored under another name or into another group, which the original's backup does not follow. */
export const restoredVmNotBackedUp = stackPolicy<Parameters>({
    id: "BCDR419",
    name: "restored-vm-not-backed-up",
    level: "advisory",
    severity: "medium",
    summary: "A restored copy of a VM is not backed up.",
    framework: NIST.CONTINGENCY_PLAN,
    tags: ["azure-backup", "site-recovery", "readiness"],
    remediationSteps: "Each finding says what it takes.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const each of copiesWithoutBackup(estate)) {
            if (isOpen(each)) {
                yield each;
                continue;
            }
            const { copy, original, isRenamed } = each;
            yield {
                verdict: "violated",
                subject: subjectOf(copy, copy),
                parameters: { copy: estate.names.of(copy), provider: copy.provider, original, isRenamed },
            };
        }
    },

    message: ({ copy, provider, original, isRenamed }): Message => ({
        headline: headline(
            (name, from) => `VM ${name} was restored from a backup of ${from} and has no backup of its own.`,
            copy,
            original,
        ),
        why: `Backup goes on by itself only under the same name in the same group. ${isRenamed ? "Under another name" : "In another group"} this is another VM to Azure Backup.`,
        steps: {
            occasion: "If the VM is to stay:",
            list: [
                `Give "${copy}" a backup item (${WORDS[provider].backupItemType}) of its own, in a vault of its region.`,
                `Keep the old item of "${original}" until its recovery points expire: they are the history of both.`,
                "If its backup is set up outside of this program, there is nothing to do: exempt it from this policy.",
            ],
        },
        source: READINESS.RESTORED_ELSEWHERE.page,
    }),
});
