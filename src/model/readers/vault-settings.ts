import { ABSENT, known, mapValue, withDefault, type Value, valueOf } from "../values";
import type { Alert, Setting, Switch, VaultIdentity } from "../resources";
import type { PlannedProperties } from "../planned-resource";
import type { Property } from "../property-bag";
import { textSetting } from "./reader";

/** Settings of vaults, whose shapes differ in words only. Each is given by the property that holds it. */

/** A switch with a word for off; every other word, such as `AlwaysOn`, is on. */
export function wordSwitch(
    properties: PlannedProperties,
    words: { readonly on: string; readonly off: string },
    ...path: readonly string[]
): Switch {
    const { property, value } = textSetting(properties.planned(...path));
    return { property, words, value: mapValue(value, (text) => text.toLowerCase() !== words.off.toLowerCase()) };
}

/** `Enabled` or `Disabled` */
export function enabledSwitch(properties: PlannedProperties, ...path: readonly string[]): Switch {
    return wordSwitch(properties, { on: "Enabled", off: "Disabled" }, ...path);
}

export function flagSwitch(properties: PlannedProperties, ...path: readonly string[]): Switch {
    const value = properties.planned(...path).flag();
    return { property: path.join("."), value, words: { on: true, off: false } };
}

export function alert(about: Alert["about"], state: Switch): Alert {
    return { about, ...state };
}

/** Whether the program gives a key. One that is made in the same plan is given, though its name is not known yet. */
export function customerKey(key: Property): Setting<boolean> {
    return { property: key.path, value: isGiven(key.path, key.text()) };
}

/** Whether the program gives any of these. */
export function givesAny(...settings: readonly Setting<unknown>[]): Value<boolean> {
    const given = settings.map(({ property, value }) => isGiven(property, value));
    return (
        given.find((each) => valueOf(each) === true) ?? given.find(({ state }) => state === "unknown") ?? known(false)
    );
}

/** A value that is unknown by itself is given; one of a part that is unknown as a whole may be. */
function isGiven(path: string, value: Value<unknown>): Value<boolean> {
    return value.state === "unknown" && value.property !== path ? value : known(value.state !== "absent");
}

/** `SystemAssigned, UserAssigned` for both, in either provider. */
export function identitiesOf(properties: PlannedProperties): Setting<readonly VaultIdentity[]> {
    const { property, value } = textSetting(properties.planned("identity", "type"));
    const identities = mapValue(value, (text): readonly VaultIdentity[] => [
        ...(/\bSystemAssigned\b/i.test(text) ? (["system-assigned"] as const) : []),
        ...(/\bUserAssigned\b/i.test(text) ? (["user-assigned"] as const) : []),
    ]);
    return { property, value: withDefault(identities, []) };
}

/** `Invalid` is Azure's word, and the classic provider's, for a redundancy that is not told. */
export function statedRedundancy({ property, value }: Setting<string>): Setting<string> {
    return { property, value: value.state === "known" && value.value.toLowerCase() === "invalid" ? ABSENT : value };
}

/**
 * How a data store of a Backup vault is stored. Operational backups stay beside their source, whatever the vault is set
 * to (DKB-03), so for them it is undefined.
 *
 * @param type the data store's own type
 */
export function redundancyOf(type: Value<string>, redundancy: Setting<string>): Setting<string> | undefined {
    if (type.state === "known" && OPERATIONAL.has(type.value.toLowerCase())) {
        return undefined;
    }
    return type.state === "unknown" ? { ...redundancy, value: type } : redundancy;
}

// The second is the first one's old name.
const OPERATIONAL = new Set(["operationalstore", "snapshotstore"]);
