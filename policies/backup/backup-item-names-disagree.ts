import { type ArmId, isOfType, isOneResource, nameOf } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import { equalsIgnoringCase } from "../../src/model/letter-case";
import type { Estate } from "../../src/model/estate";
import { linkedTo } from "../../src/model/link";
import { parsedId } from "../../src/model/planned-resource";
import { BACKUP_POLICY, VAULT, VM_TYPE } from "../../src/model/ids/resource-types";
import { valueOf } from "../../src/model/values";
import type { AzureResource, BackupItem, BackupPolicy, VmName } from "../../src/model/resources";
import type { Verdict } from "../../src/findings/finding";
import { headline, type Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { placeInCli, quoteWord } from "../../src/advice/azure-cli";
import { type Step, ways } from "../../src/advice/fix";
import { named } from "../../src/advice/re-protection";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { any, type Answer, type Evidence, NO, unknownAnswer } from "../../src/model/answers";
import { stackPolicy } from "../policy";
import { type RestsOn, verdictsFrom } from "../verdicts";

type Fault = RestsOn &
    (
        | { readonly is: "form"; readonly text: string }
        | { readonly is: "container"; readonly item: string; readonly container: string }
        | { readonly is: "source"; readonly item: string; readonly source: string }
        | {
              readonly is: "policy";
              readonly policy: string;
              readonly itsVault: string;
              readonly vault: string;
              /** Lists the policies of the item's vault; undefined where the plan does not know that one's id. */
              readonly command: string | undefined;
          }
    );

interface Parameters {
    readonly item: string;
    readonly isNew: boolean;
    /** Where the program has what contradicts each other. */
    readonly where: {
        readonly names: string;
        readonly source: string;
        readonly policy: string;
        readonly vault: string;
    };
    readonly found: Evidence<Fault>;
}

const { page } = VM_BACKUP.ITEM_NAMES;

/** BCDR324: an item whose names, source and policy are not of one VM and one vault, which Azure refuses (VMB-31). */
export const backupItemNamesDisagree = stackPolicy<Parameters>({
    kinds: ["backup item"],
    id: "BCDR324",
    name: "backup-item-names-disagree",
    level: "mandatory",
    severity: "high",
    summary: "The names, source VM and policy of a backup item contradict each other.",
    framework: NIST.BACKUP,
    tags: ["azure-backup"],
    remediationSteps: "Build the item's names from its source VM, and use a policy of the item's vault.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        for (const item of estate.backup.items) {
            // What exists, Azure has accepted: a VM that was moved to another group, say.
            const isLeftAlone = item.lifetime === "existing" && !item.isUpdated;
            if (item.skipped || isLeftAlone || valueOf(item.level) !== "VM") {
                continue;
            }
            const faults = any([inNames(estate, item), inPolicy(estate, item)]);
            yield* verdictsFrom(faults, (found) => ({
                subject: subjectOf(item, linkedTo(estate.protectedVms.of(item))),
                parameters: parametersOf(item, found),
                restsOn: [item, ...found.flatMap(({ restsOn = [] }) => restsOn)],
            }));
        }
    },

    message: ({ item, isNew, where, found }, { dryRun }): Message => {
        const [first, ...others] = found;
        const { says, names } = inWords(first);
        return {
            headline: headline(says, item, names[0], names[1], names[2]),
            why: "Azure refuses the item with a message about invalid input, so the VM has no backup.",
            facts: others.map(inWords).map((other) => {
                const [one, another, third] = other.names;
                return other.says(`"${item}"`, `"${one}"`, `"${another}"`, `"${third}"`);
            }),
            fix: ways(stepsFor(item, first, where, isNew), dryRun),
            sources: [page],
        };
    },
});

function parametersOf(item: BackupItem, found: Evidence<Fault>): Parameters {
    const { followsPolicy, inVault, source } = WORDS[item.provider].backup;
    return {
        item: named(item).name,
        isNew: item.lifetime === "new",
        where: {
            names: [writtenAt(item, "containerName"), writtenAt(item, "protectedItemName")].join(", "),
            source: writtenAt(item, source),
            policy: writtenAt(item, followsPolicy),
            vault: writtenAt(item, inVault),
        },
        found,
    };
}

interface Wording {
    readonly says: (item: string, one: string, other: string, third: string) => string;
    readonly names: readonly [string, string, string];
}

function inWords(fault: Fault): Wording {
    switch (fault.is) {
        case "form":
            return {
                says: (item, text) => `Item ${item} is called ${text}, which is no name of a VM's item.`,
                names: [fault.text, "", ""],
            };
        case "container":
            return {
                says: (item, own, other) => `Item ${item} names VM ${own}, but its container names VM ${other}.`,
                names: [fault.item, fault.container, ""],
            };
        case "source":
            return {
                says: (item, own, other) => `Item ${item} names VM ${own}, but its source is VM ${other}.`,
                names: [fault.item, fault.source, ""],
            };
        case "policy":
            return {
                says: (item, vault, policy, other) =>
                    `Item ${item} is in vault ${vault}, but its policy ${policy} is in vault ${other}.`,
                names: [fault.vault, fault.policy, fault.itsVault],
            };
    }
}

