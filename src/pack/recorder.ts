import { appendFileSync } from "node:fs";
import { isRead } from "../model/entities";
import type { OpenFinding } from "../findings/finding";
import { forDisplay, singleLine } from "../findings/plain-text";
import {
    type FindingsInOne,
    RECORD_FILE_VARIABLE,
    RECORD_VERSION,
    recordedFinding,
    type RecordLine,
} from "../findings/record";
import type { PolicyFindings } from "../../policies/run";
import type { StackResource } from "./stack-request";

/** Writes down for the gate what Pulumi does not pass on. Without the variable that asks for it, it does nothing. */
export class Recorder {
    private started = false;
    private file = process.env[RECORD_FILE_VARIABLE] || undefined;

    findings(policy: string, { reported, suppressed }: PolicyFindings): void {
        if (reported.length + suppressed.length === 0) {
            return;
        }
        this.write([
            ...reported.map((finding) => ({ line: "finding", ...recordedFinding(policy, finding) }) as const),
            ...suppressed.map((each) => ({ line: "finding", ...recordedFinding(policy, each.finding, each) }) as const),
        ]);
    }

    inOne(findings: FindingsInOne): void {
        this.write([{ line: "in one", ...findings }]);
    }

    evaluated(policy: string): void {
        this.write([{ line: "evaluated", policy }]);
    }

    open(findings: readonly OpenFinding[]): void {
        this.write(findings.map((finding) => ({ line: "open", ...finding })));
    }

    /** What links the resources that the pack reads, and what keeps Pulumi from touching them. */
    resources(resources: readonly StackResource[]): void {
        if (this.file === undefined) {
            return;
        }
        this.write(
            resources
                .filter(({ type }) => isRead(type))
                .map(({ urn, opts, propertyDependencies }) => ({
                    line: "resource",
                    urn,
                    protect: opts.protect,
                    ignoreChanges: opts.ignoreChanges,
                    dependencies: Object.fromEntries(
                        Object.entries(propertyDependencies).map(([property, all]) => [
                            property,
                            all.map((each) => each.urn),
                        ]),
                    ),
                })),
        );
    }

    /** The one tag of the stack that policies look at. */
    stackTag(tag: readonly [name: string, value: string] | undefined): void {
        if (tag !== undefined) {
            const [name, value] = tag;
            this.write([{ line: "stack tag", name, value }]);
        }
    }

    private write(lines: readonly RecordLine[]): void {
        if (this.file === undefined || lines.length === 0) {
            return;
        }
        const start: RecordLine = { line: "start", version: RECORD_VERSION };
        const all = this.started ? lines : [start, ...lines];
        this.started = true;
        try {
            // Reasons of exemptions and names are in it, and are for nobody else on this machine.
            appendFileSync(this.file, all.map((line) => `${JSON.stringify(line)}\n`).join(""), { mode: 0o600 });
        } catch (error) {
            this.giveUp(this.file, error);
        }
    }

    /**
     * The record is of no use without this part of it, so no more is tried. It is for the gate alone: findings must not
     * get lost over it. Pulumi shows what a pack writes on standard error.
     */
    private giveUp(file: string, error: unknown): void {
        this.file = undefined;
        const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
        const sentence = `warning: azure-bcdr-guard cannot write the file that ${RECORD_FILE_VARIABLE} names (${file}: ${code}). All checks are made; reports know less without it.`;
        process.stderr.write(`${forDisplay(singleLine(sentence))}\n`);
    }
}
