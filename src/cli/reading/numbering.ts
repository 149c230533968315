import type { Urn } from "../../model/planned-resource";
import { parseUrn } from "../../model/ids/urn";
import { isProvider } from "./resources";

/**
 * Whether events are missing from a stream. The engine numbers them without a gap. An event log has all of them; a
 * streaming `preview --json` leaves out those about providers that the engine makes by itself, and their numbers with
 * them (ENG-16). There, what else is missing shows by what the other events speak of.
 */
export class Numbering {
    private last = -1;
    private lost = 0;
    private firstGap: { readonly line: number; readonly after: number; readonly to: number } | undefined;
    private readonly providers = new Set<Urn>();
    /** Only an event log has these. */
    private hasProvidersOfEngine = false;
    private isRefreshed = false;
    private readonly stepOf = new Set<Urn>();
    private readonly analysisOf = new Set<Urn>();
    private readonly failures = new Set<string>();
    private readonly violations = new Set<string>();

    get hasBegun(): boolean {
        return this.last >= 0;
    }

    /** @returns what is wrong with the number of the event at this line */
    next(sequence: unknown, line: number): string | undefined {
        if (typeof sequence !== "number" || !Number.isSafeInteger(sequence) || sequence < 0) {
            return "This is not an engine event: it has no number.";
        }
        if (sequence === 0 && this.hasBegun) {
            return "Here another run begins: its events start from 0 again.";
        }
        if (sequence === this.last) {
            return `It is the second event with the number ${sequence}.`;
        }
        if (sequence < this.last) {
            return `Its number is ${sequence}, and that of the event before it ${this.last}: the lines are not in their order, or another run begins here.`;
        }
        if (sequence > this.last + 1) {
            this.lost += sequence - this.last - 1;
            this.firstGap ??= { line, after: this.last, to: sequence };
        }
        this.last = sequence;
        return undefined;
    }

    /** @param providers of the resource before and after */
    stepped(urn: Urn, operation: string, providers: readonly Urn[]): void {
        this.stepOf.add(urn);
        this.isRefreshed ||= operation === "refresh";
        this.hasProvidersOfEngine ||= isOfEngineItself(urn);
        providers.filter(isOfEngineItself).forEach((provider) => this.providers.add(provider));
    }

    analysed(urn: Urn): void {
        this.analysisOf.add(urn);
        if (isOfEngineItself(urn)) {
            this.providers.add(urn);
        }
    }

    failed(pack: string, policies: readonly string[]): void {
        policies.forEach((policy) => this.failures.add(`${pack} ${policy}`));
    }

    violated(pack: string, policy: string): void {
        this.violations.add(`${pack} ${policy}`);
    }

    /**
     * What is missing from the stream; undefined for nothing that matters.
     *
     * @param isWhole whether every resource has got as far as its step
     */
    gap(isWhole: boolean): { readonly position: string; readonly problem: string } | undefined {
        const { firstGap, lost } = this;
        if (firstGap === undefined) {
            return undefined;
        }
        const { line, after, to } = firstGap;
        const steps = this.isRefreshed ? 2 : 1;
        const mayLack = this.hasProvidersOfEngine ? 0 : this.providers.size * steps * EVENTS_OF_A_STEP;
        if (lost > mayLack) {
            const from = after < 0 ? `the first has the number ${to}` : `${after} is followed by ${to}`;
            return {
                position: `line ${line}`,
                problem: `${lost === 1 ? "An event is" : `${lost} events are`} missing: ${from}. What they told is not known.`,
            };
        }
        const silent = [...this.failures].find((failure) => !this.violations.has(failure));
        if (silent !== undefined) {
            return {
                position: `line ${line}`,
                problem: `An event is missing: ${silent} failed, and nothing says with what.`,
            };
        }
        const stepless = isWhole
            ? [...this.analysisOf].find((urn) => !this.stepOf.has(urn) && !isOfEngineItself(urn))
            : undefined;
        return stepless === undefined
            ? undefined
            : { position: `line ${line}`, problem: `An event is missing: nothing says what is done with ${stepless}.` };
    }
}

/** Its begin and its end. */
const EVENTS_OF_A_STEP = 2;

/** A provider that the engine has made because no resource names one. */
function isOfEngineItself(urn: Urn): boolean {
    const { type, name } = parseUrn(urn);
    return isProvider(type) && name.startsWith("default");
}
