import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { nearest } from "../../configuration/nearest";
import { readConfigurationFile } from "../configuration";
import { nameOfFile } from "../files";
import { print, printLines } from "../printing";
import { WrongUse } from "../wrong-use";
import { packageFolder } from "../package";
import { reportedRules } from "../judging/reported-rules";

/** Every rule in a line, its policy before it; for machines as JSON. */
export function rules(asJson: boolean): void {
    if (asJson) {
        print(`${JSON.stringify(reportedRules, undefined, 4)}\n`);
        return;
    }
    const policies = new Map<string, string[]>();
    for (const { id, policy, level, severity, finds } of reportedRules) {
        const lines = policies.get(policy) ?? [`${policy} (${level}, ${severity})`];
        policies.set(policy, [...lines, `  ${id}  ${finds}`]);
    }
    printLines([...policies.values()].flatMap((lines, index) => (index === 0 ? lines : ["", ...lines])));
}

/**
 * Prints the page of a rule.
 *
 * @throws WrongUse for an id that there is not
 */
export function explain(written: string): void {
    const id = written.toUpperCase();
    const page = path.join(packageFolder(), "docs", "rules", `${id}.md`);
    const rule = reportedRules.find((each) => each.id === id);
    if (rule === undefined || !existsSync(page)) {
        const ids = reportedRules.map((each) => each.id);
        const meant = nearest(id, ids, 1);
        const hint = meant === undefined ? 'See "azure-bcdr-guard rules".' : `Did you mean ${meant}?`;
        throw new WrongUse(`There is no rule ${JSON.stringify(written)}. ${hint}`);
    }
    print(readFileSync(page, "utf8"));
}

/**
 * One sentence where all is right.
 *
 * @throws WrongUse with everything that is not
 */
export function checkConfigurationFile(file: string): void {
    readConfigurationFile(file);
    printLines([`${nameOfFile(file)} is right: every policy, setting, level and rule id in it is known.`]);
}
