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
import type { Step } from "../../src/advice/fix";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { named } from "../../src/advice/re-protection";
import type { Page } from "../../src/facts/page";
import { READINESS } from "../../src/facts/readiness";

/** A restriction of a protection that works. */
export interface Caveat {
    /** One sentence with the VM's name, for a headline. */
    readonly headline: (vm: string) => string;
    readonly says: string;
    readonly step: Step;
    readonly page: Page;
    readonly restsOn: readonly AzureResource[];
}

/** What is different after a failover of the VM. */
export function caveatsOfReplication(
    estate: Estate,
    vm: VirtualMachine,
    items: readonly ReplicatedItem[],
): readonly Answer<Caveat>[] {
    const { ENCRYPTION_AT_HOST, CONFIDENTIAL } = READINESS;
    return [
        withEvidence(isTrue(vm, vm.encryptedAtHost), () => ({
            headline: (name) => `After a failover, VM ${name} runs without encryption at host.`,
            says: ENCRYPTION_AT_HOST.says,
            step: { do: "After a failover, stop the new VM, turn on encryption at host, and start it." },
            page: ENCRYPTION_AT_HOST.page,
            restsOn: items,
        })),
        withEvidence(
            compare(vm, vm.securityType, (type) => type.toLowerCase() === "confidentialvm"),
            () => ({
                headline: (name) => `VM ${name} is a confidential VM, which Site Recovery may not support.`,
                says: `${CONFIDENTIAL.says} This is from an older page, and no newer page says otherwise.`,
                step: { do: "Do not rely on the replica until a test failover has brought up a confidential VM." },
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
            return withEvidence(firstQuestion(isPublic), (): Caveat => ({
                headline: (name) => `After a failover, VM ${name} has a different public IP address.`,
                says: `Network interface "${displayName(each)}" has a public IP address. ${says}`,
                step: {
                    do: "Give clients a name instead of the address: a DNS record with a short TTL or a Traffic Manager profile.",
                    note: "Switch that name to the new address as a step of the recovery plan.",
                },
                page,
                restsOn: items,
            }));
        }),
        ...network.openQuestions.map(({ resource, property }) => unknownAnswer(resource, property)),
    ];
}

/** Site Recovery keeps the size that it has chosen when the VM gets another one. */
function anotherSize({ size }: VirtualMachine, item: ReplicatedItem, items: readonly ReplicatedItem[]): Answer<Caveat> {
    return withEvidence(hasOtherSize(size, item), () => ({
        headline: (name) => `After a failover, VM ${name} has a different size.`,
        says: `A failover creates the VM with size ${valueOf(item.recoverySize) ?? ""}. In this stack, it has size ${valueOf(size) ?? ""}.`,
        step: {
            do: "Set the size of the failover VM: Recovery Services vault > Replicated items > the item > Compute.",
        },
        page: READINESS.RECOVERY_SIZE.page,
        restsOn: items,
    }));
}

function hasOtherSize(size: Value<string>, item: ReplicatedItem): Answer {
    const { recoverySize } = item;
    if (recoverySize.state === "unknown") {
        // For an item of another stack the size may be left out; a new item of this stack has none yet.
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
            headline: (name) => `VM ${name} is backed up to a vault in another subscription.`,
            says: VAULT_SUBSCRIPTION.says,
            step: {
                do: "Check that both subscriptions are in the same tenant. Give the people who restore the VM access to both.",
            },
            page: VAULT_SUBSCRIPTION.page,
            restsOn: [item],
        })),
        withEvidence(underStandardPolicy(estate, vm, item), () => ({
            headline: (name) => `VM ${name} has Trusted Launch, but its backup follows a Standard policy.`,
            says: TRUSTED_LAUNCH.says,
            step: {
                do: `In backup item "${named(item).name}", use an Enhanced policy.`,
                where: writtenAt(item, WORDS[item.provider].backup.followsPolicy),
                note: "You cannot move the item back to a Standard policy.",
            },
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
