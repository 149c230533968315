import type { Entities } from "../entities";
import { keyWithoutSubscription, nameOf } from "../ids/arm-id";
import { displayName } from "../ids/display-name";
import { ResourceIndex } from "../link";
import type { OpenQuestion } from "../answers";
import type { AzureResource, NamedOnly, NetworkInterface } from "../resources";
import type { Reference } from "../planned-resource";
import { SUBNET } from "../ids/resource-types";
import { valueOf, type Value } from "../values";

/** A subnet, of the stack or not. */
export interface Subnet {
    readonly name: string;
    readonly resource: NamedOnly | undefined;
    /** Its id, as far as that is known, so that two can be compared. */
    readonly key: string | undefined;
}

/** The subnets that a list of references leads to. */
export interface SubnetList {
    readonly subnets: readonly Subnet[];
    /** What decides the others. */
    readonly open: readonly OpenQuestion[];
}

/** The subnets that network interfaces are in, and those that firewalls let in. */
export class Subnets {
    private readonly index: ResourceIndex<NamedOnly>;

    constructor(stack: Entities) {
        this.index = new ResourceIndex(
            stack.of("subnet").filter(({ kind }) => kind === "subnet"),
            SUBNET,
        );
    }

    ofInterface(of: NetworkInterface): SubnetList {
        const { addresses } = of;
        return addresses.state === "unknown"
            ? { subnets: [], open: [{ resource: of, property: addresses.property }] }
            : this.list(
                  of,
                  (valueOf(addresses) ?? []).map(({ subnet }) => subnet),
              );
    }

    /** The subnets that a property of a resource names. */
    named(of: AzureResource, references: Value<readonly Reference[]>): SubnetList {
        return references.state === "unknown"
            ? { subnets: [], open: [{ resource: of, property: references.property }] }
            : this.list(of, valueOf(references) ?? []);
    }

    private list(of: AzureResource, references: readonly Reference[]): SubnetList {
        const links = references.map((reference) => this.index.follow(reference));
        const found = new Map<string | NamedOnly, Subnet>();
        for (const link of links) {
            if (link.state === "linked") {
                found.set(link.to, ofStack(link.to));
            } else if (link.state === "external") {
                const key = keyWithoutSubscription(link.id);
                found.set(key, { name: nameOf(link.id), resource: undefined, key });
            }
        }
        const open = links.flatMap((link) => (link.state === "undecided" ? [link] : []));
        const lists = new Set(open.map(({ candidates }) => candidates));
        const candidates = [...new Set([...lists].flat())].filter((each) => !found.has(each));
        // As many subnets as open places, and they are those.
        const fits = candidates.length === open.length;
        return {
            subnets: [...found.values(), ...(fits ? candidates.map(ofStack) : [])],
            open: fits ? [] : open.slice(0, 1).map(({ property }) => ({ resource: of, property })),
        };
    }
}

function ofStack(subnet: NamedOnly): Subnet {
    const id = valueOf(subnet.id);
    return { name: displayName(subnet), resource: subnet, key: id && keyWithoutSubscription(id) };
}
