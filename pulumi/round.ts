import { Collector } from "../estate/collect";
import { isRead } from "../estate/entities";
import { Estate } from "../estate/estate";
import type { Outside } from "../estate/outside";
import type { PlannedResource, Urn } from "../estate/planned-resource";
import type { PropertyBag } from "../estate/property-bag";
import type { OpenFinding } from "../findings/finding";
import type { ConfiguredResourcePolicy, SettingValues } from "../policies/policy";
import { openOfResources } from "../policies/run";

const NONE: SettingValues = {};

/**
 * One walk of the engine over a stack: every resource as it is registered, then the stack policies one after another
 * (SEE-13). The engine does not say where one round ends and the next begins, so this tells by what comes: a resource
 * after a stack policy, or the same stack policy a second time, opens a new round, which sees nothing of the old one.
 */
export class Round {
    private readonly collector = new Collector(isRead);
    private readonly resourcePolicies = new Map<string, ConfiguredResourcePolicy>();
    private readonly stackPolicies = new Set<string>();
    /** The policy that hands the inputs over: the first that is enabled. */
    private collecting: string | undefined;
    private estate: Estate | undefined;
    private open: OpenFinding[] = [];
    private told = 0;
    /** What is known beyond the stack. */
    outside: Outside | undefined;
    /** Settings that count for every policy which has none of its own. */
    shared: SettingValues = NONE;

    /** @param policy the resource policy that hands the inputs over */
    collect(name: string, policy: ConfiguredResourcePolicy, urn: Urn, type: string, inputs: PropertyBag): void {
        if (this.estate !== undefined) {
            this.close();
        }
        this.resourcePolicies.set(name, policy);
        // Each policy gets a copy of its own; to keep one for a while and then the next costs more than to keep the first.
        this.collecting ??= name;
        if (name === this.collecting) {
            this.collector.add(urn, type, inputs);
        }
    }

    /** The estate of this round, built from what was collected and the outputs by whichever stack policy comes first. */
    estateFor(name: string, resources: (inputs: ReadonlyMap<Urn, PropertyBag>) => readonly PlannedResource[]): Estate {
        if (this.stackPolicies.has(name)) {
            this.close();
        }
        this.stackPolicies.add(name);
        if (this.estate === undefined) {
            this.estate = new Estate(resources(this.collector.take()), undefined, this.outside);
            this.open = [...openOfResources(this.resourcePolicies.values(), this.estate)];
        }
        return this.estate;
    }

    /** What could not be decided so far; rules add to it as they run. */
    get openFindings(): OpenFinding[] {
        return this.open;
    }

    /** Those that have come since this was last asked. */
    newlyOpen(): readonly OpenFinding[] {
        const news = this.open.slice(this.told);
        this.told = this.open.length;
        return news;
    }

    private close(): void {
        this.collector.take();
        this.resourcePolicies.clear();
        this.collecting = undefined;
        this.stackPolicies.clear();
        this.estate = undefined;
        this.open = [];
        this.told = 0;
        this.shared = NONE;
        this.outside = undefined;
    }
}
