import type { SummaryDisk, SummaryVm, SummaryProtection } from "../../estate-summary";
import type { ReportedFinding } from "../../report";
import type { FindingsOnPage } from "./findings";
import { icon } from "./icons";
import { counted, html, type Content, type Markup } from "./markup";
import { isBackedUp, isReplicated, PROTECTIONS, protectionOf, WORDS, type Protection } from "./protection";

/** What one card shows. */
export interface VmOnPage {
    readonly vm: SummaryVm;
    readonly anchor: string;
    readonly findings: readonly ReportedFinding[];
}

/** More cards than these without findings, or with them, are folded. */
const MOST_QUIET = 12;
const MOST_CONCERNED = 50;
const MOST_DISKS = 8;

/** The VMs of one region: those with findings first, each with its findings beside it. */
export function vmCards(vms: readonly VmOnPage[], findings: FindingsOnPage): Markup {
    const concerned = vms.filter((each) => each.findings.length > 0).sort((a, b) => urgency(b) - urgency(a));
    const quiet = vms.filter((each) => each.findings.length === 0);
    const cards = (some: readonly VmOnPage[]): Content => some.map((each) => card(each, findings));
    const more = concerned.slice(MOST_CONCERNED);
    return html`<div class="cards">
            ${cards(concerned.slice(0, MOST_CONCERNED))} ${quiet.length <= MOST_QUIET && cards(quiet)}
        </div>
        ${more.length > 0 && fold(`${counted(more.length, "more VM")} with findings`, cards(more))}
        ${
            quiet.length > MOST_QUIET &&
            fold(`${counted(quiet.length, "VM")} without findings: ${quietVms(quiet)}`, cards(quiet))
        }`;
}

function fold(title: string, cards: Content): Markup {
    return html`<details class="fold">
        <summary>${title}</summary>
        <div class="cards">${cards}</div>
    </details>`;
}

function quietVms(vms: readonly VmOnPage[]): string {
    const counts = countsOf(vms.map(({ vm }) => vm));
    return PROTECTIONS.filter((protection) => counts[protection] > 0)
        .map((protection) => `${counts[protection].toLocaleString("en-US")} ${WORDS[protection]}`)
        .join(", ");
}

export function countsOf(vms: readonly SummaryVm[]): Readonly<Record<Protection, number>> {
    const counts = { both: 0, backup: 0, replication: 0, none: 0, undecided: 0 };
    vms.forEach((vm) => counts[protectionOf(vm)]++);
    return counts;
}

/** Mandatory findings come before advisory ones, those before settled ones, and nothing comes last. */
export function urgency({ findings }: VmOnPage): number {
    return findings.reduce(
        (most, { state, level }) => Math.max(most, state === "new" ? (level === "mandatory" ? 3 : 2) : 1),
        0,
    );
}

function card(each: VmOnPage, findings: FindingsOnPage): Markup {
    const { vm, anchor } = each;
    if (each.findings.length === 0) {
        return html`<article class="card" id="${anchor}">${summary(vm)}</article>`;
    }
    const level = ["level-settled", "level-settled", "level-advisory", "level-mandatory"][urgency(each)];
    return html`<article class="card concerned ${level}" id="${anchor}">
        <div class="picture">${summary(vm)}</div>
        ${findings.list(each.findings, 5)}
    </article>`;
}

function summary(vm: SummaryVm): Markup {
    return html`<h4>${icon("vm")}<span>${vm.name}</span></h4>
        ${badges(vm)} ${lanes(vm)} ${disks(vm.disks)}`;
}

function badges(vm: SummaryVm): Content {
    const { protections, urn, undecided } = vm;
    const list: Content[] = [
        isBackedUp(vm) && isReplicated(vm) && html`<li class="badge both">under both services</li>`,
        protections.some(({ failedOver }) => failedOver) && html`<li class="badge mandatory">failed over</li>`,
        undecided && html`<li class="badge undecided">not all decided</li>`,
        urn === undefined && html`<li class="badge">outside of this stack</li>`,
    ].filter((badge) => badge !== false);
    return (
        list.length > 0 &&
        html`<ul class="badges">
            ${list}
        </ul>`
    );
}

