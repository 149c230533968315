import { allPlanCases, testPlanPolicy } from "../harness/plan-cases";

for (const cases of allPlanCases()) {
    testPlanPolicy(cases);
}
