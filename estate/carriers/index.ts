import type { PlannedResource } from "../planned-resource";
import { parseTypeToken } from "../type-token";
import { readGenericResource } from "./generic-resource";
import { readClassicDeployment, readDeployment } from "./template";

type Carrier = (carrier: PlannedResource) => readonly PlannedResource[];

/** Types that hold resources of other types (TOK-10). */
const CARRIERS: ReadonlyMap<string, Carrier> = new Map([
    ["azure-native resources:Resource", readGenericResource],
    ["azure-native resources:Deployment", readDeployment],
    ["azure core:ResourceGroupTemplateDeployment", readClassicDeployment],
    ["azure core:TemplateDeployment", readClassicDeployment],
]);

function carrierOf(type: string): Carrier | undefined {
    const token = parseTypeToken(type);
    return token && CARRIERS.get(`${token.spelling} ${token.module}:${token.name}`);
}

/** True for the types that hold others. */
export function isCarrier(type: string): boolean {
    return carrierOf(type) !== undefined;
}

/** The resources that one resource holds in it; none for most. */
export function carriedBy(resource: PlannedResource): readonly PlannedResource[] {
    return carrierOf(resource.type)?.(resource) ?? [];
}
