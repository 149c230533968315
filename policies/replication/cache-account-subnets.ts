import {
    all,
    type Answer,
    given,
    isTrue,
    NO,
    not,
    type OpenQuestion,
    unknownAnswer,
    YES,
} from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import { addAll, pushTo } from "../../src/model/lists";
import type { AccountSetting } from "../../src/model/places/storage-accounts";
import type { Subnet } from "../../src/model/places/subnets";
import type {
    AzureResource,
    Firewall,
    ReplicatedItem,
    StorageAccount,
    VirtualMachine,
} from "../../src/model/resources";
import { valueOf, withDefault } from "../../src/model/values";
import { MOST_NAMES, type Names, namesOf, quoted } from "../../src/advice/names";
import type { Step } from "../../src/advice/fix";
import { named } from "../../src/advice/re-protection";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { accountProperty } from "./cache-account-settings";

/** A firewall that keeps out VMs whose disk changes the account is to take. */
export interface MissingSubnets {
    readonly setting: "subnets";
    /** The resource of the program that has the firewall, and where. */
    readonly of: string;
    readonly property: string;
    readonly subnets: Names;
    /** Where the program has the service endpoints of the subnets, if it has the subnets. */
    readonly serviceEndpoints: readonly string[];
    /** `Subnet "app": "web", "db"` */
    readonly lines: Names;
    readonly restsOn: readonly AzureResource[];
}

/** Where the VMs are whose disk changes an account takes. */
interface Sources {
    readonly subnets: ReadonlyMap<Subnet, readonly VirtualMachine[]>;
    readonly interfaces: readonly AzureResource[];
    readonly open: readonly OpenQuestion[];
}

/** A subnet by this name has Azure's own firewall in it, through which the traffic of other subnets may come. */
const SUBNET_OF_FIREWALLS = "azurefirewallsubnet";

/** Each VM writes to its cache by itself, from its own subnet: trusted services are of no use to it (A2A-68). */
export function subnetsOf(
    items: readonly ReplicatedItem[],
    estate: Estate,
): (account: StorageAccount, setting: AccountSetting<Firewall>) => Answer<MissingSubnets> {
    let found: Sources | undefined;
    return (account, setting) => {
        const isInForce = all([
            isTrue(setting.of, setting.value.isClosed),
            isTrue(account, withDefault(account.takesPublicTraffic, true)),
            not(estate.storageAccounts.isReachedPrivately(account)),
        ]);
        // The VMs are looked at only for an account with a firewall.
        return isInForce.answer === "no"
            ? NO
            : given(isInForce, isMissing((found ??= sources(items, estate)), setting, estate));
    };
}

function sources(items: readonly ReplicatedItem[], estate: Estate): Sources {
    const subnets = new Map<string | AzureResource, Subnet>();
    const vms = new Map<Subnet, VirtualMachine[]>();
    const interfaces: AzureResource[] = [];
    const open: OpenQuestion[] = [];
    for (const item of items) {
        const link = estate.protectedVms.of(item);
        if (link.state !== "linked" || link.to.urn === undefined) {
            open.push({ resource: item, property: item.vm.property, ...(link.state === "undecided" ? {} : EXTERNAL) });
            continue;
        }
        const vm = link.to;
        const network = estate.network.of(vm);
        addAll(open, network.openQuestions);
        if (!network.isComplete && network.openQuestions.length === 0) {
            const [reference] = valueOf(vm.networkInterfaces) ?? [];
            if (reference !== undefined) {
                open.push({ resource: vm, property: reference.property, ...EXTERNAL });
            }
        }
        for (const each of network.interfaces) {
            const list = estate.subnets.ofInterface(each);
            interfaces.push(each);
            addAll(open, list.open);
            for (const subnet of list.subnets) {
                const key = subnet.resource ?? subnet.key ?? subnet.name;
                const one = subnets.get(key) ?? subnet;
                subnets.set(key, one);
                pushTo(vms, one, vm);
            }
        }
    }
    return { subnets: vms, interfaces, open };
}

