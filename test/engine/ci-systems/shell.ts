// What the played CI systems have in common: they start a shell in a checkout, and look at what it has done.
import type { Script } from "../../../dev/docs/recipes";
import type { Environment } from "../../../dev/offline/setting";
import type { GateRun } from "../gate-command";

/** A step, or a job, as it has ended. */
export interface Ran {
    readonly name: string;
    readonly outcome: "success" | "failure" | "skipped";
    readonly stdout: string;
    readonly stderr: string;
    /** What the CI system runs by itself: an action, a task. Nothing of it is run here. */
    readonly uses?: string;
    readonly inputs?: Readonly<Record<string, string>>;
}

/** A checkout. */
export interface Checkout {
    readonly folder: string;
    readonly run: (script: Script, more?: Environment) => Promise<GateRun>;
}

export const skipped = (name: string): Ran => ({ name, outcome: "skipped", stdout: "", stderr: "" });

export const ended = (name: string, { status, stdout, stderr }: GateRun): Ran => ({
    name,
    outcome: status === 0 ? "success" : "failure",
    stdout,
    stderr,
});
