import { ref, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    classicBackupVault,
    classicVault,
    deployed,
    nativeBackupVault,
    nativeVault,
    updated,
} from "../../harness/vaults";

function native(azureMonitorAlertSettings: Properties): Program {
    return nativeVault({ monitoringSettings: { azureMonitorAlertSettings } });
}

const ALL_ON = {
    alertsForAllJobFailures: "Enabled",
    alertsForAllReplicationIssues: "Enabled",
    alertsForAllFailoverIssues: "Enabled",
};

export const cases = policyCases(__filename, {
    policyId: "BCDR505",
    example: native({ alertsForAllJobFailures: "Disabled" }),
    fixed: { program: native({ alertsForAllJobFailures: "Enabled" }) },
    holds: [
        { name: "nothing is set: they are on", round: nativeVault({}) },
        { name: "nothing is set, classic", round: classicVault({ monitoring: {} }) },
        { name: "nothing is set, Backup vault", round: nativeBackupVault({}) },
        { name: "a classic Backup vault, which has no setting for it", round: classicBackupVault({}) },
        { name: "all are on, once deployed", round: deployed(native(ALL_ON)) },
        {
            name: "the older kind of alerts is off",
            round: nativeVault({
                monitoringSettings: { classicAlertSettings: { alertsForCriticalOperations: "Disabled" } },
            }),
        },
    ],
    violated: [
        {
            name: "job failures, classic",
            round: classicVault({ monitoring: { alertsForAllJobFailuresEnabled: false } }),
            on: ["vault"],
        },
        {
            name: "job failures, Backup vault",
            round: nativeBackupVault({
                monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Disabled" } },
            }),
            on: ["vault"],
        },
        {
            name: "all are off",
            round: native({
                alertsForAllJobFailures: "Disabled",
                alertsForAllReplicationIssues: "Disabled",
                alertsForAllFailoverIssues: "Disabled",
            }),
            on: ["vault"],
        },
        { name: "failover issues", round: native({ alertsForAllFailoverIssues: "Disabled" }), on: ["vault"] },
        {
            name: "one is off, another is not known",
            round: native({ alertsForAllFailoverIssues: "Disabled", alertsForAllJobFailures: ref("rg.id") }),
            on: ["vault"],
        },
        {
            name: "one is off, once deployed",
            round: deployed(native({ ...ALL_ON, alertsForAllReplicationIssues: "Disabled" })),
            on: ["vault"],
        },
        {
            name: "one is off, at the preview of an update",
            round: updated(native({ alertsForAllJobFailures: "Disabled" })),
            on: ["vault"],
        },
    ],
    undecided: [
        {
            name: "one that is not known",
            round: native({ alertsForAllJobFailures: ref("rg.id") }),
            waitsFor: '"vault": properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures',
        },
        {
            name: "one that is not known, classic",
            round: classicVault({ monitoring: { alertsForAllFailoverIssuesEnabled: ref("rg.id") } }),
            waitsFor: '"vault": monitoring.alertsForAllFailoverIssuesEnabled',
        },
    ],
    limits: [
        {
            allowed: { name: "all on", round: native(ALL_ON) },
            refused: {
                name: "all but one on",
                round: native({ ...ALL_ON, alertsForAllReplicationIssues: "Disabled" }),
                on: ["vault"],
            },
        },
    ],
});