const EXTERNAL = { decidedBy: "external" } as const;

function isMissing(
    { subnets, interfaces, open }: Sources,
    { of, value }: AccountSetting<Firewall>,
    estate: Estate,
): Answer<MissingSubnets> {
    const letIn = estate.subnets.named(of, value.subnets);
    const property = accountProperty(of, "subnets");
    const compared = comparison(letIn.subnets);
    const answers = [...subnets].map(([subnet, vms]) => ({ subnet, vms, isLetIn: compared(subnet) }));
    const missing = answers.filter(({ isLetIn }) => isLetIn === "no");
    const questions: readonly OpenQuestion[] = [
        ...(missing.length > 0 ? letIn.open : []),
        ...(missing.length > 0 && letIn.subnets.some(isOfFirewalls) ? [{ resource: of, property, ...EXTERNAL }] : []),
        ...(answers.some(({ isLetIn }) => isLetIn === "unknown") ? [{ resource: of, property }] : []),
    ];
    const [question] = questions;
    if (question !== undefined) {
        return unknownAnswer(question.resource, question.property, question.decidedBy);
    }
    if (missing.length === 0) {
        const [first] = open;
        return first === undefined ? NO : unknownAnswer(first.resource, first.property, first.decidedBy);
    }
    const found: MissingSubnets = {
        setting: "subnets",
        of: named(of).name,
        property: writtenAt(of, property),
        subnets: namesOf(missing, ({ subnet }) => subnet.name),
        serviceEndpoints: [
            ...new Set(
                missing
                    .slice(0, MOST_NAMES)
                    .flatMap(({ subnet: { resource } }) =>
                        resource === undefined ? [] : [writtenAt(resource, WORDS[resource.provider].serviceEndpoints)],
                    ),
            ),
        ],
        lines: namesOf(
            missing,
            ({ subnet, vms }) =>
                `Subnet "${subnet.name}": ${quoted(namesOf([...new Set(vms)], (vm) => estate.names.of(vm)))}`,
        ),
        restsOn: [
            of,
            ...interfaces,
            ...missing.flatMap(({ subnet, vms }) => [...vms, ...(subnet.resource ? [subnet.resource] : [])]),
        ],
    };
    return { ...YES, items: [found] };
}

/** Two subnets of which only one has an id, as a new one has none, may be one. */
function comparison(letIn: readonly Subnet[]): (subnet: Subnet) => Answer["answer"] {
    const resources = new Set(letIn.flatMap(({ resource }) => (resource === undefined ? [] : [resource])));
    const keys = new Set(letIn.flatMap(({ key }) => (key === undefined ? [] : [key])));
    const hasForeign = letIn.some(({ resource }) => resource === undefined);
    const hasNameless = letIn.some(({ key }) => key === undefined);
    return ({ resource, key }) => {
        if ((resource !== undefined && resources.has(resource)) || (key !== undefined && keys.has(key))) {
            return "yes";
        }
        return (resource === undefined && hasNameless) || (key === undefined && hasForeign) ? "unknown" : "no";
    };
}

function isOfFirewalls({ name, resource }: Subnet): boolean {
    return [name, resource && valueOf(resource.azureName)].some((each) => each?.toLowerCase() === SUBNET_OF_FIREWALLS);
}

/** What lets the VMs in, and nobody else. */
export function letIn({ of, property, subnets, serviceEndpoints }: MissingSubnets): readonly Step[] {
    const names = `${subnets.count === 1 ? "subnet" : "subnets"} ${quoted(subnets)}`;
    return [
        {
            do: `Add the service endpoint Microsoft.Storage to ${names}, unless it is there already.`,
            ...(serviceEndpoints.length === 0 ? {} : { where: serviceEndpoints.join(", ") }),
        },
        {
            do: `Add ${names} to the firewall of "${of}". Keep its default action, Deny.`,
            where: property,
            note: "IP rules don't help, because the VM is in the region of the account. A private endpoint to the account's blobs in the network of the VM does.",
        },
    ];
}
