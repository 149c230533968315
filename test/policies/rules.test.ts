import { readdirSync } from "node:fs";
import { join } from "node:path";
import { testRule, type RuleCases } from "../harness/rule-cases";

/** The cases of each rule stand beside the tests of its policy, in a file named as the rule's own. */
const files = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".cases.ts"),
);

for (const file of files.sort()) {
    const { cases } = require(join(__dirname, file)) as { readonly cases: RuleCases };
    testRule(cases);
}
