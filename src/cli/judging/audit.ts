import { readSubscriptions, type AzureScope } from "../../inventory/azure-subscriptions";
import { Sources } from "../../inventory/azure-sources";
import { GraphPages, problemOf, type GraphReading } from "../../inventory/graph-pages";
import { partsOf, type Asking, type Part } from "../../audit/ask";
import { extentOf, type Extent } from "../../audit/extent";
import { QUESTIONS, type Question } from "../../audit/questions";
import type { AuditedRow } from "../../audit/rows";
import { buildEstate } from "../../model/build";
import { getOrCreate } from "../../model/lists";
import type { PlannedResource } from "../../model/planned-resource";
import type { PackConfiguration } from "../../config/configuration-file";
import { isInternalError } from "../../findings/internal-error";
import { withFacts } from "../../findings/message";
import type { PolicyId } from "../../findings/policy-id";
import { policies } from "../../../policies";
import type { CataloguePolicy, Policy, SettingValues } from "../../../policies/policy";
import { combinationsInOne, MOST_VMS, summarisedAbove } from "../../../policies/restores/combination";
import { ALL_DISABLED, evaluateStack, type LevelledFinding } from "./evaluation";
import type { Inspection } from "./inspection";

export interface Audit extends GraphReading {
    readonly scope: AzureScope;
    readonly configuration: PackConfiguration;
    /** The text of a query, by its folder and its name without the ending. */
    readonly queryNamed: (folder: "audit" | "inventory", name: string) => string;
    /** True where what could not be read only is reported. */
    readonly allowIncomplete: boolean;
    readonly now: Date;
}

const SUBJECT = "Azure Resource Graph";

/**
 * Looks at what exists in Azure: Resource Graph filters and joins, and the policies judge what comes back. So only what may be
 * a finding is read, a page at a time.
 *
 * @throws where no token is to be had
 */
export async function audit(audited: Audit): Promise<Inspection> {
    const { scope, configuration, queryNamed, allowIncomplete } = audited;
    const graph = new GraphPages(audited);
    const sources = new Sources(audited.now);
    const subscriptions = await readSubscriptions(scope, queryNamed("inventory", "subscriptions"), graph, sources);
    const problems: string[] = [];
    const isTenant = scope.subscriptions.length + scope.managementGroups.length === 0;
    const asking: Asking = {
        graph,
        subscriptions: isTenant ? undefined : subscriptions,
        queryNamed: (name) => queryNamed("audit", name),
        malformed: (query, number, row, error) => sources.reportMalformed(query, number, row, error),
    };
    const enabled = policies.filter((policy) => configuration.levelOf(policy) !== "disabled");
    const nameOf = new Map(enabled.map(({ id, name }) => [id, name]));
    // What others leave to a policy that is disabled, nobody reports; so that is found out, too.
    const isAsked = ({ policy, isRemembered }: Question): boolean => nameOf.has(policy) || isRemembered === true;
    const isAnyEnabled = QUESTIONS.some(({ policy }) => nameOf.has(policy));
    const questions = subscriptions.length === 0 || !isAnyEnabled ? [] : QUESTIONS.filter(isAsked);
    const extent: Extent =
        questions.length === 0
            ? { resources: 0, vms: 0, backupInUse: [], problems: [] }
            : await extentOf(asking, (name) => queryNamed("inventory", name));
    const judge = new Judge(configuration, extent);
    const ran: PolicyId[] = [];
    for (const question of questions) {
        const { policy } = question;
        const values = configuration.valuesOf(policyWithId(policy));
        try {
            for await (const part of partsOf(question, question.changes?.(values) ?? [], asking)) {
                judge.judge(question, part);
            }
            ran.push(policy);
        } catch (error) {
            problems.push(`${policy}: ${problemOf(error)}`);
        }
    }
    const ofSources = sources
        .all()
        .flatMap(({ name, problem }) => (problem === undefined ? [] : [`${name}: ${problem}`]));
    const all = [...new Set([...ofSources, ...problems, ...extent.problems])];
    const list = all.map((problem) => problem.replace(/\.$/, "")).join("; ");
    const incomplete = all.length === 0 ? [] : [`Not read, or not wholly: ${list}.`];
    const unreadable = isAnyEnabled ? undefined : `${SUBJECT}: ${ALL_DISABLED}`;
    return {
        subject: SUBJECT,
        findings: judge.findings(),
        undecided: [],
        missing: [...(allowIncomplete ? incomplete : []), ...notAsked(new Set(enabled.map(({ id }) => id)))],
        inspected: {
            resources: extent.resources,
            read: extent.resources,
            vms: extent.vms,
            unreadable: 0,
            notChecked: [],
        },
        failures: [],
        unreadable: ran.length === 0 && incomplete.length > 0 ? incomplete[0] : unreadable,
        incomplete: allowIncomplete ? undefined : incomplete[0],
        unread: judge.unread(),
        policies: ran.flatMap((id) => nameOf.get(id) ?? []),
        changes: undefined,
        summary: undefined,
        locationOf: () => undefined,
    };
}

