/** A control of a framework, as the framework counts it. */
export interface Control {
    readonly name: string;
    readonly version: string;
    readonly reference: string;
}

/** A control that a policy serves; the SDK carries one for each policy. */
export interface Framework extends Control {
    readonly specification: string;
    /** The same in other frameworks: what tools other than this pack map such policies to. */
    readonly also: readonly Control[];
}

const mcsb = control("MCSB", "v1");
const csf = control("NIST CSF", "2.0");
const iso = control("ISO 27001", "2022");
const dora = control("DORA", "2022/2554");
const nis2 = control("NIS2", "2022/2555");
const soc = control("SOC 2", "2017");
const pci = control("PCI DSS", "4.0.1");
const cis = control("CIS Controls", "v8");

/**
 * NIST SP 800-53, revision 5.1.1. Azure's own policies map VM backup to CP-9 and VMs without disaster recovery to
 * CP-7 and CP-2; nobody maps a resource policy to CP-10, so that mapping is this pack's own. The others stand as Azure's
 * policy sets have them for the same two things, as the cloud security benchmark has its own, and as Pulumi's pack has
 * ISO 27001.
 */
export const NIST = {
    CONTINGENCY_PLAN: nist("CP-2", "Contingency plan: find what prevents a recovery before you need the recovery.", [
        csf("RC.RP-04"),
        dora("10.1"),
    ]),
    ALTERNATE_STORAGE: nist("CP-6", "Alternate storage site: a backup has to outlive the region of its VM.", [
        mcsb("BR-2"),
        cis("11.3"),
    ]),
    ALTERNATE_SITE: nist("CP-7", "Alternate processing site: the copy there has to match the current VM.", [
        csf("RC.RP-04"),
        iso("A.8.14"),
        dora("9.3c"),
        nis2("Article 21"),
        pci("12.10.1"),
    ]),
    BACKUP: nist("CP-9", "System backup: a backup is worth what its restore leaves working.", [
        mcsb("BR-1"),
        csf("PR.DS-01"),
        iso("A.8.13"),
        dora("9.3b"),
        soc("A1.2"),
        cis("11.2"),
    ]),
    PROTECTED_BACKUP: nist("CP-9", "System backup: a backup has to outlive whoever deletes or encrypts the original.", [
        mcsb("BR-2"),
        iso("A.8.13"),
        cis("11.3"),
    ]),
    RECOVERY: nist("CP-10", "System recovery and reconstitution: a restore is such an event.", []),
} as const;

function nist(reference: string, specification: string, also: readonly Control[]): Framework {
    return { name: "NIST SP 800-53", version: "5.1.1", reference, specification, also };
}

function control(name: string, version: string): (reference: string) => Control {
    return (reference) => ({ name, version, reference });
}
