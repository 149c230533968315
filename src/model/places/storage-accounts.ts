import type { Value } from "../values";
import type { Entities } from "../entities";
import { ResourceIndex, type Link } from "../link";
import { pushTo } from "../lists";
import type { AccountFirewall, BlobService, Firewall, ReplicatedDisk, StorageAccount } from "../resources";

export const STORAGE_ACCOUNT = "Microsoft.Storage/storageAccounts";

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
