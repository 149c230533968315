import type { EstateSummary, SummaryVm, SummaryRecoveryPlan, SummaryVault } from "../../estate-summary";
import { pushTo } from "../../../model/lists";
import type { FindingsOnPage } from "./findings";
import { icon } from "./icons";
import { countsOf, vmCards, urgency, type VmOnPage } from "./vms";
import { counted, html, type Content, type Markup } from "./markup";
import { PROTECTIONS, WORDS, type Protection } from "./protection";

/** More names than these are folded. */
const MOST_NAMES = 12;

/** Regions, and in them the VMs with what protects them. */
export function estateSection(vms: readonly VmOnPage[], findings: FindingsOnPage): Markup {
    const regions = byRegion(vms);
    return html`<section aria-labelledby="estate">
        <h2 id="estate">The estate</h2>
        <p class="note">
            What protects each VM, by region. VMs with findings come first, with their findings beside them.
        </p>
        <ul class="overview">
            ${[...regions].map(([region, those]) => overviewRow(region, those))}
        </ul>
        ${flows(vms)}
        ${[...regions].map(
            ([region, those], index) =>
                html`<section class="region" aria-labelledby="region-${index + 1}">
                    <h3 id="region-${index + 1}">${region} <span>${counted(those.length, "VM")}</span></h3>
                    ${vmCards(those, findings)}
                </section>`,
        )}
    </section>`;
}

const NOWHERE = "Region not known";

/** Regions with the most urgent findings first, else by name. */
function byRegion(vms: readonly VmOnPage[]): ReadonlyMap<string, readonly VmOnPage[]> {
    const regions = new Map<string, VmOnPage[]>();
    vms.forEach((each) => pushTo(regions, each.vm.region ?? NOWHERE, each));
    const urgencies = new Map(
        [...regions].map(([region, those]) => [region, those.reduce((most, each) => Math.max(most, urgency(each)), 0)]),
    );
    const urgent = (region: string): number => urgencies.get(region) ?? 0;
    const byName = [...regions].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(byName.sort(([a], [b]) => urgent(b) - urgent(a)));
}

function overviewRow(region: string, vms: readonly VmOnPage[]): Markup {
    const counts = countsOf(vms.map(({ vm }) => vm));
    const shown = PROTECTIONS.filter((protection) => counts[protection] > 0);
    return html`<li>
        <p class="where">${region}<span>${counted(vms.length, "VM")}</span></p>
        <div>
            ${threshold(shown, counts, vms.length)}
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
function threshold(shown: readonly Protection[], counts: Readonly<Record<Protection, number>>, all: number): Markup {
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
function flows(vms: readonly VmOnPage[]): Content {
    const counts = new Map<string, { from: string; to: string; vms: number }>();
    for (const { vm } of vms) {
        const ways = vm.protections.flatMap(({ kind, to, failedOver }) =>
            kind === "replication" && to !== undefined && !failedOver ? [to] : [],
        );
        for (const to of new Set(ways)) {
            const from = vm.region ?? "region not known";
            const flow = counts.get(`${from} ${to}`) ?? { from, to, vms: 0 };
            counts.set(`${from} ${to}`, { ...flow, vms: flow.vms + 1 });
        }
    }
    const sorted = [...counts.values()].sort((a, b) => b.vms - a.vms);
    return (
        sorted.length > 0 &&
        html`<ul class="flows" aria-label="Replication between regions">
            ${sorted.map(
                ({ from, to, vms: number }) =>
                    html`<li>
                        ${icon("replication")}
                        ${from === to ? html`within <b>${to}</b>` : html`<b>${from}</b> <span class="arrow">→</span> <b>${to}</b>`}
                        <span class="quiet">${counted(number, "VM")}</span>
                    </li>`,
            )}
        </ul>`
    );
}

/** Vaults with what hangs on them, then recovery plans with their VMs. */
export function vaultsAndPlans(summary: EstateSummary, vms: readonly VmOnPage[]): Content {
    const { vaults, recoveryPlans } = summary;
    const byVault = new Map<string, Map<string, Set<VmOnPage>>>();
    for (const each of vms) {
        for (const { kind, vault } of each.vm.protections) {
            const held = vault === undefined ? undefined : (byVault.get(vault) ?? new Map<string, Set<VmOnPage>>());
            if (vault !== undefined && held !== undefined) {
                byVault.set(vault, held.set(kind, held.get(kind) ?? new Set()));
                held.get(kind)?.add(each);
            }
        }
    }
    const byId = new Map(vms.map((each) => [each.vm.id, each]));
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

function vaultCard(vault: SummaryVault, held: ReadonlyMap<string, ReadonlySet<VmOnPage>> | undefined): Markup {
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
                ? html`<p class="holds quiet">Protects no VM that is seen here.</p>`
                : HELD.map(([of, says]) => names(says, [...(held.get(of) ?? [])]))
        }
    </article>`;
}

function planCard({ name, machines: vms, groups }: SummaryRecoveryPlan, byId: ReadonlyMap<string, VmOnPage>): Markup {
    const members = vms.flatMap((id) => byId.get(id) ?? []);
    return html`<article class="card">
        <h3>${icon("plan")}<span>${name}</span></h3>
        ${groups !== undefined && html`<p class="small quiet">${counted(groups, "group")}, one after the other</p>`}
        ${
            members.length === 0
                ? html`<p class="holds quiet">Which VMs it brings up cannot be told.</p>`
                : names("Brings up", members)
        }
    </article>`;
}

function names(says: string, vms: readonly VmOnPage[]): Content {
    if (vms.length === 0) {
        return undefined;
    }
    const links = html`<ul class="names">
        ${vms.map(({ vm, anchor }) => html`<li><a href="#${anchor}">${vm.name}</a></li>`)}
    </ul>`;
    const title = `${says} ${counted(vms.length, "VM")}`;
    return vms.length > MOST_NAMES
        ? html`<details class="holds">
              <summary>${title}</summary>
              ${links}
          </details>`
        : html`<div class="holds">${title}: ${links}</div>`;
}
