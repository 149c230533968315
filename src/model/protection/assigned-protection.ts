import { equalsIgnoringCase } from "../letter-case";
import { PROTECTING_POLICIES, type ProtectingPolicy, type TagRule } from "../../facts/azure-policies";
import { any, given, NO, openQuestionsOf, unknownAnswer, type Answer, type OpenQuestion } from "../answers";
import { formatArmId } from "../ids/arm-id";
import { AssignmentIndex, scopeText, type AssignmentTerms, type Place } from "./assignment-index";
import { hasListedImage } from "./listed-images";
import { known, unknown, valueOf, type Value } from "../values";
import type { Entities } from "../entities";
import type { ExternalView } from "../external-view";
import { ResourceIndex, type Link } from "../link";
import { getOrCreate } from "../lists";
import { normaliseLocation } from "../places/location";
import type {
    AzureResource,
    VirtualMachine,
    PolicyAssignment,
    PolicyParameters,
    PolicySet,
    ResourceGroup,
    Tags,
} from "../resources";
import type { Reference } from "../planned-resource";
import type { Located, Regions } from "../places/regions";

export type Service = ProtectingPolicy["turnsOn"];

const SERVICES: readonly Service[] = ["backup", "disk backup", "replication"];

/** Where an assignment turns a service on, or may: undefined where the scope is not known, or no part of a subscription. */
export interface AssignedScope {
    readonly service: Service;
    readonly scope: string | undefined;
}

/** One definition as it is assigned. */
interface Assigned {
    readonly assignment: PolicyAssignment;
    readonly policy: ProtectingPolicy;
    readonly parameters: PolicyParameters;
    readonly terms: AssignmentTerms;
}

/** An assignment of an initiative that nobody here can look into: it may turn anything on where it is assigned. */
interface Unread {
    readonly assignment: PolicyAssignment;
    readonly terms: AssignmentTerms;
}

/** More of them prove nothing more, and each VM may have as many as there are. */
const MOST_ITEMS = 5;

/** The assignments that turn a service on for VMs of any image, or of listed ones. */
type Group = `${Service} ${ProtectingPolicy["images"]}`;

/** The assignments of a group, and what they amount to wherever a VM may be. */
interface OfGroup {
    readonly index: AssignmentIndex<Assigned>;
    readonly answers: Map<string, Answer<PolicyAssignment>>;
}

/** What an assignment goes by: where a VM or disk is, and its tags. */
export type Assignable = Located & Pick<VirtualMachine, "tags">;

/** What Azure Policy protects by itself: assignments of definitions that turn backup or replication on. */
export class AssignedProtection {
    private readonly assigned: Assigned[] = [];
    private readonly unread: Unread[] = [];
    private unreadIndex: AssignmentIndex<Unread> | undefined;
    private readonly unreadAt = new Map<string, Answer>();
    private readonly assignedAt = new Map<Group, OfGroup>();

    constructor(
        stack: Entities,
        private readonly groups: ResourceIndex<ResourceGroup>,
        private readonly regions: Regions,
        private readonly external: ExternalView,
    ) {
        const sets = new ResourceIndex(stack.of("policy set"), "Microsoft.Authorization/policySetDefinitions");
        for (const assignment of stack.of("policy assignment").filter(({ skipped }) => !skipped)) {
            this.add(assignment, sets);
        }
    }

    /** Whether any assignment turns one of these services on, for whichever VMs. */
    turnsOn(services: readonly Service[]): Value<boolean> {
        const assigned = this.assigned.filter(({ policy }) => services.includes(policy.turnsOn));
        const acting = assigned.map(({ assignment, parameters }) =>
            all([() => assignment.enforced, () => acts(parameters)]),
        );
        return (
            acting.find((each) => valueOf(each) === true) ??
            acting.find(({ state }) => state === "unknown") ??
            known(false)
        );
    }

