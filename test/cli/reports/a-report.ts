// Reports to print: one with everything that a report can hold, one of a clean run, one of a run that failed, one of
// names that mean harm.
import { createHash } from "node:crypto";

import { REPOSITORY } from "../../../policies/package";
import type {
    KnownFinding,
    Location,
    Report,
    ReportedFinding,
    ReportedPolicy,
    Tool,
    RunVerdict,
    ReportedQuestion,
} from "../../../src/cli/report";
import type { EstateSummary, SummaryVm, SummaryProtection } from "../../../src/cli/estate-summary";
import type { Message } from "../../../src/findings/message";
import type { PolicyId } from "../../../src/findings/policy-id";
import { PAGES } from "../../../src/facts/page";

const TOOL: Tool = {
    name: "azure-bcdr-guard",
    version: "0.1.0",
    url: REPOSITORY,
};

const INTEROPERABILITY = PAGES.INTEROPERABILITY;
const ERRORS = PAGES.A2A_ERRORS;

/** Everything that could break out of a format, or end a line, a tag, a cell, a command or a colour. */
export const HOSTILE_NAME = [
    "web\r\n::error::forged",
    "\n##vso[task.complete result=Succeeded;]done",
    "\u001b[31mred\u001b[0m",
    "\u001b]8;;https://example.invalid\u0007link\u001b]8;;\u0007",
    "<{%reset%}>",
    "]]>",
    "-->",
    "</details></script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`code`",
    "```fence",
    "a|b",
    "[text](https://example.invalid)",
    "https://example.invalid/page",
    "@octocat",
    "#123 !45 GH-6",
    "**bold** _em_ ~~no~~ $x$",
    "100%0A%AZP25;x=y",
    "\u202ertl\u2066x\u2069",
    "\u0000\u0008\u2028\u2029\ufffe",
    `"'&amp;`,
    "\ud800",
].join(" ");

export function urnOf(type: string, name: string): string {
    return `urn:pulumi:dev::fleet::${type}::${name}`;
}

function vmUrn(name: string): string {
    return urnOf("azure-native:compute:VirtualMachine", name);
}

function itemUrn(name: string): string {
    return urnOf("azure-native:recoveryservices:ReplicationProtectedItem", name);
}

function fingerprintOf(...parts: readonly string[]): string {
    return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}

const POLICIES: Readonly<Record<PolicyId, Pick<ReportedFinding, "policy" | "level" | "severity">>> = {
    BCDR101: { policy: "vm-backed-up-and-replicated", level: "mandatory", severity: "high" },
    BCDR121: { policy: "restored-os-disk-not-replicated", level: "mandatory", severity: "critical" },
    BCDR131: { policy: "replicated-disk-not-attached", level: "mandatory", severity: "high" },
    BCDR202: { policy: "replicated-vm-nvme-controller", level: "mandatory", severity: "high" },
    BCDR401: { policy: "vm-not-backed-up", level: "advisory", severity: "medium" },
    BCDR490: { policy: "undecided-at-preview", level: "advisory", severity: "low" },
    BCDR501: { policy: "vault-soft-delete", level: "advisory", severity: "medium" },
};

/** A finding, of which a test says only what it is about. */
export function aFinding(
    policyId: PolicyId,
    name: string,
    { urn, ...rest }: Partial<ReportedFinding> & Pick<ReportedFinding, "urn" | "message">,
): ReportedFinding {
    const { policy, level, severity } = POLICIES[policyId]!;
    return {
        rule: policyId,
        policy,
        level,
        severity,
        state: "new",
        exemption: undefined,
        exceptions: undefined,
        target: undefined,
        urn,
        name,
        stack: undefined,
        machine: undefined,
        fingerprint: fingerprintOf(policyId, urn ?? name),
        location: undefined,
        ...rest,
    };
}

export function aMessage(headline: string, rest: Partial<Message> = {}): Message {
    return {
        headline,
        why: "Azure Backup and Site Recovery do not know of each other.",
        fix: {
            kind: "in order",
            intro: "Before you apply this plan:",
            steps: [{ do: "Remove it from the program." }],
        },
        sources: [INTEROPERABILITY],
        ...rest,
    };
}

function at(line: number, column?: number): Location {
    return { file: "infra/index.ts", line, column, exact: true, basis: "run" };
}

const PROJECT_FILE: Location = {
    file: "infra/Pulumi.yaml",
    line: 1,
    column: undefined,
    exact: false,
    basis: "project file",
};

