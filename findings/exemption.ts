import { UNKNOWN_SUBSCRIPTION } from "../estate/arm-id";
import { valueOf } from "../estate/known";
import type { Finding } from "./finding";
import type { RuleId } from "./rule-id";
import type { Subject } from "./subject";

/** A finding that somebody has decided to live with, for a reason and until a day. */
export interface Exemption {
    readonly rules: readonly RuleId[];
    /** URN, ARM id or name, in any case; `*` stands for any text. */
    readonly resource: string;
    readonly reason: string;
    /** Last day on which it counts, `2027-01-31` (UTC). */
    readonly expires: string;
}

/** What became of a finding. A suppressed one is no violation, but reports still show it with its reason. */
export type Exempted = { readonly state: "reported"; readonly finding: Finding } | Suppressed;

export interface Suppressed {
    readonly state: "suppressed";
    readonly finding: Finding;
    readonly reason: string;
    /** Last day on which the exemption counts, `2027-01-31` (UTC). */
    readonly expires: string;
}

export interface ExemptionRules {
    readonly exemptions: readonly Exemption[];
    /** Whether machines may carry exemptions of their own. */
    readonly tagExemptions: boolean;
    /** `2026-11-22`, UTC. */
    readonly today: string;
}

/** Name of the tag by which a machine carries an exemption: `BCDR111,BCDR121 2027-01-31 reason…`. */
const EXEMPTION_TAG = "bcdr-exempt";

export function exempt(finding: Finding, { exemptions, tagExemptions, today }: ExemptionRules): Exempted {
    const configured = exemptions.filter(
        ({ rules, resource }) => rules.includes(finding.rule) && names(finding.subject, resource),
    );
    const tag = tagExemptions ? exemptionTag(finding.subject) : undefined;
    const tagged = tag?.exemption?.rules.includes(finding.rule) ? [tag.exemption] : [];
    const all = [...configured, ...tagged];
    const current = all.find(({ expires }) => today <= expires);
    if (current !== undefined) {
        return { state: "suppressed", finding, reason: current.reason, expires: current.expires };
    }
    const notes = [
        ...all.map(({ expires, reason }) => `An exemption from ${finding.rule} ended on ${expires}: "${reason}".`),
        ...(tag?.complaint !== undefined && isMeantFor(finding.rule, tag.text) ? [tag.complaint] : []),
    ];
    const { message } = finding;
    return {
        state: "reported",
        finding:
            notes.length === 0
                ? finding
                : { ...finding, message: { ...message, notes: [...(message.notes ?? []), ...notes] } },
    };
}

/** A tag that names no rule at all may have been meant for any. */
function isMeantFor(rule: RuleId, text: string): boolean {
    return text.toUpperCase().includes(rule) || !text.toUpperCase().includes("BCDR");
}

function names(subject: Subject, pattern: string): boolean {
    // At a first preview the subscription in an id may not be known yet; then any will do.
    const anySubscription = pattern.replace(/^\/subscriptions\/[^/]*/i, `/subscriptions/${UNKNOWN_SUBSCRIPTION}`);
    return subject.names.some((name) => matchesPattern(name, pattern) || matchesPattern(name, anySubscription));
}

/** `*` stands for any text. Compared part by part, without a regular expression, so that no pattern is slow. */
export function matchesPattern(text: string, pattern: string): boolean {
    const [first = "", ...rest] = pattern.toLowerCase().split("*");
    const lower = text.toLowerCase();
    if (rest.length === 0) {
        return lower === first;
    }
    const last = rest.pop() ?? "";
    if (!lower.startsWith(first) || !lower.endsWith(last) || lower.length < first.length + last.length) {
        return false;
    }
    let at = first.length;
    for (const part of rest) {
        const found = lower.indexOf(part, at);
        if (found < 0) {
            return false;
        }
        at = found + part.length;
    }
    return at <= lower.length - last.length;
}

interface TagExemption {
    readonly text: string;
    readonly exemption?: Exemption;
    /** Why the tag does not count. */
    readonly complaint?: string;
}

function exemptionTag({ machineTags, name }: Subject): TagExemption | undefined {
    if (machineTags?.state !== "known") {
        return undefined;
    }
    for (const [key, value] of machineTags.value) {
        const text = valueOf(value);
        if (key.toLowerCase() === EXEMPTION_TAG && text !== undefined) {
            return parseTag(text, name);
        }
    }
    return undefined;
}

function parseTag(text: string, machine: string): TagExemption {
    const [rules = "", expires = "", ...reason] = text.trim().split(/\s+/, 200);
    const isWhole = /^BCDR\d{3}(,BCDR\d{3})*$/i.test(rules) && isDate(expires) && reason.length > 0;
    if (!isWhole) {
        const form = `rule ids, last day and reason, such as "BCDR111 2027-01-31 replaced in January"`;
        return { text, complaint: `The tag ${EXEMPTION_TAG} on "${machine}" does not count: it must hold ${form}.` };
    }
    return {
        text,
        exemption: {
            rules: rules.toUpperCase().split(",") as RuleId[],
            resource: machine,
            reason: reason.join(" "),
            expires,
        },
    };
}

/** `2026-11-22`, UTC. */
export function today(): string {
    return new Date().toISOString().slice(0, 10);
}

/** True for a day that the calendar has, written `2027-01-31`. */
export function isDate(text: string): boolean {
    const day = new Date(`${text}T00:00:00Z`);
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
