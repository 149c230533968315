import { valueOf, type Value } from "../values";
import { type Answer, isTrue, type OpenQuestion, unknownAnswer, YES } from "../answers";
import type { Entities } from "../entities";
import { ResourceIndex, type Link } from "../link";
import { pushTo } from "../lists";
import type {
    AccountFirewall,
    BlobService,
    Firewall,
    PrivateEndpoint,
    ReplicatedDisk,
    StorageAccount,
} from "../resources";
import { STORAGE_ACCOUNT } from "../ids/resource-types";

/** The parts of a resource that a private endpoint of a cache, and of its vault, is for. */
const BLOB_PART = "blob";
const SITE_RECOVERY_PART = "azuresiterecovery";

/** A setting of a storage account, with the resource of the program that has it. */
export type AccountSetting<T> = { readonly value: T; readonly of: StorageAccount | BlobService | AccountFirewall };

/** The accounts of this stack that take the changes of disks on their way to the other side. */
export interface StagingAccounts {
    readonly accounts: readonly StorageAccount[];
    /** Those that may do so, too; the property will tell. */
    readonly candidates: readonly StorageAccount[];
    readonly property: string;
}

/** The storage accounts of the stack, with those of their settings that are separate resources. */
export class StorageAccounts {
    private readonly directory: ResourceIndex<StorageAccount>;
    private readonly blobServices = new Map<StorageAccount, BlobService[]>();
    private readonly firewalls = new Map<StorageAccount, AccountFirewall[]>();

    /** Those with a private endpoint of the stack, and those that may have one. */
    private readonly reachedPrivately = new Set<StorageAccount>();
    private readonly openEndpoints = new Map<StorageAccount | undefined, OpenQuestion>();

    readonly all: readonly StorageAccount[];

    constructor(stack: Entities) {
        this.all = stack.of("storage account");
        this.directory = new ResourceIndex(this.all, STORAGE_ACCOUNT);
        for (const service of stack.of("blob service")) {
            const link = this.directory.followName(service.account);
            if (link.state === "linked") {
                pushTo(this.blobServices, link.to, service);
            }
        }
        for (const firewall of stack.of("storage account firewall")) {
            const link = this.directory.followName(firewall.account);
            if (link.state === "linked") {
                pushTo(this.firewalls, link.to, firewall);
            }
        }
        stack.of("private endpoint").forEach((endpoint) => this.learnEndpoint(endpoint));
    }

    private learnEndpoint(endpoint: PrivateEndpoint): void {
        const { connections } = endpoint;
        if (connections.state === "unknown") {
            this.openEndpoints.set(undefined, { resource: endpoint, property: connections.property });
        }
        for (const { to, parts } of valueOf(connections) ?? []) {
            if (valueOf(parts)?.some((part) => isPart(part, SITE_RECOVERY_PART)) === true) {
                // Where a vault is reached by an endpoint, its caches may be, too.
                this.openEndpoints.set(undefined, { resource: endpoint, property: to.property, decidedBy: "external" });
            } else if (valueOf(parts)?.every((part) => part.state === "known" && !isPart(part, BLOB_PART)) !== true) {
                const link = this.directory.follow(to);
                if (link.state === "linked") {
                    this.reachedPrivately.add(link.to);
                } else if (link.state === "undecided") {
                    const question = { resource: endpoint, property: link.property };
                    const candidates = link.candidates.length === 0 ? [undefined] : link.candidates;
                    candidates.forEach((each) => this.openEndpoints.set(each, question));
                }
            }
        }
    }

    /** Whether a private endpoint leads to the blobs of an account, so that its firewall is not asked. */
    isReachedPrivately(account: StorageAccount): Answer {
        if (this.reachedPrivately.has(account)) {
            return YES;
        }
        const open = this.openEndpoints.get(account) ?? this.openEndpoints.get(undefined);
        const known = isTrue(account, account.hasPrivateEndpoints);
        return known.answer === "yes" || open === undefined
            ? known
            : unknownAnswer(open.resource, open.property, open.decidedBy);
    }

    stagingAccountsOf(disks: readonly ReplicatedDisk[]): StagingAccounts {
        const links = disks.map((disk) => this.ofElement(disk));
        const accounts = new Set(links.flatMap((link) => (link.state === "linked" ? [link.to] : [])));
        const open = links.flatMap((link) => (link.state === "undecided" ? [link] : []));
        const lists = new Set(open.map((link) => link.candidates));
        const candidates = new Set([...lists].flat().filter((each) => !accounts.has(each)));
        return { accounts: [...accounts], candidates: [...candidates], property: open[0]?.property ?? "" };
    }

    /** The account that takes the changes of one disk. */
    ofElement({ stagingAccount }: ReplicatedDisk): Link<StorageAccount> {
        return this.directory.follow(stagingAccount);
    }

    /** Whether deleted blobs are kept for a while. */
    softDelete(account: StorageAccount): readonly AccountSetting<Value<boolean>>[] {
        return [account, ...(this.blobServices.get(account) ?? [])].map((of) => ({ value: of.softDelete, of }));
    }

    /** Policies of their own take the place of what the account tells: its read-back is what they were before. */
    firewall(account: StorageAccount): readonly AccountSetting<Firewall>[] {
        return (this.firewalls.get(account) ?? [account]).map((of) => ({ value: of.firewall, of }));
    }
}

function isPart(part: Value<string>, name: string): boolean {
    return valueOf(part)?.toLowerCase() === name;
}