const RESTORED = aFinding("BCDR121", "app", {
    urn: vmUrn("app"),
    machine: vmUrn("app"),
    location: at(42, 7),
    message: {
        headline:
            'VM "app" will boot from restored disk "app-os-restored", but Site Recovery still replicates the old OS disk.',
        why: "Site Recovery tracks disks by ID. A failover would bring up the VM as it was before the restore (recovery point 2026-03-01 08:40 UTC).",
        facts: ['"app-os-restored": OS disk, 128 GiB', '"app-data": data disk, LUN 0, unchanged'],
        fix: {
            kind: "in order",
            intro: "To apply this change safely, in this order:",
            steps: [
                { do: "Back up the VM first. Disabling replication deletes Site Recovery's recovery points." },
                {
                    do: "Disable replication, and wait for the job to finish:",
                    commands: [
                        "az site-recovery protected-item remove --ids /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/fleet/providers/Microsoft.RecoveryServices/vaults/recovery-northeurope/replicationFabrics/westeurope/replicationProtectionContainers/westeurope/replicationProtectedItems/app",
                    ],
                    note: "The first use of the command installs an extension of the Azure CLI.",
                },
                {
                    do: 'In "app-replication", replace the old OS disk\'s ID with that of "app-os-restored". Keep the other entries.',
                    where: "properties.providerSpecificDetails.vmManagedDisks[].diskId",
                },
                {
                    do: "Swap the OS disk while the VM is stopped:",
                    commands: [
                        "az vm deallocate --ids '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/fleet (old)/providers/Microsoft.Compute/virtualMachines/app'",
                        "pulumi up --target '**::app'",
                    ],
                },
                { do: "After the first recovery point, run a test failover." },
            ],
        },
        sources: [INTEROPERABILITY],
        notes: ['An exemption from BCDR121 ended on 2026-10-31: "replaced in October".'],
    },
});

const MISMATCH = aFinding("BCDR131", "erp-1", {
    urn: vmUrn("erp-1"),
    machine: vmUrn("erp-1"),
    location: PROJECT_FILE,
    message: aMessage('Replication of VM "erp-1" lists the disk "erp-1-old-data", which the VM will not have.', {
        why: "A disk that was swapped or removed stays in the list. Replication of the VM stops.",
        fix: {
            kind: "one of",
            intro: "Before you apply this plan, do one of these:",
            steps: [
                {
                    do: 'Remove "erp-1-old-data" from the list of disks of "erp-1-replication". Keep the other entries.',
                    where: "properties.providerSpecificDetails.vmManagedDisks",
                },
                { do: "Attach the disk again." },
            ],
        },
    }),
});

const KNOWN_NVME = aFinding("BCDR202", "web-3", {
    urn: vmUrn("web-3"),
    machine: vmUrn("web-3"),
    state: "known",
    location: { ...at(97), exact: false, basis: "name" },
    message: aMessage('The replicated VM "web-3" has its disks on an NVMe controller.', {
        why: "Site Recovery only replicates disks on a SCSI controller.",
        sources: [ERRORS],
    }),
});

const SUPPRESSED = aFinding("BCDR131", "erp-2", {
    urn: itemUrn("erp-2-replication"),
    machine: vmUrn("erp-2"),
    state: "suppressed",
    exemption: { reason: "the old disk is read out until the audit is over", expires: "2027-01-31" },
    location: at(120, 3),
    message: aMessage('Replication of VM "erp-2" lists the disk "erp-2-old-data", which the VM will not have.'),
});

/** About the stack, so without a URN, and without steps and a page. */
const WITHOUT_URN = aFinding("BCDR401", "this stack", {
    urn: undefined,
    message: {
        headline: "Of 12 VMs in this stack, 3 are neither backed up nor replicated.",
        why: "Whatever happens to them, nothing brings them back.",
        facts: ['"batch-1"', '"batch-2"', '"jump"'],
        fix: { kind: "in order", intro: "To protect them:", steps: [] },
        sources: [],
    },
});

const SOFT_DELETE = aFinding("BCDR501", "backup-westeurope", {
    urn: urnOf("azure-native:recoveryservices:Vault", "backup-westeurope"),
    stack: "network",
    location: at(12, 1),
    message: aMessage('Vault "backup-westeurope" keeps deleted backups for 14 days only.', {
        why: "If somebody deletes backups by mistake, you have 14 days to notice.",
        fix: {
            kind: "in order",
            intro: "To keep them longer:",
            steps: [
                {
                    do: 'Set soft delete of "backup-westeurope" to 90 days.',
                    where: "properties.securitySettings.softDeleteSettings",
                },
            ],
        },
    }),
});

