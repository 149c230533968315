import type { Link, ResourceIndex } from "../link";
import type { AzureResource, DiskBackup, ReplicatedItem, ResourceGroup } from "../resources";
import type { Regions } from "./regions";

/** The resource groups that things are in, or will be. */
export class ResourceGroups {
    constructor(
        private readonly index: ResourceIndex<ResourceGroup>,
        private readonly regions: Regions,
    ) {}

    of(resource: AzureResource): Link<ResourceGroup> {
        return this.regions.groupOf(resource);
    }

    /** The group into which an instance of Disk Backup puts its snapshots. */
    ofSnapshots({ snapshotGroup }: DiskBackup): Link<ResourceGroup> {
        return this.index.followTarget(snapshotGroup);
    }

    /** Where a failover of this item would make its VM. */
    afterFailover({ targetGroup }: ReplicatedItem): Link<ResourceGroup> {
        return this.index.follow(targetGroup);
    }
}