function stepsFor(item: string, fault: Fault, where: Parameters["where"], isNew: boolean): readonly Step[] {
    if (fault.is === "policy") {
        const { vault, itsVault, command } = fault;
        return [
            {
                do: `Assign a policy of vault "${vault}" to "${item}".`,
                where: where.policy,
                ...(command === undefined ? {} : { commands: [command] }),
            },
            {
                do: `Move "${item}" to vault "${itsVault}".`,
                where: where.vault,
                ...(isNew ? {} : { note: REPLACES }),
            },
        ];
    }
    return [
        {
            do: "Build both names from the resource group and name of the VM.",
            where: where.names,
            note: `The forms are iaasvmcontainer;iaasvmcontainerv2;<group>;<VM> and vm;iaasvmcontainerv2;<group>;<VM>.${isNew ? "" : ` ${REPLACES}`}`,
        },
        ...(fault.is === "source"
            ? [{ do: `If the names are right, set the source to VM "${fault.item}".`, where: where.source }]
            : []),
    ];
}

const REPLACES = "That replaces the item, and deleting the old one deletes its recovery points.";

/** The names of the item and of its container, and the VM that is to be backed up. */
function inNames(estate: Estate, item: BackupItem): Answer<Fault> {
    const own = valueOf(item.names.item);
    const container = valueOf(item.names.container);
    const shapeless = [own, container].find((name) => name !== undefined && name.vm === undefined);
    if (shapeless !== undefined) {
        return { answer: "yes", items: [{ is: "form", text: shapeless.text }] };
    }
    if (own?.vm !== undefined && container?.vm !== undefined && !isOneVm(own.vm, container.vm)) {
        return {
            answer: "yes",
            items: [{ is: "container", item: vmInWords(own.vm), container: vmInWords(container.vm) }],
        };
    }
    const vm = valueOf(item.vm.named);
    return vm === undefined ? NO : bySource(estate, item, vm);
}

/** A VM of the plan, of which the name may be known and the group not. */
type Source = Pick<VmName, "name"> & Partial<VmName>;

function bySource(estate: Estate, item: BackupItem, named: VmName): Answer<Fault> {
    const id = parsedId(item.vm.id);
    switch (id.state) {
        case "known":
            return isOfType(id.value, VM_TYPE) ? sourceFault(named, sourceIn(id.value), []) : NO;
        case "absent":
            return NO;
        case "unknown": {
            const link = estate.protectedVms.of(item);
            if (link.state === "undecided") {
                return unknownAnswer(item, id.property, id.decidedBy);
            }
            const vm = linkedTo(link);
            // Names that are made of the VM's own say which VM is meant, whatever it will be called.
            if (vm?.urn === undefined || item.vm.namedFrom.includes(vm.urn)) {
                return NO;
            }
            // Its group may be one that Pulumi names in the same plan.
            const name = valueOf(vm.azureName);
            return name === undefined ? NO : sourceFault(named, { name }, [vm]);
        }
    }
}

function sourceIn(id: ArmId): Source {
    const { resourceGroup } = id;
    return { name: nameOf(id), ...(resourceGroup === undefined ? {} : { resourceGroup }) };
}

function sourceFault(own: VmName, source: Source, restsOn: readonly AzureResource[]): Answer<Fault> {
    return isOneVm(own, source)
        ? NO
        : { answer: "yes", items: [{ is: "source", item: vmInWords(own), source: vmInWords(source), restsOn }] };
}

function isOneVm(one: VmName, other: Source): boolean {
    const isOneGroup = equalsIgnoringCase(other.resourceGroup ?? one.resourceGroup, one.resourceGroup);
    return isOneGroup && equalsIgnoringCase(one.name, other.name);
}

function vmInWords({ resourceGroup, name }: Source): string {
    return resourceGroup === undefined ? name : `${resourceGroup}/${name}`;
}

/** A vault's policies are for its own items. What neither ids nor links tell is left to Azure. */
function inPolicy(estate: Estate, item: BackupItem): Answer<Fault> {
    const policy = linkedTo(estate.backupPolicies.of(item));
    const own = linkedTo(estate.vaults.of(item));
    const other = policy && linkedTo(estate.vaults.holding(policy));
    const ownId = valueOf(item.vault.id) ?? (own && valueOf(own.id));
    const otherId = vaultOfPolicy(item, policy) ?? (other && valueOf(other.id));
    const disagree =
        ownId !== undefined && otherId !== undefined
            ? isOneResource(ownId, otherId) === "no"
            : own !== undefined && other !== undefined && own !== other;
    if (!disagree) {
        return NO;
    }
    const place = ownId && placeInCli(ownId);
    const vault = own === undefined ? nameIn(ownId) : displayName(own);
    const policyId = valueOf(parsedId(item.policy.id));
    return {
        answer: "yes",
        items: [
            {
                is: "policy",
                policy: policy === undefined ? nameIn(policyId) : displayName(policy),
                itsVault: other === undefined ? nameIn(otherId) : displayName(other),
                vault,
                command:
                    ownId &&
                    place &&
                    `az backup policy list ${place} -v ${quoteWord(nameOf(ownId))} --query "[].id" -o tsv`,
                restsOn: [policy, own, other].flatMap((each) => each ?? []),
            },
        ],
    };
}

/** By the id that the item has, else by what the policy says itself. */
function vaultOfPolicy(item: BackupItem, policy: BackupPolicy | undefined): ArmId | undefined {
    const id = valueOf(parsedId(item.policy.id));
    return id?.resourceGroup !== undefined && isOfType(id, BACKUP_POLICY)
        ? { ...id, type: VAULT, names: id.names.slice(0, 1) }
        : policy && valueOf(policy.vault.id);
}

function nameIn(id: ArmId | undefined): string {
    return id === undefined ? "" : nameOf(id);
}
