// Publishes the pack to Pulumi Cloud, and puts stacks under it on a ladder: audit, advisory, mandatory. Move a stack up by
// moving its line in the configuration.
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as pulumiservice from "@pulumi/pulumiservice";
import { version } from "azure-bcdr-guard/package.json";

const STEPS = ["audit", "advisory", "mandatory"] as const;
type Step = (typeof STEPS)[number];

/** What a step of the ladder does with a finding. A policy group takes blocks, and no level alone. */
const LADDER: Readonly<Record<Step, { readonly mode: string; readonly config: Readonly<Record<string, object>> }>> = {
    // Pulumi Cloud looks at the state after an update, and nobody waits for it.
    audit: { mode: "audit", config: { all: { enforcementLevel: "advisory" } } },
    // Each preview and update shows the findings, and passes.
    advisory: { mode: "preventative", config: { all: { enforcementLevel: "advisory" } } },
    // The policies' own levels: what is mandatory stops a preview and an update.
    mandatory: { mode: "preventative", config: {} },
};

interface StackOfLadder {
    readonly project: string;
    readonly name: string;
}

const config = new pulumi.Config();
const organization = config.get("organization") ?? pulumi.getOrganization();

const pack = new pulumiservice.PolicyPack("pack", {
    organization,
    name: "azure-bcdr-guard",
    versionTag: version,
    sourcePath: path.dirname(require.resolve("azure-bcdr-guard/package.json")),
});

// Settings of all steps. A tag of the environment pins its revision: groups that attach `bcdr/policy@stable` see an edit
// only when the tag moves to it.
const environment = new pulumiservice.Environment("policy", {
    organization,
    project: "bcdr",
    name: "policy",
    yaml: new pulumi.asset.StringAsset(`values:
  policyConfig:
    shared-settings:
      restoreSource: any-snapshot
`),
});
const stable = new pulumiservice.EnvironmentVersionTag("stable", {
    organization,
    project: "bcdr",
    environment: environment.name,
    tagName: "stable",
    revision: config.getNumber("policyRevision") ?? environment.revision,
});

for (const step of STEPS) {
    const { mode, config: levels } = LADDER[step];
    const stacks = config.getObject<readonly StackOfLadder[]>(step) ?? [];
    new pulumiservice.PolicyGroup(step, {
        organizationName: organization,
        name: `bcdr-${step}`,
        entityType: "stacks",
        mode,
        stacks: stacks.map(({ project, name }) => ({ routingProject: project, name })),
        policyPacks: [{ name: pack.name, versionTag: pack.versionTag, config: levels }],
    });
}

/** To attach to the pack in each group. */
export const policyEnvironment = pulumi.interpolate`bcdr/${environment.name}@${stable.tagName}`;
