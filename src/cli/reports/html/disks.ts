import type { SummaryDisk, SummaryVm } from "../../estate-summary";
import { icon } from "./icons";
import { counted, html, type Content, type Markup } from "./markup";

/** More disks than these are folded, but for those that differ. */
const MOST_DISKS = 8;

/**
 * Whether the disks of a VM and those that are replicated have to be compared: where they differ, and where a restored disk is
 * replicated, because people look for that.
 */
export function isDifferent({ disks, listedOnly }: SummaryVm): boolean {
    return (
        (listedOnly?.names.length ?? 0) > 0 ||
        disks.some(({ replicated }) => replicated === "no") ||
        disks.some(({ replicated, restored }) => replicated !== undefined && restored !== "no")
    );
}

/** One row a disk: what the VM has on the left, what is replicated on the right. */
export function comparison({ disks, listedOnly }: SummaryVm): Markup {
    const names = listedOnly?.names ?? [];
    const special = disks.filter((disk) => disk.replicated === "no" || disk.restored !== "no");
    const others = disks.filter((disk) => !special.includes(disk));
    const [shown, folded] = disks.length + names.length <= MOST_DISKS ? [disks, []] : ([special, others] as const);
    return html`<table class="compare">
            <caption>
                ${differences(disks, names)}
            </caption>
            <thead>
                <tr>
                    <th scope="col">The VM has</th>
                    <th scope="col">Site Recovery replicates</th>
                </tr>
            </thead>
            <tbody>
                ${shown.map(attachedRow)} ${names.map(listedOnlyRow)}
                ${
                    listedOnly?.undecided === true &&
                    html`<tr class="open">
                        <td colspan="2">${icon("question")} The list may hold more disks: not known yet</td>
                    </tr>`
                }
            </tbody>
        </table>
        ${fold(folded)}`;
}

/** What the eye sees, in words. */
function differences(disks: readonly SummaryDisk[], listedOnly: readonly string[]): string {
    const counts: readonly (readonly [number, string])[] = [
        [disks.filter(({ replicated }) => replicated === "no").length, "attached only"],
        [listedOnly.length, "replicated only"],
        [disks.filter(({ replicated }) => replicated === "unknown").length, "not known yet"],
        [disks.filter(({ replicated }) => replicated === "yes").length, "in both"],
    ];
    const words = counts.filter(([count]) => count > 0).map(([count, state]) => `${count} ${state}`);
    return `Disks: ${words.join(", ")}`;
}

const CLASSES = { yes: "same", no: "attached-only", unknown: "open" } as const;

function attachedRow(disk: SummaryDisk): Markup {
    const { name, replicated = "unknown" } = disk;
    const otherSide = {
        yes: html`${icon("equal")} <span>${name}</span>`,
        no: html`${icon("cross")} <span>Not replicated</span>`,
        unknown: html`${icon("question")} <span>Not known yet</span>`,
    };
    return html`<tr class="${CLASSES[replicated]}">
        <td>${icon("disk")} <span>${diskText(disk)}</span></td>
        <td>${otherSide[replicated]}</td>
    </tr>`;
}

function listedOnlyRow(name: string): Markup {
    return html`<tr class="listed-only">
        <td>${icon("cross")} <span>Not attached</span></td>
        <td>${icon("disk")} <span>${name}</span></td>
    </tr>`;
}

function diskText({ name, role, lun, restored }: SummaryDisk): Markup {
    const place = role === "os" ? "OS disk" : lun === undefined ? "data disk" : `LUN ${lun}`;
    return html`${name}
        <span class="quiet">${place}</span> ${restored === "yes" && html`<span class="badge advisory">restored</span>`}
        ${restored === "maybe" && html`<span class="badge undecided">maybe restored</span>`}`;
}

export function diskList(all: readonly SummaryDisk[]): Content {
    if (all.length === 0) {
        return undefined;
    }
    const marked = all.filter(isMarked);
    const shown = all.length <= MOST_DISKS ? all : [...marked, ...all.filter((disk) => !isMarked(disk))];
    const rest = shown.slice(Math.max(MOST_DISKS, marked.length));
    return html`${list(shown.slice(0, shown.length - rest.length))} ${fold(rest)}`;
}

function isMarked({ restored, replicated }: SummaryDisk): boolean {
    return restored !== "no" || replicated === "unknown";
}

function fold(rest: readonly SummaryDisk[]): Content {
    return (
        rest.length > 0 &&
        html`<details class="small">
            <summary>${counted(rest.length, "more disk")}</summary>
            ${list(rest)}
        </details>`
    );
}

function list(disks: readonly SummaryDisk[]): Markup {
    return html`<ul class="disks">
        ${disks.map(
            (disk) =>
                html`<li>
                    ${icon("disk")}<span
                        >${diskText(disk)}
                        ${disk.replicated === "unknown" && html`<span class="badge undecided">replicated: not known yet</span>`}</span
                    >
                </li>`,
        )}
    </ul>`;
}
