import type { UnreadResource } from "./entities";
import { Estate } from "./estate";
import type { ExternalResources } from "./external-resources";
import type { PlannedResource } from "./planned-resource";

/**
 * The estate of these resources. Where reading fails, `Entities` leaves the resource out; where it is linking that fails,
 * the resource that sets the bug off is found here by trying, and left out as well. Only where no estate can be built at
 * all does the error leave.
 */
export function buildEstate(
    resources: readonly PlannedResource[],
    former?: Estate,
    external?: ExternalResources,
): Estate {
    const left: UnreadResource[] = [];
    const types = new Set<string>();
    let rest = resources;
    for (;;) {
        try {
            return new Estate(rest, former, external, left);
        } catch (error) {
            const fails = (some: readonly PlannedResource[]): boolean => cannotBuild(some, former, external);
            if (fails([])) {
                throw error;
            }
            const cause = firstFailing(rest, fails);
            // The second of a type: so it is the type, and to try each of thousands would take for ever.
            const goes = ({ urn, type }: PlannedResource): boolean =>
                urn === cause.urn || (types.has(cause.type) && type === cause.type);
            rest.filter(goes).forEach(({ urn }) => left.push({ urn, error }));
            rest = rest.filter((resource) => !goes(resource));
            types.add(cause.type);
        }
    }
}

function cannotBuild(resources: readonly PlannedResource[], former?: Estate, external?: ExternalResources): boolean {
    try {
        new Estate(resources, former, external);
        return false;
    } catch {
        return true;
    }
}

/** The resource with which building begins to fail; without any it succeeds, and with all of them it does not. */
function firstFailing(
    resources: readonly PlannedResource[],
    fails: (some: readonly PlannedResource[]) => boolean,
): PlannedResource {
    let [succeeds, failing] = [0, resources.length];
    while (failing - succeeds > 1) {
        const middle = Math.floor((succeeds + failing) / 2);
        if (fails(resources.slice(0, middle))) {
            failing = middle;
        } else {
            succeeds = middle;
        }
    }
    return resources[succeeds] as PlannedResource;
}
