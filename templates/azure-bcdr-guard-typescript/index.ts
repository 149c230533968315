import { policyPack } from "azure-bcdr-guard/policies";

// A new pack blocks nothing. Give policies the level "mandatory" once you have seen their findings.
policyPack("bcdr-policies", {
    all: "advisory",
    "restored-os-disk-not-replicated": "mandatory",
    "vault-soft-delete": { enforcementLevel: "advisory", retentionDays: 30 },
    policies: [
        {
            name: "vm-names-its-tier",
            description: "A VM has no tag that names its tier.",
            enforcementLevel: "advisory",
            validateResource: ({ type, props }, reportViolation) => {
                const tags = props.tags as Readonly<Record<string, string>> | undefined;
                if (type === "azure-native:compute:VirtualMachine" && tags?.["bcdr-tier"] === undefined) {
                    reportViolation("Add the tag bcdr-tier: none, backup, replication or backup-and-replication.");
                }
            },
        },
    ],
});
