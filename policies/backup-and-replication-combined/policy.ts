import { headline, singleLine } from "../../findings/message";
import type { Finding } from "../../findings/finding";
import { stackSubject } from "../../findings/subject";
import { EDITIONS, INTEROPERABILITY, type Edition } from "../../guidance/interoperability";
import { linesOf, namesOf } from "../../guidance/names";
import { NIST } from "../../support/frameworks";
import { stackPolicy, type Settings, type StackSubject } from "../policy";
import type { Configuration } from "./combination";
import { diskBackupAndReplication } from "./disk-backup-and-replication";
import { machineBackupAndReplication } from "./machine-backup-and-replication";

const DEFAULT_SUMMARISE_ABOVE = 20;

/** The list ends somewhere; "summariseAbove" gives each machine a finding of its own. */
const MOST_MACHINES = 100;

const settings: Settings<Configuration> = {
    properties: {
        edition: {
            type: "string",
            enum: EDITIONS,
            default: EDITIONS[0],
            description: "Which edition of Microsoft's interoperability table the messages carry, by the page's date.",
        },
        summariseAbove: {
            type: "integer",
            minimum: 0,
            default: DEFAULT_SUMMARISE_ABOVE,
            description: "With more machines than this, one finding for the stack lists them.",
        },
    },
    read: ({ edition = EDITIONS[0], summariseAbove = DEFAULT_SUMMARISE_ABOVE }) => ({
        edition: edition as Edition,
        summariseAbove: summariseAbove as number,
    }),
};

export const backupAndReplicationCombined = stackPolicy({
    name: "backup-and-replication-combined",
    displayName: "Machines under both Azure Backup and Site Recovery",
    description: "A machine is both backed up and replicated.",
    level: "advisory",
    severity: "medium",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "site-recovery", "interoperability"],
    remediationSteps:
        "Nothing to change: plan restores. Disable replication of the machine before a disk or the machine is restored, and enable it again with the restored disks.",
    settings,
    rules: [machineBackupAndReplication, diskBackupAndReplication],
    summarise,
});

function summarise(
    findings: readonly Finding[],
    { estate }: StackSubject,
    configuration: Configuration,
): readonly Finding[] {
    const { edition, summariseAbove } = configuration;
    const [first] = findings;
    if (first === undefined || findings.length <= summariseAbove) {
        return findings;
    }
    const names = findings.map(({ subject }) => singleLine(subject.name));
    return [
        {
            rule: first.rule,
            subject: stackSubject(estate.stackUrn),
            message: {
                headline: headline(
                    () =>
                        `${findings.length} machines are both backed up and replicated: a restore breaks their replication.`,
                ),
                why: "Both services may run side by side; a file restore is harmless. A restored disk is a new disk that replication does not know.",
                details: linesOf(namesOf(names, (name) => name, MOST_MACHINES)),
                steps: {
                    occasion: "Before anyone restores one of them or a disk of it:",
                    list: [
                        "Disable replication of that machine, restore, and enable replication anew with a new replicated item that lists the restored disks.",
                        `To read the steps with the names of each machine, set "summariseAbove" of this policy to ${findings.length}.`,
                    ],
                },
                source: INTEROPERABILITY[edition].page,
            },
        },
    ];
}
