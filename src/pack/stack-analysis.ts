import { Collector } from "../model/collect";
import { isRead } from "../model/entities";
import { buildEstate } from "../model/build";
import type { Estate } from "../model/estate";
import type { ExternalResources } from "../model/external-resources";
import type { PlannedResource, Urn } from "../model/planned-resource";
import type { PropertyBag } from "../model/property-bag";
import { ConfiguredExemptions, type ExemptionInUse } from "../findings/exemption";
import { notReported, type OpenFinding } from "../findings/finding";
import type { ConfiguredResourcePolicy, SettingValues } from "../../policies/policy";
import { openOfStack, openOfResources, type PolicyFindings } from "../../policies/run";
import { RequestsInFlight } from "./requests-in-flight";

const NONE: SettingValues = {};
const NO_EXEMPTIONS = new ConfiguredExemptions([]);

/** What a stack policy finds in an estate. */
export type Judgement = (estate: Estate) => PolicyFindings;

/**
 * One walk of the engine over a stack: every resource as it is registered, then the stack policies one after another
 * (SEE-13). The engine does not say where one round ends and the next begins, so this tells by what comes: a resource
 * after a stack policy, or the same stack policy a second time, opens a new round, which sees nothing of the old one.
 */
export class StackAnalysis {
    /** What of it the SDK asks about at this moment. */
    readonly inFlight = new RequestsInFlight();
    private readonly collector = new Collector(isRead);
    private readonly resourcePolicies = new Map<string, ConfiguredResourcePolicy>();
    private readonly stackPolicies = new Set<string>();
    private readonly prepared = new Map<string, Judgement>();
    /** What the prepared policies found; gives it, or throws what they threw. */
    private readonly found = new Map<string, () => PolicyFindings>();
    /** The policy that hands the inputs over: the first that is enabled. */
    private collecting: string | undefined;
    /** Gives the estate of this round, or throws what building it threw. */
    private estate: (() => Estate) | undefined;
    private open: OpenFinding[] = [];
    private told = 0;
    /** Exemptions that have taken findings out so far. */
    exemptionsInUse: ExemptionInUse[] = [];
    /** What is known beyond the stack. */
    external: ExternalResources | undefined;
    /** Settings that stand once for all policies. */
    shared: SettingValues = NONE;
    exemptions = NO_EXEMPTIONS;

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
        // Each policy gets a copy of its own; to keep one for a while and then the next costs more than to keep the first.
        this.collecting ??= name;
        if (name === this.collecting) {
            this.collector.add(urn, type, inputs);
        }
    }

    /** A resource policy as it is configured, once it has been asked in this round. */
    resourcePolicy(name: string): ConfiguredResourcePolicy | undefined {
        return this.resourcePolicies.get(name);
    }

    /** A stack policy that knows its settings before there is a stack judges together with the first one. */
    prepare(name: string, judgement: Judgement): void {
        this.prepared.set(name, judgement);
    }

    isPrepared(name: string): boolean {
        return this.prepared.has(name);
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
        for (const [policy, judgement] of this.prepared) {
            this.found.set(
                policy,
                attempt(() => judgement(estate)),
            );
        }
        return estate;
    }

    /** What a prepared policy found. */
    foundBy(name: string): PolicyFindings | undefined {
        return this.found.get(name)?.();
    }

    /** True where a policy has judged the stack and has nothing to say of it. */
    isSilent(name: string): boolean {
        try {
            return this.foundBy(name)?.reported.length === 0;
        } catch {
            return false;
        }
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
        this.prepared.clear();
        this.found.clear();
        this.estate = undefined;
        this.open = [];
        this.told = 0;
        this.exemptionsInUse = [];
        this.shareSettings(NONE, NO_EXEMPTIONS);
        this.external = undefined;
    }
}

/** A bug is thrown where the policy that has it tells what it found, and stops no other. */
function attempt<T>(task: () => T): () => T {
    try {
        const result = task();
        return () => result;
    } catch (error) {
        return () => {
            throw error;
        };
    }
}
