import {
    all,
    any,
    type Answer,
    compare,
    firstQuestion,
    isTrue,
    NO,
    unknownAnswer,
    withEvidence,
    YES,
} from "../../src/model/answers";
import { isOneSubscription } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import { type Value, valueOf } from "../../src/model/values";
import type { AzureResource, BackupItem, VirtualMachine, ReplicatedItem } from "../../src/model/resources";
import { WORDS } from "../../src/advice/property-names";
import type { Page } from "../../src/facts/page";
import { READINESS } from "../../src/facts/readiness";

/** One thing to know about a protection that works. */
export interface Caveat {
    readonly says: string;
    readonly step: string;
    readonly page: Page;
    readonly restsOn: readonly AzureResource[];
}

/** What a failover of the VM does not bring along. */
export function caveatsOfReplication(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
): readonly Answer<Caveat>[] {
    const { ENCRYPTION_AT_HOST, CONFIDENTIAL } = READINESS;
    return [
        withEvidence(isTrue(vm, vm.encryptedAtHost), () => ({
            says: ENCRYPTION_AT_HOST.says,
            step: "After a failover, stop the new VM, turn encryption at host on, and start it.",
            page: ENCRYPTION_AT_HOST.page,
            restsOn: items,
        })),
        withEvidence(
            compare(vm, vm.securityType, (type) => type.toLowerCase() === "confidentialvm"),
            () => ({
                says: `${CONFIDENTIAL.says} The page is an older one; no newer one says otherwise.`,
                step: "Make sure by a test failover that a confidential VM comes up as one, before you rely on it.",
                page: CONFIDENTIAL.page,
                restsOn: items,
            }),
        ),
        ...publicAddresses(estate, vm, items),
        ...items.map((item) => anotherSize(vm, item, items)),
    ];
}

function publicAddresses(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
): readonly Answer<Caveat>[] {
    const { says, page } = READINESS.PUBLIC_ADDRESS;
    const network = estate.network.of(vm);
    return [
        ...network.interfaces.map((each) => {
            const { addresses } = each;
            const isPublic =
                addresses.state === "known"
                    ? any(addresses.value.map((address) => isTrue(each, address.isPublic)))
                    : compare(each, addresses, () => false);
            return withEvidence(firstQuestion(isPublic), () => ({
                says: `Network interface "${displayName(each)}" has a public address. ${says}`,
                step: "Put a name in front of the public address, such as a DNS record with a short lifetime or a Traffic Manager profile, and switch it in the recovery plan.",
                page,
                restsOn: items,
            }));
        }),
        ...network.openQuestions.map(({ resource, property }) => unknownAnswer(resource, property)),
    ];
}

/** The size that Site Recovery has settled stays behind where the VM gets another one. */
function anotherSize({ size }: VirtualMachine, item: ReplicatedItem, items: readonly ReplicatedItem[]): Answer<Caveat> {
    return withEvidence(hasOtherSize(size, item), () => ({
        says: `A failover makes a VM of size ${valueOf(item.recoverySize) ?? ""}, and this one has, or gets, the size ${valueOf(size) ?? ""}.`,
        step: "Set the size of the failover VM: Recovery Services vault > Replicated items > the item > Compute.",
        page: READINESS.RECOVERY_SIZE.page,
        restsOn: items,
    }));
}

function hasOtherSize(size: Value<string>, item: ReplicatedItem): Answer {
    const { recoverySize } = item;
    if (recoverySize.state === "unknown") {
        // What another stack has of it may not be told; a new item of this one has none yet.
        return item.urn === undefined ? unknownAnswer(item, recoverySize.property) : NO;
    }
    return recoverySize.state === "absent"
        ? NO
        : compare(item, size, (name) => name.toLowerCase() !== recoverySize.value.toLowerCase());
}

/** What is unusual about a VM-level backup of the VM. */
export function caveatsOfBackup(estate: Estate, vm: VirtualMachine, item: BackupItem): readonly Answer<Caveat>[] {
    const { VAULT_SUBSCRIPTION, TRUSTED_LAUNCH } = READINESS;
    return [
        withEvidence(inOtherSubscription(vm, item), () => ({
            says: `The vault of its backup is in another subscription. ${VAULT_SUBSCRIPTION.says}`,
            step: "Make sure that both subscriptions belong to one tenant, and that whoever restores the VM has rights in both.",
            page: VAULT_SUBSCRIPTION.page,
            restsOn: [item],
        })),
        withEvidence(underStandardPolicy(estate, vm, item), () => ({
            says: `It has Trusted Launch and follows a Standard policy. ${TRUSTED_LAUNCH.says}`,
            step: `Let ${WORDS[item.provider].backupItemType} follow an Enhanced policy; a Standard one can be moved to Enhanced, and not back.`,
            page: TRUSTED_LAUNCH.page,
            restsOn: [item],
        })),
    ];
}

/** Where neither subscription is known, and one provider makes both, nothing says that they differ. */
function inOtherSubscription({ id }: VirtualMachine, item: BackupItem): Answer {
    const { vault } = item;
    if (id.state !== "known" || vault.id.state !== "known") {
        return NO;
    }
    switch (isOneSubscription(id.value, vault.id.value)) {
        case "yes":
            return NO;
        case "no":
            return YES;
        case "unknown":
            return unknownAnswer(item, vault.property);
    }
}

/** With an older API such a backup is refused, which is BCDR306's. */
function underStandardPolicy(estate: Estate, { securityType }: VirtualMachine, item: BackupItem): Answer {
    const { firstApi } = READINESS.TRUSTED_LAUNCH.limit;
    const { definedBy, type } = estate.backupPolicies.followedBy(item);
    return firstQuestion(
        all([
            compare(definedBy, securityType, (name) => name.toLowerCase() === "trustedlaunch"),
            compare(definedBy, item.apiVersion, (version) => version >= firstApi),
            compare(definedBy, type, (name) => name === "V1"),
        ]),
    );
}
