import { allPlanCases, testPlanRule } from "../harness/plan-cases";

for (const cases of allPlanCases()) {
    testPlanRule(cases);
}
