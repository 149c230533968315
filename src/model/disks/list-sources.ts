import type { AttachedDisk } from "./attached-disks";
import type { Answer } from "../answers";
import type { ResourceIndex } from "../link";
import { getOrCreate } from "../lists";
import type { Disk, Kind, ReplicatedItem } from "../resources";
import type { Urn } from "../planned-resource";
import { readerOf } from "../readers";
import { parseTypeToken } from "../ids/type-token";
import { parseUrn } from "../ids/urn";

/**
 * A list that comes out of one `apply` is unknown until its last disk is made. Pulumi tells all the same which resources it
 * was made from (SEE-02), and where none of them can tell the id of another disk, the list names none but these.
 */

/** What the elements of a list refer to beside disks: none of it has the id of a disk. */
const WITHOUT_DISKS: ReadonlySet<Kind> = new Set<Kind>([
    "disk",
    "resource group",
    "storage account",
    "vault",
    "replication fabric",
    "replication policy",
    "protection container",
    "protection container mapping",
    "network mapping",
    "subnet",
]);

/** The same for types that are not read. */
const UNREAD_WITHOUT_DISKS = new Set([
    "compute:AvailabilitySet",
    "compute:CapacityReservationGroup",
    "compute:DiskEncryptionSet",
    "compute:ProximityPlacementGroup",
    "keyvault:Key",
    "keyvault:KeyVault",
    "keyvault:Secret",
    "keyvault:Vault",
    "network:PublicIPAddress",
    "network:PublicIp",
    "network:VirtualNetwork",
    "proximity:PlacementGroup",
]);

/**
 * The disks that the list of a new item is made from; undefined where it may have others. In azure-native the property that
 * holds the list names the VM, too, and Pulumi does not tell which of both is made from it.
 */
export function disksInListOf(item: ReplicatedItem, disks: ResourceIndex<Disk>): ReadonlySet<Disk> | undefined {
    const { listFrom, lifetime, embeddedIn, provider } = item;
    if (lifetime !== "new" || embeddedIn !== undefined) {
        return undefined;
    }
    const others = listFrom.filter((urn) => !isWithoutDisks(urn));
    const [vm, ...more] = others;
    const isOwnVm = vm === undefined || (provider === "azure-native" && more.length === 0 && kindOf(vm) === "VM");
    return isOwnVm ? new Set(disks.among(listFrom)) : undefined;
}

function isWithoutDisks(urn: Urn): boolean {
    const kind = kindOf(urn);
    const token = parseTypeToken(parseUrn(urn).type);
    return kind === undefined
        ? token !== undefined && UNREAD_WITHOUT_DISKS.has(`${token.module}:${token.name}`)
        : WITHOUT_DISKS.has(kind);
}

function kindOf(urn: Urn): Kind | undefined {
    return readerOf(parseUrn(urn).type)?.kind;
}

type Role = AttachedDisk["role"];

/** What the disks that a list is made from say about the disks of one VM. */
export class MadeFrom {
    /** The disks that the VM surely has, and those that it may have. */
    private readonly own: ReadonlySet<Disk>;
    private readonly possible: ReadonlySet<Disk>;
    private readonly standsIn = new Map<Role, boolean>();
    /** True where the list is made from disks of the VM alone: then each of them is in it. */
    private readonly isOfOwn: boolean;

    constructor(
        private readonly disks: ReadonlySet<Disk>,
        private readonly attached: readonly AttachedDisk[],
    ) {
        this.own = new Set(attached.flatMap(({ disk }) => (disk.state === "linked" ? [disk.to] : [])));
        const candidates = new Set(
            attached.flatMap(({ disk }) => (disk.state === "undecided" ? [disk.candidates] : [])),
        );
        this.possible = new Set([...candidates].flat());
        this.isOfOwn = [...disks].every((disk) => this.own.has(disk));
    }

    names({ disk, role }: AttachedDisk): Answer["answer"] {
        if (disk.state !== "linked") {
            return "unknown";
        }
        if (this.disks.has(disk.to)) {
            return this.isOfOwn ? "yes" : "unknown";
        }
        return getOrCreate(this.standsIn, role, () => this.hasOthersFor(role)) ? "no" : "unknown";
    }

    /**
     * Whether the list is made from other disks in the place of all that it is not made from: then it has these. Where it is
     * made from fewer, the rest may be written out in it, or come from what the `apply` itself refers to.
     */
    private hasOthersFor(role: Role): boolean {
        const places = this.attached.filter((each) => each.role === role);
        const left = places.filter(({ disk }) => disk.state !== "linked" || !this.disks.has(disk.to));
        const others = [...this.disks].filter(
            (disk) => !this.own.has(disk) && !this.possible.has(disk) && roleOf(disk) === role,
        );
        return !places.some(({ place }) => place.isWholeList) && others.length >= left.length;
    }
}

/** What a disk is made for, by itself. */
function roleOf({ osType, creation }: Disk): Role | undefined {
    const { option } = creation;
    const isFromImage = option.state === "known" && option.value.toLowerCase() === "fromimage";
    if (osType.state === "known" || isFromImage) {
        return "os";
    }
    return osType.state === "unknown" || option.state === "unknown" ? undefined : "data";
}