    /** Where any of them acts, for other stacks, which know nothing else of it. */
    get scopes(): readonly AssignedScope[] {
        const acting = this.assigned.filter(
            ({ assignment, parameters }) => valueOf(all([() => assignment.enforced, () => acts(parameters)])) !== false,
        );
        return [
            ...acting.map(({ assignment, policy }) => ({
                service: policy.turnsOn,
                scope: scopeText(assignment.scope),
            })),
            ...this.unread
                .filter(({ assignment }) => valueOf(assignment.enforced) !== false)
                .flatMap(({ assignment: { scope } }) =>
                    SERVICES.map((service) => ({ service, scope: scopeText(scope) })),
                ),
        ];
    }

    /** The assignments that turn this service on for a VM. */
    of(vm: VirtualMachine, service: Service): Answer<PolicyAssignment> {
        const ofListedImages = this.inGroup(vm, `${service} listed`);
        const inStack = any([
            this.inGroup(vm, `${service} any`),
            ofListedImages.answer === "no" ? NO : given(hasListedImage(vm), ofListedImages),
            this.unreadOver(vm),
        ]);
        return inStack.answer === "no" ? this.elsewhere(vm, service) : inStack;
    }

    /** The stack's own assignments that turn this service on where a VM is, or may do so, and skip it because of its image. */
    skipping(vm: VirtualMachine, service: Service): readonly AzureResource[] {
        const ofListedImages = this.inGroup(vm, `${service} listed`);
        if (ofListedImages.answer === "no" || hasListedImage(vm).answer !== "no") {
            return [];
        }
        return ofListedImages.answer === "yes"
            ? ofListedImages.items
            : openQuestionsOf(ofListedImages).map(({ resource }) => resource);
    }

    /** The stack's own assignments that back a disk up. */
    ofDisk(disk: Assignable): Answer<PolicyAssignment> {
        return any([this.inGroup(disk, "disk backup any"), this.unreadOver(disk)]);
    }

    /** An assignment of another stack may turn a service on for a VM of this one; more of it is not known here. */
    elsewhere(vm: VirtualMachine, service: Service): Answer {
        return this.external.mayReach(service, vm)
            ? unknownAnswer(vm, "assignments of Azure Policy in other stacks", "external")
            : NO;
    }

    private inGroup(vm: Assignable, group: Group): Answer<PolicyAssignment> {
        if (this.assigned.length === 0) {
            return NO;
        }
        const { index, answers } = getOrCreate(this.assignedAt, group, () => ({
            index: new AssignmentIndex(
                this.assigned.filter(({ policy: { turnsOn, images } }) => `${turnsOn} ${images}` === group),
                normaliseLocation,
            ),
            answers: new Map<string, Answer<PolicyAssignment>>(),
        }));
        const place = this.placeOf(vm);
        return getOrCreate(answers, index.signatureOf(place), () => this.answer(index.candidates(place), place));
    }

    /** What the initiatives leave open that nobody here can look into and that are assigned to a place, or may be. */
    private unreadOver(vm: Assignable): Answer {
        if (this.unread.length === 0) {
            return NO;
        }
        const index = (this.unreadIndex ??= new AssignmentIndex(this.unread, normaliseLocation));
        const place = this.placeOf(vm);
        return getOrCreate(this.unreadAt, index.signatureOf(place), () => {
            const openQuestions: OpenQuestion[] = [];
            for (const { assignment } of index.candidates(place)) {
                if (valueOf(this.isInForce(assignment, place)) !== false) {
                    openQuestions.push({ resource: assignment, property: assignment.definition.property });
                }
                if (openQuestions.length === MOST_ITEMS) {
                    break;
                }
            }
            return unknownBy(openQuestions);
        });
    }

    private placeOf(vm: Assignable): Place {
        const { id, groupFrom, tags } = vm;
        return { id, groupFrom, tags, region: this.regions.of(vm) };
    }

    private answer(candidates: Iterable<Assigned>, place: Place): Answer<PolicyAssignment> {
        const items: PolicyAssignment[] = [];
        const openQuestions: OpenQuestion[] = [];
        for (const each of candidates) {
            const covered = this.covers(each, place);
            if (covered.state === "unknown") {
                // This list is copied into the answers of each VM, so it must not grow with the estate.
                if (openQuestions.length < MOST_ITEMS) {
                    openQuestions.push({ resource: each.assignment, property: covered.property });
                }
            } else if (covered.state === "known" && covered.value) {
                items.push(each.assignment);
                if (items.length === MOST_ITEMS) {
                    break;
                }
            }
        }
        return items.length > 0 ? { answer: "yes", items } : unknownBy(openQuestions);
    }

