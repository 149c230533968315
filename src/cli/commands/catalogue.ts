import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { nearest } from "../../config/nearest";
import { readConfigurationFile } from "../configuration";
import { nameOfFile } from "../files";
import { print, printLines } from "../printing";
import { UsageError } from "../usage-error";
import { packageFolder } from "../../../policies/package";
import { catalogue, reportedPolicies } from "../judging/reported-policies";
import { pageOf } from "../../../policies/documentation";

/** Every policy in a line; for VMs as JSON. */
export function listPolicies(asJson: boolean): void {
    if (asJson) {
        print(`${JSON.stringify(reportedPolicies, undefined, 4)}\n`);
        return;
    }
    const widest = reportedPolicies.reduce((width, { policy }) => Math.max(width, policy.length), 0);
    printLines(
        reportedPolicies.map(
            ({ id, policy, level, severity, finds }) =>
                `${id}  ${policy.padEnd(widest)}  ${`${level}, ${severity}`.padEnd(LONGEST_LEVEL)}  ${finds}`,
        ),
    );
}

const LONGEST_LEVEL = "mandatory, critical".length;

/**
 * Prints the page of a policy.
 *
 * @param written its id or name, in any case
 * @throws UsageError for a policy that there is not
 */
export function explain(written: string): void {
    const key = written.toLowerCase();
    const found = catalogue.find(({ id, name }) => id.toLowerCase() === key || name === key);
    const page = found && path.join(packageFolder(), "docs", pageOf(found));
    if (page === undefined || !existsSync(page)) {
        const meant = /^bcdr/.test(key)
            ? nearest(
                  written.toUpperCase(),
                  catalogue.map(({ id }) => id),
                  1,
              )
            : nearest(
                  key,
                  catalogue.map(({ name }) => name),
              );
        const hint = meant === undefined ? 'See "azure-bcdr-guard policies".' : `Did you mean ${meant}?`;
        throw new UsageError(`There is no policy ${JSON.stringify(written)}. ${hint}`);
    }
    print(readFileSync(page, "utf8"));
}

/**
 * One sentence where all is right.
 *
 * @throws UsageError with everything that is not
 */
export function checkConfigurationFile(file: string): void {
    readConfigurationFile(file);
    printLines([
        `${nameOfFile(file)} is right: every setting and level in it is known, and so is every policy that has one.`,
    ]);
}
