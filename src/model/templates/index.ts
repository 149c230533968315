import type { Identities } from "../ids/identify";
import { isSkipped, type PlannedResource } from "../planned-resource";
import { parseTypeToken } from "../ids/type-token";
import type { EmbeddedResources } from "./embedded";
import { readGenericResource } from "./generic-resource";
import { classicDeployment, deployment, deploymentStack } from "./template";

type TemplateReader = (template: PlannedResource, identities: Identities) => EmbeddedResources;

/** Types that hold resources of other types (TOK-10). */
const TEMPLATES: ReadonlyMap<string, TemplateReader> = new Map<string, TemplateReader>([
    ["azure-native resources:Resource", readGenericResource],
    ["azure-native resources:Deployment", deployment("group")],
    ["azure-native resources:DeploymentAtSubscriptionScope", deployment("subscription")],
    ["azure-native resources:DeploymentAtManagementGroupScope", deployment("elsewhere")],
    ["azure-native resources:DeploymentAtTenantScope", deployment("elsewhere")],
    ["azure-native resources:DeploymentAtScope", deployment("elsewhere")],
    ["azure-native resources:DeploymentStackAtResourceGroup", deploymentStack("group")],
    ["azure-native resources:DeploymentStackAtSubscription", deploymentStack("subscription")],
    ["azure-native resources:DeploymentStackAtManagementGroup", deploymentStack("elsewhere")],
    ["azure-classic core:ResourceGroupTemplateDeployment", classicDeployment("group")],
    ["azure-classic core:TemplateDeployment", classicDeployment("group", "templateBody", "parametersBody")],
    ["azure-classic core:SubscriptionTemplateDeployment", classicDeployment("subscription")],
    ["azure-classic core:TenantTemplateDeployment", classicDeployment("elsewhere")],
    ["azure-classic management:GroupTemplateDeployment", classicDeployment("elsewhere")],
]);

const NOTHING: EmbeddedResources = { resources: [], gaps: [] };

function templateReaderOf(type: string): TemplateReader | undefined {
    const token = parseTypeToken(type);
    return token && TEMPLATES.get(`${token.provider} ${token.module}:${token.name}`);
}

/** True for the types that hold others. */
export function isTemplate(type: string): boolean {
    return templateReaderOf(type) !== undefined;
}

/** What a resource holds in it; nothing for most, and for what `--target` leaves out. */
export function embeddedResources(resource: PlannedResource, identities: Identities): EmbeddedResources {
    const template = templateReaderOf(resource.type);
    return template === undefined || isSkipped(resource) ? NOTHING : template(resource, identities);
}
