import { asSteps } from "../../src/advice/fix";
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
    itemInWords,
    itemsThatNeed,
    listOfItems,
    type NeededDeletion,
    STALE_LINKS,
    undoStep,
} from "./items-in-use";
import { protectWords } from "./protect";
import { type Tense, tense, occasion, saysDeleted } from "./tense";

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

/** BCDR610: a fabric, container, mapping or policy is deleted while items are in it or follow it (INT-62). */
export const planDeletesReplicationSettingsInUse = deletionPolicy({
    id: "BCDR610",
    name: "plan-deletes-replication-settings-in-use",
    level: "mandatory",
    severity: "critical",
    summary: "The plan deletes a fabric, container, mapping or policy that items need.",
    framework: NIST.RECOVERY,
    tags: ["azure-backup", "site-recovery", "plan"],
    remediationSteps: "End protection first, let the items follow another policy, or let the plan leave it alone.",

    // A refresh deletes nothing: it forgets what is no longer there.
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
        // Each mapping is for another container on the other side, and the plan does not tell whose it is.
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
        const isReplicated = items.some((item) => item.kind === "replicated item");
        return {
            headline: headline(
                (quoted) =>
                    `${saysDeleted(now, isReplaced, `the ${kindName(what)} ${quoted}`)}, which ${items.length} ${items.length === 1 ? "item needs" : "items need"}.`,
                name,
            ),
            why: `Azure refuses to delete what items are in or follow, and the update fails there.${isReplicated ? ` Forced, it ${STALE_LINKS}.` : ""}`,
            facts: [...listOfItems(items), ...protectWords(isProtected, now)],
            fix: { kind: "in order", intro: occasion(now), steps: asSteps(steps(parameters, now, circumstances)) },
            sources: isPolicy(what) ? [] : [PLANS.STALE_CONFIGURATION.page],
        };
    },
});

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

function steps({ what, name, items }: Parameters, now: Tense, circumstances: Circumstances): readonly string[] {
    if (now !== "planned") {
        return [`Put "${name}" back into the program, and run pulumi up: what needs it is still there.`];
    }
    return [
        undoStep(name, circumstances),
        isPolicy(what)
            ? `Let ${names(items)} follow another policy, apply that, and delete "${name}" afterwards.`
            : `End the replication of ${names(items)} in order first, such as by ${items[0]?.end ?? ""}. Run pulumi refresh, and delete "${name}" afterwards.`,
    ];
}

function names(items: Parameters["items"]): string {
    const quoted = items
        .slice(0, 3)
        .map(({ name }) => `"${name}"`)
        .join(", ");
    return items.length > 3 ? `${quoted} and ${items.length - 3} more` : quoted;
}
