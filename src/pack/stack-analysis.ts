import { Collector } from "../model/collect";
import { isRead } from "../model/entities";
import { buildEstate } from "../model/build";
import type { Estate } from "../model/estate";
import type { ExternalResources } from "../model/external-resources";
import type { PlannedResource, Urn } from "../model/planned-resource";
import type { PropertyBag } from "../model/property-bag";
import { attempt } from "./attempt";
import { ConfiguredExemptions, type ExemptionInUse } from "../findings/exemption";
import { notReported, type OpenFinding } from "../findings/finding";
import type { ConfiguredResourcePolicy, FoundInPlace, SettingValues } from "../../policies/policy";
import { openOfStack, openOfResources } from "../../policies/run";

const NONE: SettingValues = {};
const NO_EXEMPTIONS = new ConfiguredExemptions([]);

/** Hears when an analysis is over. */
export interface AnalysisListener {
    closed(): void;
}

/**
 * One walk of the engine over a stack: every resource as it is registered, then the stack policies one after another
 * (SEE-13). The engine does not say where one round ends and the next begins, so this tells by what comes: a resource
 * after a stack policy, or the same stack policy a second time, opens a new round, which sees nothing of the old one.
 */
export class StackAnalysis {
    private readonly collector = new Collector(isRead);
    private readonly resourcePolicies = new Map<string, ConfiguredResourcePolicy>();
    private readonly stackPolicies = new Set<string>();
    /** The policy that hands the inputs over: the first that is enabled. */
    private collecting: string | undefined;
    /** Gives the estate of this round, or throws what building it threw. */
    private estate: (() => Estate) | undefined;
    private open: OpenFinding[] = [];
    private told = 0;
    /** Exemptions that have taken findings out so far. */
    exemptionsInUse: ExemptionInUse[] = [];
    /** What has been found in place so far. */
    inPlace: FoundInPlace[] = [];
    /** What is known beyond the stack. */
    external: ExternalResources | undefined;
    /** Settings that stand once for all policies. */
    shared: SettingValues = NONE;
    exemptions = NO_EXEMPTIONS;

    constructor(private readonly listener?: AnalysisListener) {}

    shareSettings(values: SettingValues, exemptions: ConfiguredExemptions): void {
        this.shared = values;
        this.exemptions = exemptions;
    }

    /** @param policy the resource policy that hands the inputs over; undefined for the shared settings */
    collect(
        name: string,
        policy: ConfiguredResourcePolicy | undefined,
        urn: Urn,
        type: string,
        inputs: PropertyBag,
    ): void {
        if (this.estate !== undefined) {
            this.close();
        }
        if (policy !== undefined) {
            this.resourcePolicies.set(name, policy);
        }
        // Each policy gets its own copy; to keep one for a while and then the next costs more than to keep the first.
        this.collecting ??= name;
        if (name === this.collecting) {
            this.collector.add(urn, type, inputs);
        }
    }

    /** A resource policy as it is configured, once it has been asked in this round. */
    resourcePolicy(name: string): ConfiguredResourcePolicy | undefined {
        return this.resourcePolicies.get(name);
    }

    /** The estate of this round, built from what was collected and the outputs by whichever stack policy comes first. */
    estateFor(name: string, resources: (inputs: ReadonlyMap<Urn, PropertyBag>) => readonly PlannedResource[]): Estate {
        if (this.stackPolicies.has(name)) {
            this.close();
        }
        this.stackPolicies.add(name);
        // Once, even if that fails: the inputs are handed over once, and without them the stack would look another.
        this.estate ??= attempt(() => this.build(resources(this.collector.take())));
        return this.estate();
    }

    private build(resources: readonly PlannedResource[]): Estate {
        const estate = buildEstate(resources, undefined, this.external);
        this.open = [...openOfStack(estate), ...openOfResources(this.resourcePolicies.values(), estate)];
        return estate;
    }

    /** What could not be decided so far; policies add to it as they run. */
    get openFindings(): OpenFinding[] {
        return this.open;
    }

    /** Those that have come since this was last asked. */
    newlyOpen(): readonly OpenFinding[] {
        const news = this.open.slice(this.told);
        this.told = this.open.length;
        return notReported(news);
    }

    private close(): void {
        this.collector.take();
        this.resourcePolicies.clear();
        this.collecting = undefined;
        this.stackPolicies.clear();
        this.listener?.closed();
        this.estate = undefined;
        this.open = [];
        this.told = 0;
        this.exemptionsInUse = [];
        this.inPlace = [];
        this.shareSettings(NONE, NO_EXEMPTIONS);
        this.external = undefined;
    }
}