    private add(assignment: PolicyAssignment, sets: ResourceIndex<PolicySet>): void {
        const { definition, parameters } = assignment;
        const policy = policyWithId(definition.id);
        if (policy !== undefined) {
            this.assigned.push(assigned(assignment, policy, parameters));
            return;
        }
        const link: Link<PolicySet> = followSet(definition, sets);
        if (link.state === "linked") {
            for (const part of link.to.definitions) {
                const inSet = policyWithId(part.id);
                if (inSet !== undefined) {
                    this.assigned.push(assigned(assignment, inSet, passedOn(part.parameters, parameters)));
                }
            }
        } else if (link.state === "undecided") {
            this.unread.push({
                assignment,
                terms: { ...ANYTHING, scope: assignment.scope, notScopes: assignment.notScopes },
            });
        }
    }

    private covers({ assignment, parameters, terms }: Assigned, place: Place): Value<boolean> {
        return all([
            () => acts(parameters),
            () => this.isInForce(assignment, place),
            () => (terms.region === undefined ? known(true) : inRegion(place.region, terms.region)),
            () => taggedFor(place.tags, terms.tag),
        ]);
    }

    private isInForce({ enforced, scope, notScopes }: PolicyAssignment, place: Place): Value<boolean> {
        return all([
            () => enforced,
            () => this.isBelow(place, scope),
            ...notScopes.map((each) => () => not(this.isBelow(place, each))),
        ]);
    }

    /** Whether a VM lies in a scope. Of a management group nobody here knows what lies below it. */
    private isBelow(vm: Place, scope: Reference): Value<boolean> {
        if (scope.id.state === "unknown") {
            const groups = this.groups.among(scope.dependencies).map(({ urn }) => urn);
            return groups.some((urn) => urn !== undefined && vm.groupFrom.includes(urn)) ? known(true) : scope.id;
        }
        const id = valueOf(vm.id);
        const text = scopeText(scope);
        if (text === undefined || id?.subscription === undefined) {
            return unknown(scope.property);
        }
        return known(`${formatArmId(id).toLowerCase()}/`.startsWith(`${text}/`));
    }
}

function unknownBy(openQuestions: readonly OpenQuestion[]): Answer {
    return openQuestions.length === 0 ? NO : { answer: "unknown", openQuestions };
}

/** What an initiative takes by itself, as far as anybody here knows. */
const ANYTHING: Pick<AssignmentTerms, "region" | "tag"> = {
    region: undefined,
    tag: { name: { state: "absent" }, values: { state: "absent" }, takes: known("without") },
};

function assigned(assignment: PolicyAssignment, policy: ProtectingPolicy, parameters: PolicyParameters): Assigned {
    const { region, tag } = policy;
    const terms = {
        scope: assignment.scope,
        notScopes: assignment.notScopes,
        region: region === undefined ? undefined : parameter(parameters, region),
        tag: tagTerms(tag, parameters),
    };
    return { assignment, policy, parameters, terms };
}

function tagTerms(tag: TagRule, parameters: PolicyParameters): AssignmentTerms["tag"] {
    const name = parameter(parameters, tag.name);
    const values = parameter(parameters, tag.values);
    const type = typeof tag.takes === "string" ? undefined : parameter(parameters, tag.takes.parameter);
    const isEmpty = hasNoText(name) || isEmptyList(values) || (type !== undefined && hasNoText(type));
    return tag.takesAllWhenEmpty === true && isEmpty
        ? ANYTHING.tag
        : {
              name,
              values,
              takes: typeof tag.takes === "string" ? known(tag.takes) : byType(type ?? { state: "absent" }),
          };
}

function hasNoText(value: Value<readonly string[]>): boolean {
    return isEmptyList(value) || valueOf(value)?.every((text) => text === "") === true;
}

function isEmptyList(value: Value<readonly string[]>): boolean {
    return value.state === "absent" || valueOf(value)?.length === 0;
}

