import * as path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { planPolicies, policies } from "./policies";
import { REPOSITORY } from "./policies/package";
import { pulumiPolicies } from "./src/pack/pack";
import { readmeText } from "./src/pack/readme";

new PolicyPack("azure-bcdr-guard", {
    displayName: "Azure Backup and Site Recovery",
    description:
        "Checks that Azure Backup and Azure Site Recovery work together, and that a restore does not break replication.",
    readme: readmeText(path.join(__dirname, "..", "README.md")),
    provider: "azure",
    repository: REPOSITORY,
    tags: ["azure", "azure-backup", "site-recovery", "disaster-recovery"],
    enforcementLevel: "advisory",
    policies: pulumiPolicies(policies, planPolicies),
});