/** What an audit does not look at. */
function notAsked(enabled: ReadonlySet<PolicyId>): readonly string[] {
    const asked = new Set(QUESTIONS.map(({ policy }) => policy));
    const isOther = (id: PolicyId): boolean => enabled.has(id) && !asked.has(id);
    const others = policies.filter(({ id }) => isOther(id)).length;
    return [
        `${others} of ${enabled.size} enabled policies: no query reads what they look at, or they are about a program or a plan (${rangesOf(isOther)}). The analyze command checks states with all of them.`,
        "What only other subscriptions have: a VM whose backup or replication is in a subscription that this identity may not read looks unprotected.",
        "Replication intents, and what Azure Policy will protect: Resource Graph shows neither before there is an item.",
    ];
}

/** `BCDR122, BCDR123, BCDR201 to BCDR237`: those that follow one another in the catalogue stand together. */
function rangesOf(isIn: (id: PolicyId) => boolean): string {
    const ranges: [first: PolicyId, last: PolicyId][] = [];
    let isOpen = false;
    for (const { id } of policies) {
        const range = ranges.at(-1);
        if (!isIn(id)) {
            isOpen = false;
        } else if (isOpen && range !== undefined && range[0].slice(0, -2) === id.slice(0, -2)) {
            range[1] = id;
        } else {
            ranges.push([id, id]);
            isOpen = true;
        }
    }
    return ranges.map(([first, last]) => (first === last ? first : `${first} to ${last}`)).join(", ");
}

function policyWithId(id: PolicyId): Policy {
    const policy = policies.find((each) => each.id === id);
    if (policy === undefined) {
        throw new Error(`There is no policy ${id}.`);
    }
    return policy;
}

/** Collects findings part by part. */
class Judge {
    private readonly found = new Map<PolicyId, FindingsOfPolicy>();
    /** By the id of a VM, in lower case: what an earlier question has found about it. */
    private readonly remembered = new Map<string, readonly PlannedResource[]>();
    private readonly notRead = new Set<string>();
    /** Each VM by itself; what is summarised is summarised at the end. */
    private readonly each: PackConfiguration;

    constructor(
        private readonly configuration: PackConfiguration,
        private readonly extent: Extent,
    ) {
        this.each = {
            ...configuration,
            levelOf: (policy) => {
                const level = configuration.levelOf(policy);
                return level === "disabled" ? policy.level : level;
            },
            valuesOf: (policy) => ({
                ...configuration.valuesOf(policy),
                ...(isSummarised(policy) ? SUMMARISE_NOTHING : {}),
            }),
        };
    }

    judge(question: Question, { resources, rowsOf }: Part): void {
        const known = new Set(resources.map(({ urn }) => urn.toLowerCase()));
        const context = [
            ...resources.flatMap(({ urn }) => this.remembered.get(urn.toLowerCase()) ?? []),
            ...(question.needsBackupInUse === true ? this.extent.backupInUse : []),
        ].filter(({ urn }) => !known.has(urn.toLowerCase()));
        const all = [...resources, ...new Map(context.map((each) => [each.urn.toLowerCase(), each])).values()];
        const estate = buildEstate(all);
        estate.unread.forEach(({ urn }) => this.notRead.add(urn));
        const circumstances = { dryRun: false, inAzure: true };
        const { findings } = evaluateStack(all, estate, this.each, circumstances, new Set([question.policy]));
        const policy = policyWithId(question.policy);
        const ofPolicy = getOrCreate(
            this.found,
            policy.id,
            () => new FindingsOfPolicy(policy, this.configuration.valuesOf(policy)),
        );
        const isEnabled = this.configuration.levelOf(policy) !== "disabled";
        for (const finding of findings) {
            if (isEnabled && isInternalError(finding.message)) {
                ofPolicy.addInternalError(finding);
                continue;
            }
            const rows = rowsOf.get(finding.urn?.toLowerCase() ?? "");
            if (finding.urn === undefined || rows === undefined) {
                continue;
            }
            if (isEnabled) {
                ofPolicy.add(inAzure(finding, finding.urn, rows));
            }
            if (question.isRemembered === true) {
                this.remember(finding.urn, rows);
            }
        }
    }

