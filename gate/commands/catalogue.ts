import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { nearest } from "../../configuration/nearest";
import { problemsIn } from "../configuration";
import { nameOfFile } from "../files";
import { WrongUse } from "../wrong-use";
import { packageFolder } from "../package";
import { reportedRules } from "../judging/reported-rules";

/** Every rule in a line, its policy before it; for machines as JSON. */
export function rules(asJson: boolean): string {
    if (asJson) {
        return `${JSON.stringify(reportedRules, undefined, 4)}\n`;
    }
    const policies = new Map<string, string[]>();
    for (const { id, policy, level, severity, finds } of reportedRules) {
        const lines = policies.get(policy) ?? [`${policy} (${level}, ${severity})`];
        policies.set(policy, [...lines, `  ${id}  ${finds}`]);
    }
    return `${[...policies.values()].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/**
 * The page of a rule.
 *
 * @throws WrongUse for an id that there is not
 */
export function explain(written: string): string {
    const id = written.toUpperCase();
    const page = path.join(packageFolder(), "docs", "rules", `${id}.md`);
    const rule = reportedRules.find((each) => each.id === id);
    if (rule === undefined || !existsSync(page)) {
        const ids = reportedRules.map((each) => each.id);
        const meant = nearest(id, ids, 1);
        const hint = meant === undefined ? 'See "azure-bcdr-guard rules".' : `Did you mean ${meant}?`;
        throw new WrongUse(`There is no rule ${JSON.stringify(written)}. ${hint}`);
    }
    return readFileSync(page, "utf8");
}

/**
 * One sentence where all is right.
 *
 * @throws WrongUse with everything that is not
 */
export function checkConfigurationFile(file: string): string {
    const problems = problemsIn(file);
    if (problems.length > 0) {
        throw new WrongUse(`${nameOfFile(file)} is not right:\n${problems.map((each) => `  ${each}`).join("\n")}`);
    }
    return `${nameOfFile(file)} is right: every policy, setting, level and rule id in it is known.\n`;
}
