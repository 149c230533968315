import { UNKNOWN_SUBSCRIPTION } from "../model/ids/arm-id";
import { valueOf } from "../model/values";
import { pushTo, getOrCreate } from "../model/lists";
import type { Tags } from "../model/resources";
import { parseUrn } from "../model/ids/urn";
import type { Finding } from "./finding";
import { NamePatterns } from "./name-patterns";
import type { PolicyId } from "./policy-id";
import type { Subject } from "./subject";

/** A finding that somebody has decided to live with, for a reason and until a day. */
export interface Exemption {
    readonly policies: readonly PolicyId[];
    /** URN, ARM id or name, in any case; `*` stands for any text. */
    readonly resource: string;
    readonly reason: string;
    /** Last day on which it counts, `2027-01-31` (UTC). */
    readonly expires: string;
}

/** What exemptions look at: they apply before there is a message. */
type Exemptible = Pick<Finding, "policyId" | "subject">;

/** What becomes of a finding. A reported one may get notes: why an exemption does not count. */
export type Exempted =
    { readonly state: "reported"; readonly notes: readonly string[] } | (Reason & { readonly state: "suppressed" });

interface Reason {
    /** As it may be printed: that of a tag is told only where the configuration allows it. */
    readonly reason: string;
    /** Last day on which the exemption counts, `2027-01-31` (UTC). */
    readonly expires: string;
}

/** A finding that is no violation; reports still show it with its reason. */
export interface Suppressed extends Reason {
    readonly finding: Finding;
}

/** An exemption that has taken a finding out, as it is told (BCDR491). */
export interface ExemptionInUse {
    readonly policy: string;
    readonly policyId: PolicyId;
    /** The name of what the finding is about. */
    readonly resource: string;
    readonly reason: string;
    readonly expires: string;
}

export function exemptionInUse(policy: string, { finding, reason, expires }: Suppressed): ExemptionInUse {
    const { policyId, subject } = finding;
    return { policy, policyId, resource: nameToReport(subject), reason, expires };
}

/** The program's own name, as Pulumi's display has it. */
export function nameToReport({ urn, name }: Pick<Subject, "urn" | "name">): string {
    return urn === undefined ? name : parseUrn(urn).name;
}

/** Which findings tags of VMs may exempt. */
export const TAG_EXEMPTIONS = ["advisory", "all", "none"] as const;
export type TagExemptions = (typeof TAG_EXEMPTIONS)[number];

/** An end that nobody lives to see is no end. */
export const DEFAULT_MAXIMUM_DAYS = 365;

/** What the configuration allows of tags. */
export interface TagExemptionSet {
    readonly allowed: TagExemptions;
    /** Whether violations are advisory at the level that counts. Whoever may change a tag must not waive a mandatory one. */
    readonly isAdvisory: boolean;
    /** The greatest number of days from today to the end of an exemption. */
    readonly maximumDays: number;
    /** Whether the reason in a tag, which is this text, may be printed. */
    readonly showsReason: (tag: string) => boolean;
    /** The tags of a VM before the plan, for policies that look at one: what a plan adds does not exempt from that plan. */
    readonly before?: ((vm: Subject["vm"]) => Tags | undefined) | undefined;
}

export interface PolicyExemptions {
    readonly configured: ConfiguredExemptions;
    readonly tags: TagExemptionSet;
    /** `2026-11-22`, UTC. */
    readonly today: string;
}

/** Name of the tag by which a VM carries an exemption: `BCDR111,BCDR121 2027-01-31 reason…`. */
const EXEMPTION_TAG = "bcdr-exempt";

/** Stands for the reason in a tag. Tags hold whatever people put there, and everybody who sees a report would read it. */
const UNTOLD_REASON = `see the tag ${EXEMPTION_TAG}`;

export function exempt(finding: Exemptible, policies: PolicyExemptions): Exempted {
    const { today } = policies;
    const configured = policies.configured.for(finding);
    const current = configured.find(({ expires }) => today <= expires);
    if (current !== undefined) {
        return { state: "suppressed", reason: current.reason, expires: current.expires };
    }
    const tag = tagOf(finding, policies);
    if (tag?.exemption !== undefined) {
        return { state: "suppressed", ...tag.exemption };
    }
    const complaints = tag?.complaint === undefined ? [] : [tag.complaint];
    return { state: "reported", notes: [...ended(finding.policyId, configured), ...complaints] };
}

/** How many that have ended are told one by one. */
const MOST_ENDED = 3;

function ended(policyId: PolicyId, exemptions: readonly Exemption[]): readonly string[] {
    const told = exemptions
        .slice(0, MOST_ENDED)
        .map(({ expires, reason }) => `An exemption from ${policyId} ended on ${expires}: "${reason}".`);
    const more = exemptions.length - told.length;
    return more > 0 ? [...told, `So did ${more} more.`] : told;
}

/** The exemptions of a configuration, so that a finding is held only against those that may be about it. */
export class ConfiguredExemptions {
    private readonly ofPolicy = new Map<PolicyId, Exemption[]>();
    private readonly patterns = new Map<PolicyId, NamePatterns<Exemption>>();

    constructor(exemptions: readonly Exemption[]) {
        for (const exemption of exemptions) {
            for (const policyId of new Set(exemption.policies)) {
                pushTo(this.ofPolicy, policyId, exemption);
            }
        }
    }

