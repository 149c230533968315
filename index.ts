import { PolicyPack } from "@pulumi/policy";
import { planPolicies, policies } from "./policies";
import { pulumiPolicies } from "./pulumi/pack";

new PolicyPack("azure-bcdr-guard", {
    displayName: "Azure Backup and Site Recovery",
    description: "Knows how Azure Backup and Azure Site Recovery get on, and what a restore does to replication.",
    provider: "azure",
    tags: ["azure", "azure-backup", "site-recovery", "disaster-recovery"],
    enforcementLevel: "advisory",
    policies: pulumiPolicies(policies, planPolicies),
});
