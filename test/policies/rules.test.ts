import { allCases, testPolicy } from "../harness/rule-cases";

for (const cases of allCases()) {
    testPolicy(cases);
}
