import { allCases, testRule } from "../harness/rule-cases";

for (const cases of allCases()) {
    testRule(cases);
}
