import { equalsIgnoringCase } from "../../src/model/letter-case";
import { any, type Answer, compare, firstQuestion, isTrue, NO, unknownAnswer, YES } from "../../src/model/answers";
import { type Value, valueOf } from "../../src/model/values";
import type { VirtualMachine } from "../../src/model/resources";
import { DEFAULT_TIER_TAG } from "../../src/model/protection/tier-tag";
import { listed, MOST_NAMES } from "../../src/advice/names";
import { COVERAGE } from "../../src/facts/coverage";
import type { StackTags } from "../check";
import type { Settings, SettingValues, StackSubject } from "../policy";

/** What a VM may have to have. */
export type Service = "backup" | "replication";

const SERVICES: readonly Service[] = ["backup", "replication"];

export interface Configuration {
    /** Name of the tag, as the person wrote it. */
    readonly tierTag: string;
    /** By the tier's name in lower case. */
    readonly tiers: ReadonlyMap<string, Tier>;
    readonly defaultTier: Tier | undefined;
}

export interface Tier {
    readonly name: string;
    readonly requires: readonly Service[];
}

/** Without configured tiers, a tag names the services themselves. */
const DEFAULT_TIERS: Readonly<Record<string, readonly Service[]>> = {
    none: [],
    backup: ["backup"],
    replication: ["replication"],
    "backup-and-replication": ["backup", "replication"],
};

export const tierSettings: Settings<Configuration> = {
    areShared: true,
    properties: {
        tierTag: {
            type: "string",
            default: DEFAULT_TIER_TAG,
            description: "The tag of a VM, or of the stack for all VMs without it, that names the tier.",
        },
        tiers: {
            type: "object",
            additionalProperties: { type: "array", items: { type: "string", enum: SERVICES } },
            description:
                "What each tier requires: a list of `backup` and `replication`. Without this setting the tiers are `none`, `backup`, `replication` and `backup-and-replication`.",
        },
        defaultTier: {
            type: "string",
            description:
                "The tier of a VM without the tag, unless the stack has the tag. Without this setting, such a VM must be backed up if the stack uses Azure Backup at all.",
        },
    },
    problem: (values) => {
        const { defaultTier } = values;
        const tiers = tiersOf(values);
        return defaultTier === undefined || tiers.has((defaultTier as string).toLowerCase())
            ? undefined
            : `"defaultTier" is ${JSON.stringify(defaultTier)}, which is not a tier. Allowed: ${[...tiers.values()].map(({ name }) => `"${name}"`).join(", ")}.`;
    },
    read: (values) => {
        const { tierTag = DEFAULT_TIER_TAG, defaultTier } = values;
        const tiers = tiersOf(values);
        return {
            tierTag: tierTag as string,
            tiers,
            defaultTier: defaultTier === undefined ? undefined : tiers.get((defaultTier as string).toLowerCase()),
        };
    },
};

function tiersOf({ tiers }: SettingValues): ReadonlyMap<string, Tier> {
    // The engine hands the names of a setting on in any order, and a message must not change from run to run.
    const required =
        tiers === undefined
            ? Object.entries(DEFAULT_TIERS)
            : Object.entries(tiers as Readonly<Record<string, readonly Service[]>>).sort(([a], [b]) =>
                  a < b ? -1 : 1,
              );
    return new Map(required.map(([name, requires]) => [name.toLowerCase(), { name, requires }]));
}

type TaggedStack = Pick<StackSubject, "estate" | "stackTags" | "inAzure">;

/** Whether a VM must have a service, and why. */
export interface Required {
    readonly requires: Answer;
    /** One or two sentences; empty where the VM does not need it. */
    readonly because: string;
}