const HOSTILE = aFinding("BCDR101", HOSTILE_NAME, {
    urn: vmUrn(HOSTILE_NAME),
    machine: vmUrn(HOSTILE_NAME),
    stack: `stack ${HOSTILE_NAME}`,
    location: { file: `infra/a,b:c;d]e%f ${HOSTILE_NAME}.ts`, line: 3, column: 4, exact: true, basis: "run" },
    message: {
        headline: `VM "${HOSTILE_NAME}" is under both services.`,
        why: `Why: ${HOSTILE_NAME}`,
        facts: [`Fact: ${HOSTILE_NAME}`],
        fix: {
            kind: "in order",
            intro: `When: ${HOSTILE_NAME}`,
            steps: [
                {
                    do: `Do: ${HOSTILE_NAME}`,
                    commands: [`echo ${HOSTILE_NAME}`],
                    where: `Where: ${HOSTILE_NAME}`,
                    note: `While: ${HOSTILE_NAME}`,
                },
            ],
        },
        sources: [{ ...ERRORS, title: `Page ${HOSTILE_NAME}`, publisher: "GitHub", date: undefined }],
        notes: [`Note: ${HOSTILE_NAME}`],
    },
});

export function anOpenFinding(
    policyId: PolicyId,
    name: string,
    property: string,
    rest: Partial<ReportedQuestion> = {},
): ReportedQuestion {
    return {
        rule: policyId,
        urn: vmUrn(name),
        resource: name,
        property,
        cause: "output",
        changing: false,
        inTemplate: false,
        skipped: false,
        ...rest,
    };
}

const GONE: KnownFinding = {
    fingerprint: fingerprintOf("BCDR131", "old"),
    rule: "BCDR131",
    urn: vmUrn("old"),
    headline: 'Replication of VM "old" lists the disk "old-data", which the VM will not have.',
};

const RULES: readonly ReportedPolicy[] = Object.entries(POLICIES).map(([id, { policy, level, severity }]) => ({
    id: id as PolicyId,
    policy,
    finds: `Something about ${policy}.`,
    level,
    severity,
    tags: ["azure", "backup", "site-recovery"],
    remediation: "Follow the steps of the finding.",
    url: `${TOOL.url}/blob/main/docs/policies/${id}.md`,
}));

function replication(name: string, rest: Partial<SummaryProtection> = {}): SummaryProtection {
    return {
        kind: "replication",
        name,
        vault: "vault-2",
        vaultName: "recovery-northeurope",
        to: "northeurope",
        group: undefined,
        failedOver: false,
        ...rest,
    };
}

function backup(name: string): SummaryProtection {
    return {
        kind: "backup",
        name,
        vault: "vault-1",
        vaultName: "backup-westeurope",
        to: undefined,
        group: undefined,
        failedOver: false,
    };
}

function vm(name: string, rest: Partial<SummaryVm> = {}): SummaryVm {
    return {
        id: `machine-${name}`,
        urn: vmUrn(name),
        name,
        region: "westeurope",
        disks: [{ name: `${name}-os`, role: "os", lun: undefined, restored: "no", replicated: undefined }],
        listedOnly: undefined,
        protections: [],
        undecided: false,
        ...rest,
    };
}

const PICTURE: EstateSummary = {
    machines: [
        vm("app", {
            disks: [
                { name: "app-os-restored", role: "os", lun: undefined, restored: "yes", replicated: "no" },
                { name: "app-data", role: "data", lun: 0, restored: "no", replicated: "yes" },
            ],
            listedOnly: { names: ["app-os"], undecided: false },
            protections: [backup("app-backup"), replication("app-replication", { group: "shop" })],
        }),
        vm("erp-1", {
            disks: [{ name: "erp-1-os", role: "os", lun: undefined, restored: "maybe", replicated: "unknown" }],
            protections: [replication("erp-1-replication", { failedOver: true })],
            undecided: true,
        }),
        vm("erp-2", { protections: [replication("erp-2-replication", { group: "shop" })] }),
        vm("web-3", { protections: [replication("web-3-replication")] }),
        vm("batch-1"),
        vm("elsewhere", { urn: undefined, region: undefined, protections: [backup("elsewhere-backup")] }),
    ],
    vaults: [
        {
            id: "vault-1",
            name: "backup-westeurope",
            kind: "Recovery Services vault",
            region: "westeurope",
            inStack: true,
        },
        {
            id: "vault-2",
            name: "recovery-northeurope",
            kind: "Recovery Services vault",
            region: undefined,
            inStack: false,
        },
    ],
    recoveryPlans: [{ name: "shop-plan", machines: ["machine-app", "machine-erp-2"], groups: 2 }],
};

function verdict(exitCode: RunVerdict["exitCode"], sentence: string): RunVerdict {
    return { exitCode, bar: "mandatory", sentence };
}