/** Backup above, replication below, each also where there is none: what is missing is what people look for. */
function lanes(vm: SummaryVm): Markup {
    const { protections, undecided } = vm;
    const ofKind = (...kinds: readonly SummaryProtection["kind"][]): readonly SummaryProtection[] =>
        protections.filter(({ kind, turnsOn = kind }) => kinds.includes(turnsOn));
    const backups = ofKind("backup", "disk backup");
    const replications = ofKind("replication");
    return html`<ul class="lanes">
        ${backups.map(backupLane)}
        ${
            backups.length === 0 &&
            html`<li class="off">
                ${icon(undecided ? "question" : "cross")}<span
                    >${undecided ? "No backup known yet" : "Not backed up"}</span
                >
            </li>`
        }
        ${ofKind("file backup").map(backupLane)} ${replications.map((each) => replicationLane(each, vm))}
        ${
            replications.length === 0 &&
            html`<li class="off">
                ${icon(undecided ? "question" : "cross")}<span
                    >${undecided ? "No replication known yet" : "Not replicated"}</span
                >
            </li>`
        }
    </ul>`;
}

const BACKUPS: Readonly<Record<SummaryProtection["kind"], string>> = {
    backup: "Azure Backup",
    "disk backup": "Disk Backup",
    "file backup": "Backup of files",
    "azure policy": "Azure Backup",
    replication: "Site Recovery",
};

function backupLane(protection: SummaryProtection): Markup {
    const { kind, turnsOn = kind } = protection;
    return html`<li class="backup">
        ${icon("backup")}<span><b>${BACKUPS[turnsOn]}</b> ${item(protection)}</span>
    </li>`;
}

function replicationLane(protection: SummaryProtection, { region }: SummaryVm): Markup {
    const { to, group, failedOver } = protection;
    const way =
        to === undefined
            ? "to a region that is not known"
            : to === region
              ? `within ${to}`
              : `${region ?? "?"} → ${to}`;
    return html`<li class="replication">
        ${icon("replication")}<span
            ><b>Site Recovery</b>
            <span class="way">${way}</span>
            ${failedOver && html`<span class="of">failed over: the other side runs, and this VM is not replicated</span>`}
            ${item(protection)}
            ${group !== undefined && html`<span class="of">in consistency group ${group}</span>`}</span
        >
    </li>`;
}

function item({ kind, name, vaultName }: SummaryProtection): Markup {
    return html`<span class="of"
        >${kind === "azure policy" && "by Azure Policy, "}${name}${vaultName !== undefined && html`, in vault ${vaultName}`}</span
    >`;
}

function disks(all: readonly SummaryDisk[]): Content {
    if (all.length === 0) {
        return undefined;
    }
    const marked = all.filter(isMarked);
    const shown = all.length <= MOST_DISKS ? all : [...marked, ...all.filter((disk) => !isMarked(disk))];
    const rest = shown.slice(Math.max(MOST_DISKS, marked.length));
    return html`<ul class="disks">
            ${shown.slice(0, shown.length - rest.length).map(diskLine)}
        </ul>
        ${
            rest.length > 0 &&
            html`<details class="small">
                <summary>${counted(rest.length, "more disk")}</summary>
                <ul class="disks">
                    ${rest.map(diskLine)}
                </ul>
            </details>`
        }`;
}

function isMarked({ restored, replicated }: SummaryDisk): boolean {
    return restored !== "no" || replicated === "no" || replicated === "unknown";
}

function diskLine(disk: SummaryDisk): Markup {
    const { name, role, lun, restored, replicated } = disk;
    const place = role === "os" ? "OS disk" : lun === undefined ? "data disk" : `LUN ${lun}`;
    return html`<li>
        ${icon("disk")}<span
            >${name} <span class="quiet">${place}</span> ${
                isMarked(disk) &&
                html`<span class="marks">
                    ${restored === "yes" && html`<span class="badge advisory">restored</span>`}
                    ${restored === "maybe" && html`<span class="badge undecided">maybe restored</span>`}
                    ${replicated === "no" && html`<span class="badge mandatory">replication does not know it</span>`}
                    ${replicated === "unknown" && html`<span class="badge undecided">maybe not replicated</span>`}
                </span>`
            }</span
        >
    </li>`;
}
