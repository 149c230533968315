import { buildEstate } from "./build";
import type { Estate } from "./estate";
import { differencesInCase } from "./letter-case";
import { pushTo } from "./lists";
import type { PropertyBag } from "./property-bag";
import type { AzureResource, Disk, DiskPlace, Entity, VirtualMachine, Tags } from "./resources";
import type { ExternalResources } from "./external-resources";
import type { PlannedResource, Urn } from "./planned-resource";

/** What a plan does with a resource. */
export type Operation = "create" | "update" | "replace" | "delete" | "same";

/** One resource of a plan, with what becomes of it. */
export interface Step {
    readonly operation: Operation;
    /** For a replace: true where the new one is made while the old one is still there. */
    readonly createsFirst: boolean;
    /** True where Pulumi only forgets the old resource, and Azure keeps it (`retainOnDelete`). */
    readonly retained: boolean;
}

export interface PlanContent {
    /** `refresh` changes nothing in Azure: it shows what somebody has changed there. */
    readonly kind: "update" | "destroy" | "refresh";
    /** What exists: the state before the plan. */
    readonly before: readonly PlannedResource[];
    /** What will exist. What a step does not change stays known, though a preview calls it unknown. */
    readonly after: readonly PlannedResource[];
    /** By the URN of the resource, the new one where an alias gave it another. */
    readonly steps: ReadonlyMap<Urn, Step>;
    /** The URN that a resource had before the plan, by the one that an alias gives it. */
    readonly formerUrns: ReadonlyMap<Urn, Urn>;
}

const UNTOUCHED: Step = { operation: "same", createsFirst: false, retained: false };

/** What a plan does to the stack: the same model before and after it, and the steps between. */
export class Plan {
    readonly kind: PlanContent["kind"];
    readonly before: Estate;
    readonly after: Estate;
    private readonly steps: ReadonlyMap<Urn, Step>;
    private readonly inputsBefore: ReadonlyMap<Urn, PropertyBag | undefined>;
    private readonly inputsAfter: ReadonlyMap<Urn, PropertyBag | undefined>;
    private readonly newUrns: ReadonlyMap<Urn, Urn>;
    private readonly formerUrns: ReadonlyMap<Urn, Urn>;
    private readonly afterwardsByKey: ReadonlyMap<string, Entity>;
    private readonly vmsBefore = new Map<Urn, VirtualMachine[]>();
    /** Places of attachments that Pulumi only forgets: the disk stays where it is. */
    readonly keptPlaces: ReadonlySet<DiskPlace>;

    /** @param external what is known beyond the stack */
    constructor({ kind, before, after, steps, formerUrns }: PlanContent, external?: ExternalResources) {
        this.kind = kind;
        this.before = buildEstate(before, undefined, external);
        this.after = buildEstate(after, this.before, external);
        this.steps = steps;
        this.inputsBefore = new Map(before.map(({ urn, inputs }) => [urn, inputs]));
        this.inputsAfter = new Map(after.map(({ urn, inputs }) => [urn, inputs]));
        this.formerUrns = formerUrns;
        this.newUrns = new Map([...formerUrns].map(([now, former]) => [former, now]));
        this.before.vms.forEach((vm) => {
            if (vm.urn !== undefined) {
                pushTo(this.vmsBefore, vm.urn, vm);
            }
        });
        this.afterwardsByKey = new Map(this.after.entities.map((entity) => [entityKey(entity, entity.urn), entity]));
        this.keptPlaces = new Set(
            this.before.entities.flatMap((entity) =>
                entity.kind === "disk attachment" && this.stepOf(entity).retained ? [entity.place] : [],
            ),
        );
    }

    /** What the plan does with a resource that is there; one that no step names is left alone. */
    stepOf({ urn }: Pick<AzureResource, "urn">): Step {
        return (urn === undefined ? undefined : this.steps.get(this.newUrns.get(urn) ?? urn)) ?? UNTOUCHED;
    }

    /** What becomes of a resource that is there; undefined where the plan deletes it. */
    afterwards<E extends Entity>(entity: E): E | undefined {
        const urn = entity.urn && (this.newUrns.get(entity.urn) ?? entity.urn);
        return this.afterwardsByKey.get(entityKey(entity, urn)) as E | undefined;
    }

    /**
     * The tags that a VM has before the plan, by its URN before or after it; undefined where it is not there yet, and
     * where several VMs of one template share the URN.
     */
    tagsBefore(urn: Urn | undefined): Tags | undefined {
        const former = urn && (this.formerUrns.get(urn) ?? urn);
        const [vm, ...others] = (former === undefined ? undefined : this.vmsBefore.get(former)) ?? [];
        return others.length > 0 ? undefined : vm?.tags;
    }

    /** Where a resource is replaced only because texts differ in the case of letters: their paths. */
    differencesInCase({ urn, embeddedIn }: AzureResource): readonly string[] {
        if (urn === undefined || embeddedIn !== undefined || this.stepOf({ urn }).operation !== "replace") {
            return [];
        }
        return differencesInCase(this.inputsBefore.get(urn), this.inputsAfter.get(this.newUrns.get(urn) ?? urn));
    }

    /** The disks that the plan makes, among these resources of it. */
    newDisks(urns: readonly Urn[]): readonly Disk[] {
        return [...new Set(urns)].flatMap((urn) => {
            const entity = this.afterwardsByKey.get(entityKey({ kind: "disk", embeddedIn: undefined }, urn));
            return entity?.kind === "disk" && entity.lifetime === "new" && !entity.skipped ? [entity] : [];
        });
    }

    /** What Pulumi only drops from its state stays in Azure. So does what it never had, and what a template has made. */
    outcomeOf(entity: Entity): Outcome {
        const { operation, retained } = this.stepOf(entity);
        if (entity.urn === undefined || entity.embeddedIn?.deployment !== undefined || retained) {
            return "stays";
        }
        if (this.afterwards(entity) === undefined) {
            return "gone";
        }
        return operation === "replace" ? "replaced" : "stays";
    }
}

/** What the plan does to something that exists: it stays, another one replaces it, or it is deleted. */
export type Outcome = "stays" | "replaced" | "gone";

/** A template's resources share its URN; their place in the template tells them apart. */
function entityKey({ kind, embeddedIn }: Pick<Entity, "kind" | "embeddedIn">, urn: Urn | undefined): string {
    return `${kind} ${embeddedIn?.prefix ?? ""} ${urn ?? ""}`;
}