/** Everything that a report can hold, in its order. */
export function richReport(): Report {
    return {
        tool: TOOL,
        subject: 'preview of stack "dev"',
        findings: [RESTORED, MISMATCH, SUPPRESSED, KNOWN_NVME, WITHOUT_URN, SOFT_DELETE],
        undecided: [
            anOpenFinding("BCDR101", "app", "storageProfile.osDisk.managedDisk.id", {
                cause: "change",
                changing: true,
            }),
            ...Array.from({ length: 21 }, (_, index) =>
                anOpenFinding("BCDR202", `node-${index + 1}`, "hardwareProfile.vmSize"),
            ),
            anOpenFinding("BCDR401", "elsewhere", "sourceResourceId", {
                urn: undefined,
                cause: "target",
                skipped: true,
            }),
        ],
        gone: [GONE],
        missing: ["The stream holds no dependencies: run `azure-bcdr-guard preview` for the policies that need them."],
        lookedAt: {
            resources: 44,
            read: 31,
            vms: 24,
            unreadable: 1,
            notChecked: [
                { type: "azure-native:compute:AvailabilitySet", count: 2 },
                { type: "azure-native:compute:SshPublicKey", count: 1 },
            ],
            withoutResources: [],
            withoutVms: [],
        },
        failures: ['Policy pack "naming" reported 2 mandatory violations.'],
        changes: { create: 2, update: 1, replace: 1, same: 40 },
        verdict: verdict(3, "Failed: another policy pack blocks this plan; besides, 2 new mandatory findings."),
        picture: PICTURE,
        rules: RULES,
    };
}

/** A run that looked at everything and found nothing. */
export function cleanReport(): Report {
    return {
        tool: TOOL,
        subject: 'preview of stack "dev"',
        findings: [],
        undecided: [],
        gone: [],
        missing: [],
        lookedAt: {
            resources: 44,
            read: 0,
            vms: 0,
            unreadable: 0,
            notChecked: [],
            withoutResources: [],
            withoutVms: ['preview of stack "dev"'],
        },
        failures: [],
        changes: { same: 44 },
        verdict: verdict(0, "Clean: 29 policies found nothing."),
        picture: { machines: [], vaults: [], recoveryPlans: [] },
        rules: [],
    };
}

/** No finding, and yet no green gate. */
export function failedReport(): Report {
    return {
        ...cleanReport(),
        missing: ["The preview ended before any stack policy ran."],
        lookedAt: undefined,
        failures: ["Pulumi ended with exit code 255: the program threw an error."],
        changes: undefined,
        verdict: verdict(3, "Failed: Pulumi ended before the policies could run."),
        picture: undefined,
    };
}

/** Names and texts that mean harm, wherever a report has a text. */
export function hostileReport(): Report {
    return {
        tool: TOOL,
        subject: `preview of stack ${HOSTILE_NAME}`,
        findings: [
            HOSTILE,
            {
                ...HOSTILE,
                state: "suppressed",
                exemption: { reason: `Reason ${HOSTILE_NAME}`, expires: "2027-01-31" },
                fingerprint: fingerprintOf("hostile", "suppressed"),
            },
            {
                ...HOSTILE,
                state: "suppressed",
                exceptions: [{ id: `EXC-1 ${HOSTILE_NAME}`, reason: `Reason ${HOSTILE_NAME}` }],
                fingerprint: fingerprintOf("hostile", "excepted"),
            },
            { ...HOSTILE, state: "known", fingerprint: fingerprintOf("hostile", "known") },
        ],
        undecided: [anOpenFinding("BCDR101", HOSTILE_NAME, `property ${HOSTILE_NAME}`)],
        gone: [{ ...GONE, urn: vmUrn(HOSTILE_NAME), headline: `Gone: ${HOSTILE_NAME}` }],
        missing: [`Missing ${HOSTILE_NAME}`],
        lookedAt: {
            resources: 3,
            read: 2,
            vms: 1,
            unreadable: 0,
            notChecked: [{ type: `azure-native:compute:${HOSTILE_NAME}`, count: 1 }],
            withoutResources: [`State ${HOSTILE_NAME}`],
            withoutVms: [HOSTILE_NAME],
        },
        failures: [`Failure ${HOSTILE_NAME}`],
        changes: { create: 1 },
        verdict: verdict(3, `Failed: ${HOSTILE_NAME}`),
        picture: {
            machines: [vm(HOSTILE_NAME, { protections: [backup(HOSTILE_NAME)] })],
            vaults: [
                {
                    id: "vault-1",
                    name: HOSTILE_NAME,
                    kind: "Backup vault",
                    region: HOSTILE_NAME,
                    inStack: true,
                },
            ],
            recoveryPlans: [{ name: HOSTILE_NAME, machines: [`machine-${HOSTILE_NAME}`], groups: 1 }],
        },
        rules: RULES.filter(({ id }) => id === "BCDR101"),
    };
}

/** All of them, by the name of their fixtures. */
export const REPORTS: Readonly<Record<string, Report>> = {
    rich: richReport(),
    clean: cleanReport(),
    failed: failedReport(),
    hostile: hostileReport(),
};
