import { ABSENT, known, unknown, valueOf, type Value } from "../../values";
import type { DiskBackupPolicy, DiskRetention, DiskRetentionTakes, Setting } from "../../resources";
import type { Property } from "../../property-bag";
import { retentionTakes } from "../backup-policy-words";
import { textSetting } from "../reader";
import { reader } from "./resource";

/** `azure-native:dataprotection:BackupPolicy`: its rules are the schedule and the retentions in one list. */
export const readBackupPolicy = reader(
    "disk backup policy",
    { armType: "Microsoft.DataProtection/backupVaults/backupPolicies", names: ["vaultName", "backupPolicyName"] },
    ({ properties }) => {
        const rules = properties.configured("properties", "policyRules");
        const list = rules.list();
        const elements = valueOf(list) ?? [];
        const triggers = elements.map((policy) => policy.at("trigger"));
        return {
            isForDisks: isForDisks(properties.configured("properties", "datasourceTypes")),
            schedule: all(
                rules,
                triggers.map((trigger) => trigger.at("schedule", "repeatingTimeIntervals")),
                textSetting,
            ),
            retentions: all(
                rules,
                elements.map((policy) => policy.at("lifecycles")),
                (lifecycle, index): DiskRetention => ({
                    duration: textSetting(lifecycle.at("deleteAfter", "duration")),
                    takes: takes(elements[index] ?? lifecycle, triggers),
                }),
            ),
        };
    },
);

const DISKS = "microsoft.compute/disks";

function isForDisks(types: Property): DiskBackupPolicy["isForDisks"] {
    const list = types.list();
    if (list.state === "unknown") {
        return list;
    }
    const texts = (valueOf(list) ?? []).map((type) => type.text());
    const open = texts.find((text) => text.state === "unknown");
    const namesDisks = texts.some((text) => valueOf(text)?.toLowerCase() === DISKS);
    return namesDisks || open === undefined ? known(namesDisks) : open;
}

/** The elements of several lists in one; unknown as soon as one of the lists is. */
function all<T>(
    rules: Property,
    lists: readonly Property[],
    read: (element: Property, index: number) => T,
): Setting<readonly T[]> {
    const whole = rules.list();
    const open = [whole, ...lists.map((each) => each.list())].find((list) => list.state === "unknown");
    return {
        value:
            open?.state === "unknown"
                ? unknown(open.property)
                : known(
                      lists.flatMap((each, index) =>
                          (valueOf(each.list()) ?? []).map((element) => read(element, index)),
                      ),
                  ),
        property: rules.path,
    };
}

function first(list: Property): Property {
    return valueOf(list.list())?.[0] ?? list;
}

/** A retention rule takes the backups that bear its name as a tag. */
function takes(policy: Property, triggers: readonly Property[]): Value<DiskRetentionTakes> {
    const isDefault = policy.at("isDefault").flag();
    if (isDefault.state === "unknown" || valueOf(isDefault) === true) {
        return isDefault.state === "unknown" ? isDefault : known("the others");
    }
    const name = policy.at("name").text();
    for (const trigger of triggers) {
        const tags = trigger.at("taggingCriteria").list();
        if (tags.state === "unknown") {
            return tags;
        }
        for (const tag of valueOf(tags) ?? []) {
            const tagName = tag.at("tagInfo", "tagName").text();
            if (name.state === "known" && tagName.state === "known" && tagName.value === name.value) {
                return valueOf(tag.at("isDefault").flag()) === true
                    ? known("the others")
                    : retentionTakes(first(first(tag.at("criteria")).at("absoluteCriteria")).text());
            }
        }
    }
    return ABSENT;
}
