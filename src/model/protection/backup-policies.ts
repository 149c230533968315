import { displayName } from "../ids/display-name";
import { nameOf } from "../ids/arm-id";
import { ABSENT, known, unknown, valueOf, type Value } from "../values";
import type { Entities } from "../entities";
import type { ExternalView } from "../external-view";
import { ResourceIndex, type Link } from "../link";
import type { ResourcesByKind } from "../external-resources";
import type { AzureResource, BackupItem, BackupPolicy, BackupPolicyType, Vault } from "../resources";
import { BACKUP_POLICY, VAULT } from "../ids/resource-types";

/** What is known of the policy that an item follows. */
export interface FollowedPolicy {
    /** Absent for a policy outside of the stack, which nobody looked at. */
    readonly type: Value<BackupPolicyType>;
    readonly crashConsistentOnly: Value<boolean>;
    /** The policy, or the item where the plan does not know yet which policy it is. */
    readonly definedBy: AzureResource;
    /** Undefined where the plan does not know it. */
    readonly name: string | undefined;
}

/** The policies that Azure makes along with every vault, in lower case. */
const MADE_WITH_VAULT: ReadonlyMap<string, BackupPolicyType> = new Map([
    ["defaultpolicy", "V1"],
    ["enhancedpolicy", "V2"],
]);

/** Which policy each item of Azure Backup follows. */
export class BackupPolicies {
    private readonly links = new Map<BackupItem, Link<BackupPolicy>>();
    /** How many items follow policies outside of this stack that nothing is known of. */
    readonly externalReferences: number;
    private readonly vaults: ResourceIndex<Vault>;
    /** False where every policy of the stack takes application-consistent snapshots. */
    private readonly mayBeCrashConsistent: boolean;

    constructor(stack: Entities, all: ResourcesByKind, external: ExternalView) {
        const policies = new ResourceIndex(stack.of("backup policy"), BACKUP_POLICY, external.of("backup policy"));
        all.of("backup item").forEach((item) => this.links.set(item, policies.follow(item.policy)));
        this.vaults = new ResourceIndex(stack.of("vault"), VAULT);
        this.mayBeCrashConsistent = stack
            .of("backup policy")
            .some(({ crashConsistentOnly }) => valueOf(crashConsistentOnly) !== false);
        this.externalReferences = [...this.links].filter(
            ([item, link]) =>
                item.origin === undefined && link.state === "external" && typeByName(nameOf(link.id)) === undefined,
        ).length;
    }

    of(item: BackupItem): Link<BackupPolicy> {
        return this.links.get(item) ?? { state: "none" };
    }

    followedBy(item: BackupItem): FollowedPolicy {
        const link = this.of(item);
        switch (link.state) {
            case "linked": {
                const { type, crashConsistentOnly } = link.to;
                return { type, crashConsistentOnly, definedBy: link.to, name: displayName(link.to) };
            }
            case "external": {
                const name = nameOf(link.id);
                const type = typeByName(name);
                if (type === undefined && link.isOpen) {
                    const open = unknown(item.policy.property);
                    return { type: open, crashConsistentOnly: open, definedBy: item, name };
                }
                return type === undefined
                    ? { type: ABSENT, crashConsistentOnly: ABSENT, definedBy: item, name }
                    : { type: known(type), crashConsistentOnly: known(false), definedBy: item, name };
            }
            case "undecided": {
                const open = unknown(link.property);
                const crashConsistentOnly = this.isOfNewVault(item, link) ? known(false) : open;
                return { type: open, crashConsistentOnly, definedBy: item, name: undefined };
            }
            case "none":
                return { type: ABSENT, crashConsistentOnly: ABSENT, definedBy: item, name: undefined };
        }
    }

    /**
     * Whether an id that is made from a vault of the stack must lead to one of the policies that Azure makes along with
     * it: `DefaultPolicy` of a vault that is new. No other stack has made any there yet.
     */
    private isOfNewVault({ policy }: BackupItem, link: Link<BackupPolicy> & { readonly state: "undecided" }): boolean {
        const [vault, ...others] = this.vaults.among(policy.dependencies);
        return (
            link.candidates.length === 0 &&
            policy.isShared !== true &&
            !this.mayBeCrashConsistent &&
            vault?.lifetime === "new" &&
            others.length === 0
        );
    }
}

function typeByName(name: string): BackupPolicyType | undefined {
    return MADE_WITH_VAULT.get(name.toLowerCase());
}
