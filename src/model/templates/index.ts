import type { Identities } from "../ids/identify";
import { isSkipped, type PlannedResource } from "../planned-resource";
import { parseTypeToken } from "../ids/type-token";
import type { Carried } from "./embedded";
import { readGenericResource } from "./generic-resource";
import { classicDeployment, deployment, deploymentStack } from "./template";

type Carrier = (carrier: PlannedResource, identities: Identities) => Carried;

/** Types that hold resources of other types (TOK-10). */
const CARRIERS: ReadonlyMap<string, Carrier> = new Map<string, Carrier>([
    ["azure-native resources:Resource", readGenericResource],
    ["azure-native resources:Deployment", deployment("group")],
    ["azure-native resources:DeploymentAtSubscriptionScope", deployment("subscription")],
    ["azure-native resources:DeploymentAtManagementGroupScope", deployment("elsewhere")],
    ["azure-native resources:DeploymentAtTenantScope", deployment("elsewhere")],
    ["azure-native resources:DeploymentAtScope", deployment("elsewhere")],
    ["azure-native resources:DeploymentStackAtResourceGroup", deploymentStack("group")],
    ["azure-native resources:DeploymentStackAtSubscription", deploymentStack("subscription")],
    ["azure-native resources:DeploymentStackAtManagementGroup", deploymentStack("elsewhere")],
    ["azure core:ResourceGroupTemplateDeployment", classicDeployment("group")],
    ["azure core:TemplateDeployment", classicDeployment("group", "templateBody", "parametersBody")],
    ["azure core:SubscriptionTemplateDeployment", classicDeployment("subscription")],
    ["azure core:TenantTemplateDeployment", classicDeployment("elsewhere")],
    ["azure management:GroupTemplateDeployment", classicDeployment("elsewhere")],
]);

const NOTHING: Carried = { resources: [], gaps: [] };

function carrierOf(type: string): Carrier | undefined {
    const token = parseTypeToken(type);
    return token && CARRIERS.get(`${token.spelling} ${token.module}:${token.name}`);
}

/** True for the types that hold others. */
export function isCarrier(type: string): boolean {
    return carrierOf(type) !== undefined;
}

/** What a resource holds in it; nothing for most, and for what `--target` leaves out. */
export function carriedBy(resource: PlannedResource, identities: Identities): Carried {
    const carrier = carrierOf(resource.type);
    return carrier === undefined || isSkipped(resource) ? NOTHING : carrier(resource, identities);
}
