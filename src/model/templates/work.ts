/** What reading one template may cost. Azure's own limits are far below most of these; a plan must never wait for a template. */
const LIMITS = {
    /** Values, parts of expressions and resources that are gone through. */
    steps: 1_000_000,
    /** Characters of all texts that expressions make. */
    text: 4_000_000,
    /** Characters of one such text: Azure takes no longer one. */
    oneText: 131_072,
    /** Characters of one expression: Azure takes no longer one. */
    expression: 24_576,
    /** Values in values, calls in calls, and what variables lead to, taken together. */
    depth: 400,
} as const;

/** Keeps count of the work that one template makes. Over a limit, a value is unknown, and the place is remembered. */
export class Work {
    private steps = 0;
    private text = 0;
    private place = "";
    private readonly places = new Set<string>();

    /** Where a limit was met, as the template's author would look for it: `variables.name`. */
    get exceededAt(): readonly string[] {
        return [...this.places];
    }

    /** Does some work for a place of the template. */
    at<T>(place: string, task: () => T): T {
        const outer = this.place;
        this.place = place;
        try {
            return task();
        } finally {
            this.place = outer;
        }
    }

    /** One step. False where no more can be done. */
    step(count = 1): boolean {
        this.steps += count;
        return this.within(this.steps <= LIMITS.steps);
    }

    /** False where values are nested too deep. */
    mayDescend(depth: number): boolean {
        return this.within(depth <= LIMITS.depth);
    }

    /** False where an expression is longer than Azure takes it. */
    mayParse(expression: string): boolean {
        return this.within(expression.length <= LIMITS.expression);
    }

    /** Asked before a text of this length is made. */
    mayWrite(length: number): boolean {
        if (!this.within(length <= LIMITS.oneText && this.text + length <= LIMITS.text)) {
            return false;
        }
        this.text += length;
        return true;
    }

    private within(holds: boolean): boolean {
        if (!holds && this.places.size < MOST_PLACES) {
            this.places.add(this.place);
        }
        return holds;
    }
}

/** More places would say nothing more. */
const MOST_PLACES = 5;
