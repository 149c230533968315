import { SEVERITIES } from "../../../../policies/policy";
import { parseUrn } from "../../../model/ids/urn";
import { getOrCreate, pushTo } from "../../../model/lists";
import type { SummaryVm } from "../../estate-summary";
import type { Report, ReportedFinding } from "../../report";

/** What one card of the page is about: a VM, or anything else that has findings. */
export interface Subject {
    readonly anchor: string;
    readonly name: string;
    /** Undefined for what is no VM, and for a VM that is not in the picture. */
    readonly vm: SummaryVm | undefined;
    /** `azure-native:recoveryservices:Vault`; undefined for what is no resource. */
    readonly type: string | undefined;
    /** The most urgent first. */
    readonly findings: readonly ReportedFinding[];
    /** How many questions about it are open. */
    readonly open: number;
}

/** New findings ask for action; open questions may turn into some; known and suppressed findings are settled. */
export type Standing = "act" | "open" | "settled" | "clean";

/** Every VM, and whatever else has findings: the most urgent first, equals by name. */
export function subjectsOf({ picture, findings, undecided }: Report): readonly Subject[] {
    const vms = picture?.machines ?? [];
    const vmOf = vmFinder(vms);
    const open = new Map<string, number>();
    for (const { urn, resource } of undecided) {
        const vm = vmOf(urn, resource);
        if (vm !== undefined) {
            open.set(vm.id, (open.get(vm.id) ?? 0) + 1);
        }
    }
    const ofVms = new Map<string, ReportedFinding[]>();
    const ofOthers = new Map<string, ReportedFinding[]>();
    for (const finding of findings) {
        const urn = finding.machine ?? finding.urn;
        const vm = vmOf(urn, finding.name);
        if (vm === undefined) {
            pushTo(ofOthers, urn ?? `${finding.stack ?? ""} ${finding.name}`, finding);
        } else {
            pushTo(ofVms, vm.id, finding);
        }
    }
    const subjects = [
        ...vms.map((vm, index): Subject => ({
            anchor: `vm-${index + 1}`,
            name: vm.name,
            vm,
            type: undefined,
            findings: byUrgency(ofVms.get(vm.id) ?? []),
            open: open.get(vm.id) ?? 0,
        })),
        ...[...ofOthers.values()].map(otherSubject),
    ];
    const keys = new Map(subjects.map((subject) => [subject, urgencyOf(subject)]));
    const keyOf = (subject: Subject): number => keys.get(subject) ?? 0;
    return subjects.sort((a, b) => keyOf(b) - keyOf(a) || NAMES.compare(a.name, b.name));
}

const NAMES = new Intl.Collator("en", { numeric: true });

/** VMs of one template share a URN; then the name decides. */
function vmFinder(vms: readonly SummaryVm[]): (urn: string | undefined, name: string) => SummaryVm | undefined {
    const byUrn = new Map<string, Map<string, SummaryVm>>();
    for (const vm of vms) {
        if (vm.urn !== undefined) {
            getOrCreate(byUrn, vm.urn, () => new Map<string, SummaryVm>()).set(vm.name, vm);
        }
    }
    return (urn, name) => {
        const those = byUrn.get(urn ?? "");
        return those?.size === 1 ? [...those.values()][0] : those?.get(name);
    };
}

function otherSubject(findings: readonly ReportedFinding[], index: number): Subject {
    const [first] = findings;
    const urn = first?.machine ?? first?.urn;
    const named = findings.find((each) => each.urn === urn);
    const parts = urn === undefined ? undefined : parseUrn(urn);
    return {
        anchor: `resource-${index + 1}`,
        name: named?.name ?? parts?.name ?? "",
        vm: undefined,
        type: parts?.type,
        findings: byUrgency(findings),
        open: 0,
    };
}

function byUrgency(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
    return [...findings].sort((a, b) => urgencyOfFinding(b) - urgencyOfFinding(a));
}

/** Each step outweighs every severity below it. */
const STEP = SEVERITIES.length;

function urgencyOfFinding({ state, level, severity }: ReportedFinding): number {
    const step = state === "new" ? (level === "mandatory" ? 4 : 3) : state === "known" ? 1 : 0;
    return step * STEP + SEVERITIES.indexOf(severity) + 1;
}

function urgencyOf({ findings: [worst], vm, open }: Subject): number {
    return Math.max(
        worst === undefined ? 0 : urgencyOfFinding(worst),
        open > 0 || vm?.undecided === true ? 3 * STEP : 0,
    );
}

export function standingOf(subject: Subject): Standing {
    const [worst] = subject.findings;
    if (worst?.state === "new") {
        return "act";
    }
    return subject.open > 0 || subject.vm?.undecided === true ? "open" : worst === undefined ? "clean" : "settled";
}