/** The VM's own tag counts first, then the stack's, then the configured default. */
export function required(
    stack: TaggedStack,
    vm: VirtualMachine,
    service: Service,
    configuration: Configuration,
): Required {
    const { tierTag, tiers } = configuration;
    const tag = tagOf(vm, tierTag);
    if (tag.state === "unknown") {
        return { requires: unknownAnswer(vm, tag.property), because: "" };
    }
    if (tag.state === "absent") {
        return byDefault(stack, vm, service, configuration, `The VM has no tag ${tierTag}`);
    }
    const tier = tiers.get(tag.value.trim().toLowerCase());
    return tier === undefined
        ? byDefault(
              stack,
              vm,
              service,
              configuration,
              `The VM has the tag ${tierTag}=${tag.value}, which is not a configured tier`,
          )
        : {
              requires: tier.requires.includes(service) ? YES : NO,
              because: `The VM has the tag ${tierTag}=${tag.value}. This tier requires ${service}.`,
          };
}

function byDefault(
    { estate, stackTags, inAzure }: TaggedStack,
    vm: VirtualMachine,
    service: Service,
    { defaultTier, tierTag, tiers }: Configuration,
    reason: string,
): Required {
    const ofStack = stackTags && tierTagOf(stackTags, tierTag)?.[1];
    const stackTier = ofStack === undefined ? undefined : tiers.get(ofStack.trim().toLowerCase());
    if (stackTier !== undefined) {
        return {
            requires: stackTier.requires.includes(service) ? YES : NO,
            because: `${reason}. The stack has the tag ${tierTag}=${stackTier.name}. This tier requires ${service}.`,
        };
    }
    const because =
        ofStack === undefined
            ? reason
            : `${reason}, and the stack's tag ${tierTag}=${ofStack} is not a configured tier`;
    if (defaultTier !== undefined) {
        return {
            requires: defaultTier.requires.includes(service) ? YES : NO,
            because: `${because}. The default tier "${defaultTier.name}" requires ${service}.`,
        };
    }
    return service === "backup"
        ? {
              requires: isTrue(vm, estate.backup.isUsedHere),
              because: `${because}, and ${inAzure === true ? "what was audited" : "this stack"} uses Azure Backup.`,
          }
        : { requires: NO, because: "" };
}

/** The tag of a stack that names its tier, with its name as the stack has it. */
export function tierTagOf(stackTags: StackTags, tierTag: unknown = DEFAULT_TIER_TAG) {
    return [...stackTags].find(([name]) => equalsIgnoringCase(name, String(tierTag)));
}

/** The step for a VM that needs no such protection. */
export function excluded({ tierTag, tiers }: Configuration, service: Service): string {
    const free = [...tiers.values()]
        .filter(({ requires }) => !requires.includes(service))
        .map(({ name }) => `"${name}"`);
    return free.length === 0
        ? `If the VM needs no ${service}, exempt it from this policy with a reason and an end date.`
        : `If the VM needs no ${service}, set its tag ${tierTag} to ${listed(free, MOST_NAMES, " or ")}.`;
}

/** Azure compares the names of tags without case. */
function tagOf({ tags }: VirtualMachine, name: string): Value<string> {
    if (tags.state !== "known") {
        return tags;
    }
    const [, value] = [...tags.value].find(([key]) => equalsIgnoringCase(key, name)) ?? [];
    return value ?? { state: "absent" };
}

/** Spot VMs, those with an ephemeral OS disk, and those that another service manages. */
export function requiresNothing(vm: VirtualMachine): Answer {
    const { publishers, resourceGroup } = COVERAGE.LEFT_TO_THEIR_SERVICE.limit;
    const os = vm.diskPlaces.find(({ role }) => role === "os");
    return firstQuestion(
        any([
            isTrue(vm, vm.isSpot),
            os === undefined ? NO : isTrue(vm, os.settings.ephemeral),
            compare(vm, vm.image.publisher, (publisher) => publishers.includes(publisher.toLowerCase())),
            resourceGroup.test(valueOf(vm.id)?.resourceGroup ?? "") ? YES : NO,
        ]),
    );
}
