import { PAGES } from "./page";
import { statement, type Row } from "./row";

/** What is said about the settings of vaults. `whenUnset` is what Azure does where nobody sets it. */
export const VAULT_SETTINGS = {
    SOFT_DELETE: row({
        policies: ["BCDR501", "BCDR612"],
        fact: "VLT-20",
        says: "Soft delete is on where nobody sets it. In Recovery Services vaults, Azure enforces it in all public regions and national clouds.",
        limit: { whenUnset: true, refusal: "BMSUserErrorDisablingSoftDeleteStateNotAllowed" },
        page: PAGES.SOFT_DELETE,
        changed: "Until 2025 it could be switched off for every Recovery Services vault.",
    }),
    SOFT_DELETE_IN_BACKUP_VAULTS: row({
        policies: ["BCDR501"],
        fact: "VLT-21",
        says: "In Backup vaults soft delete is enforced in Australia East, West Central US and East Asia. Elsewhere it can be switched off only with an API version before 2025-09-01.",
        limit: { enforcedIn: "Australia East, West Central US and East Asia", sinceApi: "2025-09-01" },
        page: PAGES.SOFT_DELETE,
    }),
    SOFT_DELETE_DAYS: row({
        policies: ["BCDR501"],
        fact: "VLT-02",
        says: "Deleted backups are kept for 14 to 180 days, 14 where nobody sets it; the first 14 are free of charge.",
        limit: { least: 14, most: 180, free: 14, whenUnset: 14 },
        page: PAGES.SOFT_DELETE,
    }),
    IMMUTABILITY: row({
        policies: ["BCDR502"],
        fact: "VLT-24",
        says: "Immutability keeps recovery points from being deleted early and retention from being cut; it is off where nobody sets it, and Locked cannot be taken back.",
        limit: { whenUnset: "Disabled" },
        page: PAGES.IMMUTABLE,
    }),
    SUSPENDED: statement({
        policies: ["BCDR325"],
        fact: "VLT-25",
        says: "Backups can be suspended only in a vault that is immutable.",
        page: PAGES.SUSPEND_COMMAND,
    }),
    SUSPENSION_REFUSED: statement({
        policies: ["BCDR325"],
        fact: "VLT-25",
        says: "In a vault that is not immutable, Azure answers a suspension with UserErrorOperationDeniedOnImmutableItem.",
        page: PAGES.SUSPEND_REFUSED,
    }),
    REDUNDANCY: row({
        policies: ["BCDR503"],
        fact: "VLT-27",
        says: "The redundancy of a vault cannot change once it holds an item; a Recovery Services vault is geo-redundant where nobody sets it.",
        limit: {
            whenUnset: "GeoRedundant",
            // What both providers take; ReadAccessGeoZoneRedundant is none of it.
            settable: ["GeoRedundant", "ZoneRedundant", "LocallyRedundant"] as readonly string[],
        },
        page: PAGES.VAULT,
    }),
    REDUNDANCY_TWICE: statement({
        policies: ["BCDR509"],
        fact: "VLT-33",
        says: "Once a vault's redundancy is set on the vault, Azure refuses the older resource backupstorageconfig with BMSUserErrorRedundancySettingsUseVaultApi.",
        page: PAGES.VAULT_API_ONLY,
    }),
    CROSS_REGION_RESTORE: row({
        policies: ["BCDR504"],
        fact: "VLT-27",
        says: "Cross-region restore needs a geo-redundant vault, is off where nobody sets it, and cannot be taken back once something is protected.",
        limit: { needs: "GeoRedundant", whenUnset: false },
        page: PAGES.VM_BACKUP,
    }),
    CROSS_REGION_RESTORE_OF_NEW_DISKS: statement({
        policies: ["BCDR504"],
        fact: "VMB-04",
        says: "Cross-region restore also works for VMs with Premium SSD v2 and Ultra disks, in some regions.",
        page: PAGES.BACKUP_WHATS_NEW,
        changed: "Since October 2024.",
    }),
    ALERTS: row({
        policies: ["BCDR505"],
        fact: "VLT-11",
        says: "A vault raises built-in Azure Monitor alerts unless they are switched off.",
        limit: { whenUnset: true },
        page: PAGES.VAULT_REFERENCE,
    }),
    PUBLIC_NETWORK_ACCESS: row({
        policies: ["BCDR506"],
        fact: "VLT-09",
        says: "A Recovery Services vault can be reached from public networks where nobody sets it.",
        limit: { whenUnset: true },
        page: PAGES.VAULT_REFERENCE,
    }),
    CUSTOMER_KEY: statement({
        policies: ["BCDR507"],
        fact: "VLT-28",
        says: "A customer-managed key has to be set before the first item and cannot be taken back; its key vault needs soft delete and purge protection.",
        page: PAGES.VAULT,
    }),
    RESOURCE_GUARD: statement({
        policies: ["BCDR508"],
        fact: "VLT-26",
        says: "A resource guard lets critical operations on a vault pass only with the consent of somebody else; it should lie where backup administrators have no rights.",
        page: PAGES.RESOURCE_GUARD,
    }),
} as const;

function row<Limit>(content: Row<Limit>): Row<Limit> {
    return content;
}
