import { getOrCreate } from "../../model/lists";
import type { SummaryVm } from "../estate-summary";
import { replicationFlows, type ReplicationFlow } from "../replication-flows";

/** The regions of an estate and the directions of replication between them, in Mermaid's language. */
export interface EstateDiagram {
    readonly lines: readonly string[];
    /** True where there are too many regions or directions to draw each of them. */
    readonly isReduced: boolean;
    /** How many directions are left out, those of the fewest VMs. */
    readonly left: number;
}

const MOST_NODES = 50;
/** Mermaid draws no more than 500 edges, and nobody can follow as many. */
const MOST_EDGES = 100;
const LONGEST_NAME = 60;

/**
 * Undefined where nothing is replicated. The words `graph` and `-->` rather than newer ones, and neither HTML nor subgraphs: Azure
 * DevOps draws with less than all of Mermaid.
 */
export function estateDiagram(vms: readonly SummaryVm[]): EstateDiagram | undefined {
    const flows = replicationFlows(vms);
    if (flows.length === 0) {
        return undefined;
    }
    const regions = regionsByUse(vms, flows);
    const shown = new Set(regions.length > MOST_NODES ? regions.slice(0, MOST_NODES - 1) : regions);
    const nodes = new Map<string, Node>();
    const nodeOf = (region: string): Node => {
        const key = shown.has(region) ? region : OTHERS;
        return getOrCreate(nodes, key, () => ({ id: `r${nodes.size + 1}`, name: key, regions: new Set(), vms: 0 }));
    };
    regions.forEach((region) => nodeOf(region).regions.add(region));
    vms.forEach((vm) => nodeOf(sourceOf(vm.region)).vms++);
    const edges = new Map<string, Edge>();
    for (const { from, to, failedOver, vms: moved } of flows) {
        const [start, end] = [nodeOf(sourceOf(from)), nodeOf(to ?? UNKNOWN_TARGET)];
        const isWithin = from !== undefined && from === to;
        const key = [start.id, end.id, failedOver, isWithin].join(" ");
        const edge = getOrCreate(edges, key, () => ({ from: start.id, to: end.id, failedOver, isWithin, vms: 0 }));
        edge.vms += moved.length;
    }
    const drawn = [...edges.values()].sort((a, b) => b.vms - a.vms).slice(0, MOST_EDGES);
    const left = edges.size - drawn.length;
    return {
        lines: [
            "graph LR",
            ...[...nodes.values()].map((node) => `    ${node.id}["${nodeLabel(node)}"]`),
            ...drawn.map((edge) => `    ${edgeText(edge)}`),
        ],
        isReduced: regions.length > MOST_NODES || left > 0,
        left,
    };
}

interface Node {
    readonly id: string;
    readonly name: string;
    readonly regions: Set<string>;
    vms: number;
}

interface Edge extends Pick<ReplicationFlow, "failedOver"> {
    readonly from: string;
    readonly to: string;
    /** From zone to zone of one region. */
    readonly isWithin: boolean;
    vms: number;
}

/** No region has such a name. Where a VM is and where it is replicated to may both be unknown, and are not the same then. */
const UNKNOWN_SOURCE = "\u0000source";
const UNKNOWN_TARGET = "\u0000target";
const OTHERS = "\u0000others";

function sourceOf(region: string | undefined): string {
    return region ?? UNKNOWN_SOURCE;
}

/** Those of the most VMs, and to which the most are replicated, first. */
function regionsByUse(vms: readonly SummaryVm[], flows: readonly ReplicationFlow[]): readonly string[] {
    const uses = new Map<string, number>();
    const use = (region: string, count: number): unknown => uses.set(region, (uses.get(region) ?? 0) + count);
    vms.forEach(({ region }) => use(sourceOf(region), 1));
    flows.forEach(({ to, vms: moved }) => use(to ?? UNKNOWN_TARGET, moved.length));
    return [...uses].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([region]) => region);
}

function nodeLabel({ name, regions, vms }: Node): string {
    switch (name) {
        case UNKNOWN_SOURCE:
            return `Region not known yet: ${counted(vms)}`;
        case UNKNOWN_TARGET:
            return "Target region not known yet";
        case OTHERS:
            return `${regions.size} other regions: ${counted(vms)}`;
        default:
            return vms === 0 ? escaped(name) : `${escaped(name)}: ${counted(vms)}`;
    }
}

/** A direction that has failed over is dotted and says so. */
function edgeText({ from, to, failedOver, isWithin, vms }: Edge): string {
    const words = [counted(vms), ...(isWithin ? ["zone to zone"] : []), ...(failedOver ? ["failed over"] : [])];
    return `${from} ${failedOver ? "-.->" : "-->"}|${words.join(" ")}| ${to}`;
}

function counted(vms: number): string {
    return `${vms} ${vms === 1 ? "VM" : "VMs"}`;
}

/**
 * A name within the quotes of a label. Letters and digits stay; all else is written by its number, so that nothing ends the label
 * or the block, and nothing is taken for HTML or Markdown.
 */
function escaped(name: string): string {
    const characters = Array.from(name.replace(/\s+/g, " ").replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ""));
    const shown = characters.length > LONGEST_NAME ? [...characters.slice(0, LONGEST_NAME), "…"] : characters;
    return shown
        .map((character) => (/[\p{L}\p{N} ]/u.test(character) ? character : `#${character.codePointAt(0) ?? 0};`))
        .join("");
}
