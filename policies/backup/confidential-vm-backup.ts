import { equalsIgnoringCase } from "../../src/model/letter-case";
import { normaliseLocation } from "../../src/model/places/location";
import { valueOf } from "../../src/model/values";
import type { Estate } from "../../src/model/estate";
import type { VirtualMachine } from "../../src/model/resources";
import { headline, type Message } from "../../src/findings/message";
import { type Step, ways } from "../../src/advice/fix";
import { WORDS, writtenAt } from "../../src/advice/property-names";
import { VM_BACKUP } from "../../src/facts/backup-matrix";
import { NIST } from "../../src/facts/frameworks";
import { vmSize } from "../../src/facts/vm-sizes";
import { any, type Answer, compare, given, NO, unknownAnswer, withEvidence } from "../../src/model/answers";
import { backedUpVmPolicy } from "./backed-up-vm";

type Unsupported =
    | { readonly is: "size"; readonly size: string; readonly property: string }
    | { readonly is: "region"; readonly region: string };

const { limit, page } = VM_BACKUP.CONFIDENTIAL;

/** BCDR326: backup of a confidential VM whose size or region Azure Backup does not support (VMB-06). */
export const confidentialVmBackup = backedUpVmPolicy<Unsupported>({
    id: "BCDR326",
    name: "confidential-vm-backup",
    level: "advisory",
    severity: "medium",
    summary: "Azure Backup may not support a confidential VM's size or region.",
    framework: NIST.BACKUP,
    tags: ["azure-backup", "support-matrix"],
    remediationSteps: "Use a v6 size in a supported region, or back up the data inside the VM.",

    check: ({ vm, estate }) =>
        given(
            compare(vm, vm.securityType, (type) => equalsIgnoringCase(type, limit.securityType)),
            any<Unsupported>([bySize(vm), byRegion(estate, vm)]),
        ),

    message: ({ vm, found }, { dryRun }): Message => {
        const [first] = found;
        return {
            headline: headline(
                (name, of) =>
                    first.is === "size"
                        ? `Confidential VM ${name} has size ${of}, but Azure Backup supports only v${limit.sizeVersion} sizes.`
                        : `Confidential VM ${name} is in ${first.region}, where Azure Backup does not support confidential VMs.`,
                vm,
                first.is === "size" ? first.size : "",
            ),
            why: `Backups fail, or Azure refuses the item, so the VM has no recovery point. Support is in preview, by the list of ${page.date}.`,
            facts: found
                .slice(1)
                .flatMap((each) => (each.is === "region" ? [`Region ${each.region} is not supported, either.`] : [])),
            fix: ways(
                [
                    supported(vm, found),
                    { do: "Back up the data inside the VM, for example with the MARS agent or as a database." },
                ],
                dryRun,
            ),
            notes: [
                "The subscription needs the preview feature RestorePointSupportForConfidentialVMV2 of Microsoft.Compute.",
                "If the disks have a customer-managed key, the Backup Management Service needs access to it.",
            ],
            sources: [page],
        };
    },
});

/** The VM as it has to be, in all respects. */
function supported(vm: string, found: readonly Unsupported[]): Step {
    const size = found.flatMap((each) => (each.is === "size" ? [each.property] : []));
    const isElsewhere = found.some(({ is }) => is === "region");
    const ofSize = size.length === 0 ? "" : ` a v${limit.sizeVersion} size, such as Standard_DC4as_v6`;
    return {
        do: isElsewhere
            ? `Create the VM in a supported region${ofSize === "" ? "" : `, with${ofSize}`}.`
            : `Give "${vm}"${ofSize}.`,
        ...(size.length === 0 ? {} : { where: size.join("") }),
        ...(isElsewhere ? { note: `Supported: ${limit.regions.join(", ")}.` } : {}),
    };
}

/** A size whose name does not show its version, or shows a later one, leaves the question open. */
function bySize(vm: VirtualMachine): Answer<Unsupported> {
    const name = valueOf(vm.size);
    if (name === undefined) {
        return compare(vm, vm.size, () => false);
    }
    const size = vmSize(name);
    const property = writtenAt(vm, WORDS[vm.provider].vm.size);
    if (size === undefined || size.version > limit.sizeVersion) {
        return unknownAnswer(vm, WORDS[vm.provider].vm.size, "version");
    }
    // Azure refuses a confidential VM of an ordinary size itself.
    return size.confidential === false || size.version === limit.sizeVersion
        ? NO
        : { answer: "yes", items: [{ is: "size", size: name, property }] };
}

function byRegion(estate: Estate, vm: VirtualMachine): Answer<Unsupported> {
    const region = estate.regions.of(vm);
    return withEvidence(
        compare<string>(vm, region, (name) => !limit.regions.includes(normaliseLocation(name))),
        () => ({ is: "region", region: valueOf(region) ?? "" }),
    );
}
