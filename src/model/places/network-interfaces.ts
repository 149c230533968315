import type { Entities } from "../entities";
import type { ExternalView } from "../external-view";
import { ResourceIndex, type Link } from "../link";
import { getOrCreate } from "../lists";
import type { OpenQuestion } from "../answers";
import type { Address, VirtualMachine, NetworkInterface, SecurityGroupAssociation } from "../resources";
import { known, unknown, type Value } from "../values";

/** The network interfaces of a VM, as far as this stack has them. */
export interface VmNetwork {
    readonly interfaces: readonly NetworkInterface[];
    /** False where some lie outside of the stack or are not known yet. */
    readonly isComplete: boolean;
    readonly openQuestions: readonly OpenQuestion[];
}

/** Network interfaces and the groups that they are in. */
export class NetworkInterfaces {
    private readonly inSecurityGroups = new Set<NetworkInterface>();
    private openAssociation: SecurityGroupAssociation | undefined;

    private readonly interfaces: ResourceIndex<NetworkInterface>;
    private readonly ofVms = new Map<VirtualMachine, VmNetwork>();

    constructor(stack: Entities, external: ExternalView) {
        this.interfaces = new ResourceIndex(
            stack.of("network interface"),
            "Microsoft.Network/networkInterfaces",
            external.of("network interface"),
        );
        for (const association of stack.of("security group association")) {
            const link = this.interfaces.follow(association.networkInterface);
            if (link.state === "linked") {
                this.inSecurityGroups.add(link.to);
            } else if (link.state === "undecided") {
                this.openAssociation = association;
            }
        }
    }

    of(vm: VirtualMachine): VmNetwork {
        return getOrCreate(this.ofVms, vm, () => this.find(vm));
    }

    private find(vm: VirtualMachine): VmNetwork {
        const references = vm.networkInterfaces;
        if (references.state !== "known") {
            const open = references.state === "unknown" ? [{ resource: vm, property: references.property }] : [];
            return { interfaces: [], isComplete: false, openQuestions: open };
        }
        const links = references.value.map((reference) => ({ reference, link: this.interfaces.follow(reference) }));
        const isOpen = ({ reference, link }: (typeof links)[number]): boolean =>
            reference.id.state === "unknown" || link.state === "undecided";
        const elsewhere = links.filter(({ link }) => link.state === "external" && link.isOpen === true);
        const settled = new Set(
            links.flatMap((each) => (each.link.state === "linked" && !isOpen(each) ? [each.link.to] : [])),
        );
        // The ids of all interfaces stand in one property: as many interfaces as open places, and they are those.
        const open = links.filter(isOpen);
        const lists = new Set(open.map(({ link }) => candidatesOf(link)));
        const candidates = [...new Set([...lists].flat())].filter((each) => !settled.has(each));
        const fits = candidates.length === open.length;
        return {
            interfaces: fits ? [...settled, ...candidates] : [...settled],
            isComplete: fits && links.every(({ link }) => link.state === "linked" || link.state === "undecided"),
            openQuestions: [...(fits ? [] : open), ...elsewhere].map(({ reference: { property } }) => ({
                resource: vm,
                property,
            })),
        };
    }

    /** Whether an address of the interface is in an application security group. */
    inSecurityGroup(networkInterface: NetworkInterface, { inSecurityGroup }: Address): Value<boolean> {
        if (this.inSecurityGroups.has(networkInterface)) {
            return known(true);
        }
        return inSecurityGroup.state === "known" && !inSecurityGroup.value && this.openAssociation !== undefined
            ? unknown(this.openAssociation.networkInterface.property)
            : inSecurityGroup;
    }
}

function candidatesOf(link: Link<NetworkInterface>): readonly NetworkInterface[] {
    return link.state === "linked" ? [link.to] : link.state === "undecided" ? link.candidates : [];
}
