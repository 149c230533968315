import type { SummaryProtection, SummaryVm } from "../../estate-summary";
import { comparison, diskList, isDifferent } from "./disks";
import type { FindingsOnPage } from "./findings";
import { icon, type Icon } from "./icons";
import { counted, html, type Content, type Markup } from "./markup";
import { countsOf, isBackedUp, isReplicated, PROTECTIONS, WORDS } from "./protection";
import type { Standing, Subject } from "./subjects";

/** More cards than these are folded. */
const MOST_CARDS: Readonly<Record<Standing, number>> = { act: 50, open: 6, settled: 6, clean: 6 };

/** The cards of one standing; those that are too many stay behind a line that counts them. */
export function cards(subjects: readonly Subject[], standing: Standing, findings: FindingsOnPage): Markup {
    const most = MOST_CARDS[standing];
    // A handful is shown whole or not at all; of a long list to act on, the most urgent are shown.
    const shown = standing === "act" || subjects.length <= most ? subjects.slice(0, most) : [];
    const folded = subjects.slice(shown.length);
    return html`<div class="cards">${shown.map((each) => card(each, findings))}</div>
        ${
            folded.length > 0 &&
            html`<details class="fold">
                <summary>${foldTitle(folded, shown.length > 0)}</summary>
                <div class="cards">${folded.map((each) => card(each, findings))}</div>
            </details>`
        }`;
}

/** `12 more VMs`; `40 VMs: 20 backed up and replicated, 20 neither`. */
function foldTitle(subjects: readonly Subject[], isMore: boolean): string {
    const vms = subjects.flatMap(({ vm }) => vm ?? []);
    const noun = vms.length === subjects.length ? "VM" : "resource";
    const title = counted(subjects.length, isMore ? `more ${noun}` : noun);
    const counts = countsOf(vms);
    const protections = PROTECTIONS.filter((protection) => counts[protection] > 0).map(
        (protection) => `${counts[protection].toLocaleString("en-US")} ${WORDS[protection]}`,
    );
    return isMore || protections.length === 0 ? title : `${title}: ${protections.join(", ")}`;
}

function card(subject: Subject, findings: FindingsOnPage): Markup {
    const { anchor, vm } = subject;
    if (subject.findings.length === 0) {
        return html`<article class="card" id="${anchor}">
            ${title(subject)} ${vm !== undefined && picture(vm)}
        </article>`;
    }
    return html`<article class="card concerned${levelClass(subject)}" id="${anchor}">
        <div class="title">${title(subject)}</div>
        ${vm !== undefined && html`<div class="picture">${picture(vm)}</div>`} ${findings.list(subject.findings)}
    </article>`;
}

function levelClass({ findings: [worst] }: Subject): string {
    return worst?.state === "new" ? ` level-${worst.level}` : "";
}

function title({ name, vm, type, open }: Subject): Markup {
    return html`<h3>${icon(vm === undefined ? iconOf(type) : "vm")}<span>${name}</span></h3>
        <p class="place">${vm === undefined ? type : (vm.region ?? "Region not known yet")}</p>
        ${vm !== undefined && badges(vm, open)}`;
}

/** By the end of its type: `azure-native:recoveryservices:Vault`. */
function iconOf(type: string | undefined): Icon {
    const name = type?.split(":").at(-1) ?? "";
    return /Vault$/.test(name) ? "vault" : /Machine$/.test(name) ? "vm" : /Disk$/.test(name) ? "disk" : "policy";
}

/** Where the disks differ from those that are replicated, that comes first: it is what the findings are about. */
function picture(vm: SummaryVm): Markup {
    return isDifferent(vm) ? html`${comparison(vm)} ${lanes(vm)}` : html`${lanes(vm)} ${diskList(vm.disks)}`;
}

function badges(vm: SummaryVm, open: number): Content {
    const { protections, urn, undecided } = vm;
    const list: Content[] = [
        isBackedUp(vm) && isReplicated(vm) && html`<li class="badge both">under both services</li>`,
        protections.some(({ failedOver }) => failedOver) && html`<li class="badge mandatory">failed over</li>`,
        undecided && html`<li class="badge undecided">not all decided</li>`,
        open > 0 && html`<li class="badge undecided"><a href="#undecided">${counted(open, "open question")}</a></li>`,
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
            ? "to a region that is not known yet"
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