    /** The IDs of what a bug of this pack kept from being read. */
    unread(): readonly string[] {
        return [...this.notRead];
    }

    findings(): readonly LevelledFinding[] {
        return [...this.found.values()].flatMap((each) => each.all());
    }

    /** The resources of the rows that a finding on a VM rests on. */
    private remember(vm: string, rows: readonly AuditedRow[]): void {
        const key = vm.toLowerCase();
        this.remembered.set(key, [...(this.remembered.get(key) ?? []), ...rows.flatMap(({ resources }) => resources)]);
    }
}

const SUMMARISE_NOTHING = { summariseAbove: Number.MAX_SAFE_INTEGER };

function isSummarised({ sharedSettings }: Pick<CataloguePolicy, "sharedSettings">): boolean {
    return "summariseAbove" in sharedSettings;
}

/**
 * Its id says where it is; no program and no stack does. The storage profile is by far the largest column, and the message names
 * the disks that matter.
 */
function inAzure(finding: LevelledFinding, id: string, rows: readonly AuditedRow[]): LevelledFinding {
    const { message } = finding;
    return {
        ...finding,
        urn: undefined,
        vm: undefined,
        target: undefined,
        azureId: id,
        rows: rows.map(({ row: { storageProfile: _, ...row } }) => row),
        message: {
            ...withFacts(message, [`ID in Azure: ${id}`]),
            notes: [...(message.notes ?? []), WITHOUT_PROGRAM],
        },
    };
}

/** Messages speak of a program and of Pulumi, because most readers have one. */
const WITHOUT_PROGRAM =
    "If no Pulumi program has this resource, make the same changes in the Azure portal or with the Azure CLI.";

/** The findings of one policy. Those that end in one summary are only counted, so that a million of them need little memory. */
class FindingsOfPolicy {
    private first: LevelledFinding | undefined;
    private readonly reported: LevelledFinding[] = [];
    private readonly suppressed: LevelledFinding[] = [];
    /** A bug in the policy: once, however many pages it fails on. */
    private internalError: LevelledFinding | undefined;
    private count = 0;
    /** The IDs of what the first of those that are reported are about: in a tenant, many VMs share a name. */
    private readonly ids: string[] = [];
    private readonly most: number;

    constructor(
        policy: Policy,
        private readonly values: SettingValues,
    ) {
        this.most = isSummarised(policy) ? summarisedAbove(values) : Infinity;
    }

    add(finding: LevelledFinding): void {
        if (finding.exemption !== undefined) {
            this.suppressed.push(finding);
            return;
        }
        this.first ??= finding;
        this.count++;
        if (this.ids.length < MOST_VMS) {
            this.ids.push(finding.azureId ?? finding.name);
        }
        if (this.count <= this.most) {
            this.reported.push(finding);
        }
    }

    /** An exempted one gives way: it hides no other. */
    addInternalError(finding: LevelledFinding): void {
        if (this.internalError === undefined || this.internalError.exemption !== undefined) {
            this.internalError = { ...finding, urn: undefined, vm: undefined, target: undefined, name: SUBJECT };
        }
    }

    all(): readonly LevelledFinding[] {
        return [
            ...(this.count <= this.most ? this.reported : this.summary()),
            ...this.suppressed,
            ...(this.internalError === undefined ? [] : [this.internalError]),
        ];
    }

    private summary(): readonly LevelledFinding[] {
        if (this.first === undefined) {
            return [];
        }
        const message = combinationsInOne({ first: this.ids, count: this.count }, this.values);
        return [{ ...this.first, name: SUBJECT, azureId: undefined, rows: undefined, message }];
    }
}
