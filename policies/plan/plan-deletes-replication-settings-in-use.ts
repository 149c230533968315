import type { Fix, Step } from "../../src/advice/fix";
import { quoted } from "../../src/advice/names";
import { armKey } from "../../src/model/ids/arm-id";
import { kindName } from "../../src/model/kind-names";
import { valueOf } from "../../src/model/values";
import type { ContainerMapping, Entity, Kind, OfKind } from "../../src/model/resources";
import type { Plan } from "../../src/model/plan";
import { evidenceIn, unknownAnswer } from "../../src/model/answers";
import { headline, type Message } from "../../src/findings/message";
import { NIST } from "../../src/facts/frameworks";
import { PLANS } from "../../src/facts/plans";
import type { Circumstances } from "../check";
import { memoize } from "../memoize";
import { deletionPolicy } from "./deletions";
import {
    above,
    disableAll,
    itemInWords,
    itemsThatNeed,
    keepStep,
    listOfItems,
    type NeededDeletion,
    STALE_LINKS,
} from "./items-in-use";
import { protectFacts } from "./protect";
import { oneOf, saysDeleted, type Tense, tense } from "./tense";

/** What items need beside their vault. */
const SETTINGS = [
    "replication fabric",
    "protection container",
    "protection container mapping",
    "replication policy",
    "backup policy",
    "disk backup policy",
] as const satisfies readonly Kind[];

interface Parameters extends NeededDeletion {
    readonly what: (typeof SETTINGS)[number];
}

/** BCDR610: a fabric, container, mapping or policy is deleted while items need it (INT-62). */
export const planDeletesReplicationSettingsInUse = deletionPolicy({
    id: "BCDR610",
    name: "plan-deletes-replication-settings-in-use",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes a fabric, container, mapping or policy that items need.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps:
        "Assign another policy to the items, or disable their replication, before you delete what they need.",

    // A refresh deletes nothing: it drops from the state what Azure no longer has.
    plans: ["update", "destroy"],
    resources: (plan) => plan.before.entities.filter(isSetting),
    check: ({ resource: setting, plan }) => {
        const needing = itemsThatNeed(plan, setting);
        const [first] = evidenceIn(needing) ?? [];
        if (
            first?.kind !== "replicated item" ||
            setting.kind !== "protection container mapping" ||
            !containersOfKeptMappings(plan).has(containerOf(setting))
        ) {
            return needing;
        }
        // Each mapping is for another container on the other side, and the plan does not have whose it is.
        return [
            ...needing.filter(({ answer }) => answer === "unknown"),
            unknownAnswer(first, first.targetFabric.property),
        ];
    },
    facts: ({ resource: setting, plan }, items) => ({
        what: setting.kind,
        items: items.map((item) => itemInWords(plan, item)),
    }),

    message: (parameters, circumstances): Message => {
        const { kind, what, name, isReplaced, isProtected, items } = parameters;
        const now = tense(kind, circumstances);
        const need = items.length === 1 ? "1 item still needs it" : `${items.length} items still need it`;
        return {
            headline: headline(
                (setting) => `${saysDeleted(now, isReplaced, `${kindName(what)} ${setting}`)}, but ${need}.`,
                name,
            ),
            why: `Azure refuses the deletion while an item needs it, and the update fails.${items.some(isReplicated) ? ` A forced deletion ${STALE_LINKS}` : ""}`,
            facts: [...listOfItems(items), ...protectFacts(name, isProtected, now)],
            fix: fix(parameters, now, circumstances),
            sources: isPolicy(what) ? [] : [PLANS.STALE_CONFIGURATION.page],
        };
    },
});

function isReplicated({ kind }: Parameters["items"][number]): boolean {
    return kind === "replicated item";
}

function isSetting(entity: Entity): entity is OfKind<(typeof SETTINGS)[number]> {
    return SETTINGS.some((kind) => kind === entity.kind);
}

function isPolicy(what: Parameters["what"]): boolean {
    return what.endsWith("policy");
}

const containersOfKeptMappings = memoize(
    (plan: Plan): ReadonlySet<string | undefined> =>
        new Set(
            plan.before.entities.flatMap((entity) =>
                entity.kind === "protection container mapping" && plan.outcomeOf(entity) === "stays"
                    ? [containerOf(entity)]
                    : [],
            ),
        ),
);

/** The container that a mapping is in. */
function containerOf({ id }: ContainerMapping): string | undefined {
    const known = valueOf(id);
    return known && armKey(above(known, 3));
}

function fix(parameters: Parameters, now: Tense, circumstances: Circumstances): Fix {
    const { what, name } = parameters;
    return oneOf(
        now,
        now === "planned"
            ? [keepStep(name, circumstances), isPolicy(what) ? assignAnother(parameters) : disableFirst(parameters)]
            : [{ do: `Put "${name}" back into the program, and apply that:`, commands: ["pulumi up"] }],
    );
}

const MOST_NAMES = 3;

function assignAnother({ name, items }: Parameters): Step {
    return {
        do: `To delete "${name}", first assign another policy to ${quoted(
            items.map((item) => item.name),
            MOST_NAMES,
        )}, and apply that.`,
        ...(items.some(isReplicated)
            ? {
                  note: "Check the preview: where it replaces a replicated item, that deletes the recovery points of Site Recovery.",
              }
            : {}),
    };
}

function disableFirst({ name, items }: Parameters): Step {
    return {
        do: `To delete "${name}", first disable replication of the items. Wait for the jobs to finish, then refresh:`,
        ...disableAll(items),
    };
}
