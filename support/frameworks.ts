/** A control of a framework that a policy serves; the SDK carries one for each policy. */
export interface Framework {
    readonly name: string;
    readonly version: string;
    readonly reference: string;
    readonly specification: string;
}

/**
 * NIST SP 800-53, revision 5.1.1. Azure's own policies map VM backup to CP-9 and machines without disaster recovery to
 * CP-7; nobody maps a resource rule to CP-10, so that mapping is this pack's own.
 */
export const NIST = {
    CONTINGENCY_PLAN: nist(
        "CP-2",
        "Contingency plan: what stands in the way of a recovery should be known before it is needed.",
    ),
    ALTERNATE_SITE: nist("CP-7", "Alternate processing site: what is ready there has to be the machine as it is."),
    BACKUP: nist("CP-9", "System backup: a backup is worth what its restore leaves working."),
    RECOVERY: nist("CP-10", "System recovery and reconstitution: a restore is such an event."),
} as const;

function nist(reference: string, specification: string): Framework {
    return { name: "NIST SP 800-53", version: "5.1.1", reference, specification };
}