    /** Those that are about a finding, in the order of the configuration. */
    for({ policyId, subject }: Exemptible): readonly Exemption[] {
        return this.patternsOf(policyId)?.matching(subject.names) ?? NONE;
    }

    private patternsOf(policyId: PolicyId): NamePatterns<Exemption> | undefined {
        const exemptions = this.ofPolicy.get(policyId);
        return (
            exemptions &&
            getOrCreate(this.patterns, policyId, () => new NamePatterns<Exemption>(exemptions, patternsOf))
        );
    }
}

const NONE: readonly Exemption[] = [];

/** At a first preview the subscription in an id may not be known yet; then any will do. */
function patternsOf({ resource }: Exemption): readonly string[] {
    return [resource, resource.replace(/^\/subscriptions\/[^/]*/i, `/subscriptions/${UNKNOWN_SUBSCRIPTION}`)];
}

/** What a tag says of one finding. */
interface TagAnswer {
    readonly exemption?: Reason;
    /** Why the tag does not count, where somebody may think that it does. */
    readonly complaint?: string;
}

interface Tag {
    readonly policies: readonly PolicyId[];
    readonly expires: string;
    readonly reason: string;
}

function tagOf({ policyId, subject }: Exemptible, { tags, today }: PolicyExemptions): TagAnswer | undefined {
    const text = tags.allowed === "none" ? undefined : exemptionText(subject.vmTags);
    if (text === undefined) {
        return undefined;
    }
    const tag = parseTag(text);
    if (tag === undefined) {
        const form = `policy ids, last day and reason, such as "BCDR111 2027-01-31 replaced in January"`;
        return isMeantFor(policyId, text) ? { complaint: ignored(subject, `it must hold ${form}.`) } : undefined;
    }
    if (!tag.policies.includes(policyId)) {
        return undefined;
    }
    if (tag.expires < today) {
        return { complaint: `An exemption from ${policyId} in the tag ${EXEMPTION_TAG} ended on ${tag.expires}.` };
    }
    const problem = problemOf(tag, policyId, subject, tags, today);
    return problem === undefined
        ? { exemption: { reason: tags.showsReason(text) ? tag.reason : UNTOLD_REASON, expires: tag.expires } }
        : { complaint: ignored(subject, problem) };
}

/** Why an exemption that a tag holds does not count. It costs the exemption alone: no tag can stop a run. */
function problemOf(
    { expires }: Tag,
    policyId: PolicyId,
    { vm }: Subject,
    { allowed, isAdvisory, maximumDays, before }: TagExemptionSet,
    today: string,
): string | undefined {
    if (allowed === "advisory" && !isAdvisory) {
        return `${policyId} is mandatory, and a tag exempts from advisory findings only. Exempt it in the configuration, or set "tagExemptions" to "all" there.`;
    }
    const latest = latestEnd(today, maximumDays);
    if (expires > latest) {
        return `it ends on ${expires}, more than ${maximumDays} days away. The latest day allowed is ${latest}.`;
    }
    const formerly = before === undefined ? undefined : parseTag(exemptionText(before(vm)) ?? "");
    if (before !== undefined && !(formerly?.policies.includes(policyId) === true && today <= formerly.expires)) {
        return "this plan adds it, and what a plan adds does not exempt from that plan. Deploy the tag first, or exempt it in the configuration.";
    }
    return undefined;
}

function ignored({ name }: Subject, why: string): string {
    return `Tag ignored: ${EXEMPTION_TAG} on "${name}" does not count: ${why}`;
}

/** A tag that names no policy at all may have been meant for any. */
function isMeantFor(policyId: PolicyId, text: string): boolean {
    return text.toUpperCase().includes(policyId) || !text.toUpperCase().includes("BCDR");
}

function exemptionText(tags: Tags | undefined): string | undefined {
    if (tags?.state !== "known") {
        return undefined;
    }
    for (const [key, value] of tags.value) {
        const text = valueOf(value);
        if (key.toLowerCase() === EXEMPTION_TAG && text !== undefined) {
            return text;
        }
    }
    return undefined;
}

function parseTag(text: string): Tag | undefined {
    const [policies = "", expires = "", ...reason] = text.trim().split(/\s+/, 200);
    const isWhole = /^BCDR\d{3}(,BCDR\d{3})*$/i.test(policies) && isDate(expires) && reason.length > 0;
    return isWhole
        ? { policies: policies.toUpperCase().split(",") as PolicyId[], expires, reason: reason.join(" ") }
        : undefined;
}

/** `2026-11-22`, UTC. */
export function today(): string {
    return dayOf(new Date());
}

/** The latest day on which an exemption may end. */
export function latestEnd(today: string, maximumDays: number): string {
    return dayOf(new Date(Date.parse(`${today}T00:00:00Z`) + maximumDays * MILLISECONDS_A_DAY));
}

const MILLISECONDS_A_DAY = 24 * 60 * 60 * 1000;

function dayOf(date: Date): string {
    return date.toISOString().slice(0, 10);
}

/** True for a day that the calendar has, written `2027-01-31`. */
export function isDate(text: string): boolean {
    const day = new Date(`${text}T00:00:00Z`);
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