function policyWithId(id: Value<string>): ProtectingPolicy | undefined {
    const text = valueOf(id)?.toLowerCase() ?? "";
    return text.includes("/policydefinitions/")
        ? PROTECTING_POLICIES.find(({ guid }) => text.endsWith(guid))
        : undefined;
}

/** An initiative of this stack; what is neither that nor a definition is not looked into. */
function followSet(definition: Reference, sets: ResourceIndex<PolicySet>): Link<PolicySet> {
    const inStack = sets.among(definition.dependencies);
    const [only] = inStack;
    if (only !== undefined && inStack.length === 1) {
        return { state: "linked", to: only };
    }
    const isSet =
        valueOf(definition.id)?.toLowerCase().includes("/policysetdefinitions/") ?? definition.id.state === "unknown";
    return isSet ? { state: "undecided", property: definition.property, candidates: inStack } : { state: "none" };
}

/** An initiative passes `[parameters('x')]` on to the parameter of the assignment. */
function passedOn(ofPart: PolicyParameters, ofAssignment: PolicyParameters): PolicyParameters {
    if (ofPart.state !== "known") {
        return ofPart;
    }
    return known(
        new Map(
            [...ofPart.value].map(([name, values]) => {
                const passed =
                    values.state === "known"
                        ? /^\[parameters\('(\w{1,80})'\)\]$/.exec(values.value[0] ?? "")?.[1]
                        : undefined;
                return [name, passed === undefined ? values : parameter(ofAssignment, passed)];
            }),
        ),
    );
}

function parameter(parameters: PolicyParameters, name: string): Value<readonly string[]> {
    if (parameters.state !== "known") {
        return parameters;
    }
    return parameters.value.get(name) ?? { state: "absent" };
}

/** An effect of Disabled or of a mere audit protects nothing. */
function acts(parameters: PolicyParameters): Value<boolean> {
    const effect = parameter(parameters, "effect");
    if (effect.state === "unknown") {
        return effect;
    }
    return known(!/^(disabled|audit|auditifnotexists)$/i.test(valueOf(effect)?.[0] ?? ""));
}

function inRegion(location: Value<string>, region: Value<readonly string[]>): Value<boolean> {
    if (region.state !== "known") {
        return region.state === "unknown" ? region : unknown("parameters");
    }
    if (location.state !== "known") {
        return unknown("location");
    }
    return known(region.value.map(normaliseLocation).includes(location.value));
}

function taggedFor(tags: Tags, { name, values, takes }: AssignmentTerms["tag"]): Value<boolean> {
    if (name.state === "unknown") {
        return name;
    }
    if (values.state === "unknown") {
        return values;
    }
    if (takes.state !== "known") {
        return takes;
    }
    const [tagName] = valueOf(name) ?? [];
    if (tagName === undefined || tagName === "") {
        // Nothing to leave out; and a policy that takes VMs by a tag cannot be without one.
        return takes.value === "without" ? known(true) : unknown("parameters");
    }
    if (tags.state === "unknown") {
        return tags;
    }
    const held = [...(valueOf(tags) ?? new Map<string, Value<string>>())].find(([key]) =>
        equalsIgnoringCase(key, tagName),
    )?.[1];
    if (held?.state === "unknown") {
        return held;
    }
    const isTagged = held?.state === "known" && (valueOf(values) ?? []).includes(held.value);
    return known(takes.value === "with" ? isTagged : !isTagged);
}

function byType(type: Value<readonly string[]>): Value<"with" | "without"> {
    return type.state === "known"
        ? known(type.value[0]?.toLowerCase() === "exclusion" ? "without" : "with")
        : type.state === "unknown"
          ? type
          : known("without");
}

function not(value: Value<boolean>): Value<boolean> {
    return value.state === "known" ? known(!value.value) : value;
}

/** True where all are, false where one surely is not, else unknown. */
function all(conditions: readonly (() => Value<boolean>)[]): Value<boolean> {
    let result: Value<boolean> = known(true);
    for (const condition of conditions) {
        const value = condition();
        if (value.state === "known" && !value.value) {
            return value;
        }
        result = value.state === "unknown" ? value : result;
    }
    return result;
}
