import { known, mapValue } from "../../values";
import type { DiskRetention } from "../../resources";
import type { Property } from "../../property-bag";
import { retentionTakes } from "../backup-policy-words";
import { textSetting } from "../reader";
import { reader } from "./resource";

/** `azure:dataprotection/backupPolicyDisk:BackupPolicyDisk` */
export const readBackupPolicyDisk = reader(
    "disk backup policy",
    { armType: "Microsoft.DataProtection/backupVaults/backupPolicies", parent: "vaultId", names: ["name"] },
    ({ properties }) => {
        const times = properties.configured("backupRepeatingTimeIntervals");
        const duration = properties.configured("defaultRetentionDuration");
        const rules = properties.configured("retentionRules");
        const byDefault: DiskRetention = { duration: textSetting(duration), takes: known("the others") };
        const list = rules.list();
        return {
            isForDisks: known(true),
            schedule: { value: mapValue(times.list(), (elements) => elements.map(textSetting)), property: times.path },
            retentions: {
                value:
                    list.state === "absent"
                        ? known([byDefault])
                        : mapValue(list, (elements) => [byDefault, ...elements.map(retention)]),
                property: rules.path,
            },
        };
    },
);

function retention(policy: Property): DiskRetention {
    return {
        duration: textSetting(policy.at("duration")),
        takes: retentionTakes(policy.at("criteria", "absoluteCriteria").text()),
    };
}
