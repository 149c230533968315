import type { EstateSummary, SummaryVm, SummaryRecoveryPlan, SummaryVault } from "../../estate-summary";
import { getOrCreate, pushTo } from "../../../model/lists";
import { replicationFlows, type ReplicationFlow } from "../../replication-flows";
import { icon } from "./icons";
import { counted, html, type Content, type Markup } from "./markup";
import { countsOf, PROTECTIONS, WORDS, type Protection } from "./protection";
import type { Subject } from "./subjects";

/** More names than these are folded. */
const MOST_NAMES = 12;

/** Regions, with what protects their VMs, and where replication leads. */
export function estateSection(vms: readonly SummaryVm[]): Markup {
    return html`<section aria-labelledby="estate">
        <h2 id="estate">The estate by region</h2>
        <ul class="overview">
            ${byRegion(vms).map(([region, those]) => overviewRow(region, those))}
        </ul>
        ${flows(vms)}
    </section>`;
}

/** The regions with the most VMs first. */
function byRegion(vms: readonly SummaryVm[]): readonly (readonly [string, readonly SummaryVm[]])[] {
    const regions = new Map<string, SummaryVm[]>();
    vms.forEach((vm) => pushTo(regions, vm.region ?? "Region not known yet", vm));
    return [...regions].sort(([a, these], [b, those]) => those.length - these.length || (a < b ? -1 : 1));
}

function overviewRow(region: string, vms: readonly SummaryVm[]): Markup {
    const counts = countsOf(vms);
    const shown = PROTECTIONS.filter((protection) => counts[protection] > 0);
    return html`<li>
        <p class="where">${region}<span>${counted(vms.length, "VM")}</span></p>
        <div>
            ${bar(shown, counts, vms.length)}
            <ul class="keys">
                ${shown.map(
                    (protection) =>
                        html`<li>
                            <svg class="key" viewBox="0 0 1 1" aria-hidden="true">
                                <rect class="fill-${protection}" width="1" height="1" /></svg
                            >${counts[protection]} ${WORDS[protection]}
                        </li>`,
                )}
            </ul>
        </div>
    </li>`;
}

/** The words below it say the same, so that it is only to be looked at. */
function bar(shown: readonly Protection[], counts: Readonly<Record<Protection, number>>, all: number): Markup {
    let x = 0;
    return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        ${shown.map((protection) => {
            const width = (counts[protection] / all) * 1000;
            const part = html`<rect
                class="fill-${protection}"
                x="${x.toFixed(1)}"
                width="${Math.max(width - (protection === shown.at(-1) ? 0 : 3), 1).toFixed(1)}"
                height="10"
            />`;
            x += width;
            return part;
        })}
    </svg>`;
}

/** Which region replicates to which, for how many VMs. */
function flows(vms: readonly SummaryVm[]): Content {
    const all = replicationFlows(vms);
    return (
        all.length > 0 &&
        html`<ul class="flows" aria-label="Replication between regions">
            ${all.map(flowLine)}
        </ul>`
    );
}

function flowLine({ from, to, failedOver, vms }: ReplicationFlow): Markup {
    const way =
        from !== undefined && from === to
            ? html`within <b>${to}</b>`
            : html`<b>${from ?? NOT_KNOWN}</b> <span class="arrow">→</span> <b>${to ?? NOT_KNOWN}</b>`;
    return html`<li>
        ${icon("replication")} ${way} <span class="quiet">${counted(vms.length, "VM")}</span>
        ${failedOver && html`<span class="badge mandatory">failed over</span>`}
    </li>`;
}

const NOT_KNOWN = "region not known yet";

/** Vaults with what hangs on them, then recovery plans with their VMs. */
export function vaultsAndPlans(summary: EstateSummary, subjects: readonly Subject[]): Content {
    const { vaults, recoveryPlans } = summary;
    const byVault = new Map<string, Map<string, Set<Subject>>>();
    for (const each of subjects) {
        for (const { kind, vault } of each.vm?.protections ?? []) {
            if (vault !== undefined) {
                const held = getOrCreate(byVault, vault, () => new Map<string, Set<Subject>>());
                getOrCreate(held, kind, () => new Set<Subject>()).add(each);
            }
        }
    }
    const byId = new Map(subjects.flatMap((each) => (each.vm === undefined ? [] : [[each.vm.id, each] as const])));
    return [
        vaults.length > 0 &&
            html`<section aria-labelledby="vaults">
                <h2 id="vaults">Vaults</h2>
                <div class="things">${vaults.map((vault) => vaultCard(vault, byVault.get(vault.id)))}</div>
            </section>`,
        recoveryPlans.length > 0 &&
            html`<section aria-labelledby="plans">
                <h2 id="plans">Recovery plans</h2>
                <div class="things">${recoveryPlans.map((plan) => planCard(plan, byId))}</div>
            </section>`,
    ];
}

const HELD: readonly (readonly [kind: SummaryVm["protections"][number]["kind"], says: string])[] = [
    ["backup", "Backs up"],
    ["disk backup", "Backs up disks of"],
    ["file backup", "Backs up files of"],
    ["replication", "Replicates"],
];

function vaultCard(vault: SummaryVault, held: ReadonlyMap<string, ReadonlySet<Subject>> | undefined): Markup {
    const { name, kind, region, inStack } = vault;
    return html`<article class="card">
        <h3>${icon("vault")}<span>${name}</span></h3>
        <p class="small quiet">${kind}${region !== undefined && `, ${region}`}</p>
        ${
            !inStack &&
            html`<ul class="badges">
                <li class="badge">outside of this stack</li>
            </ul>`
        }
        ${
            held === undefined
                ? html`<p class="holds quiet">Protects no VM of this report.</p>`
                : HELD.map(([of, says]) => names(says, [...(held.get(of) ?? [])]))
        }
    </article>`;
}

function planCard({ name, machines: vms, groups }: SummaryRecoveryPlan, byId: ReadonlyMap<string, Subject>): Markup {
    const members = vms.flatMap((id) => byId.get(id) ?? []);
    return html`<article class="card">
        <h3>${icon("plan")}<span>${name}</span></h3>
        ${groups !== undefined && html`<p class="small quiet">${counted(groups, "group")}, one after the other</p>`}
        ${
            members.length === 0
                ? html`<p class="holds quiet">Which VMs it brings up is not known yet.</p>`
                : names("Brings up", members)
        }
    </article>`;
}

function names(says: string, vms: readonly Subject[]): Content {
    if (vms.length === 0) {
        return undefined;
    }
    const links = html`<ul class="names">
        ${vms.map(({ name, anchor }) => html`<li><a href="#${anchor}">${name}</a></li>`)}
    </ul>`;
    const title = `${says} ${counted(vms.length, "VM")}`;
    return vms.length > MOST_NAMES
        ? html`<details class="holds">
              <summary>${title}</summary>
              ${links}
          </details>`
        : html`<div class="holds">${title}: ${links}</div>`;
}
