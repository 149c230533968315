import { readableSubscriptionOf } from "./azure-rows";
import { Sources } from "./azure-sources";
import { problemOf, RowsMissing, type GraphPages, type GraphScope, type NamedQuery } from "./graph-pages";
import { addAll } from "../model/lists";
import { isAboutScope, isDenied } from "./resource-graph";

/** What to read; nothing named is all that the identity may read. */
export interface AzureScope {
    readonly subscriptions: readonly string[];
    readonly managementGroups: readonly string[];
}

/** Asked for in one question; more of them lose more when one of them fails. */
const SUBSCRIPTIONS_AT_ONCE = 100;

/** Which subscriptions there are to read. Only those that Resource Graph shows are asked for anything else. */
export async function readSubscriptions(
    scope: AzureScope,
    text: string,
    graph: GraphPages,
    sources: Sources,
): Promise<readonly string[]> {
    const rows: unknown[] = [];
    const listed = { name: "subscriptions", text };
    const isTenant = scope.subscriptions.length + scope.managementGroups.length === 0;
    for (const part of isTenant ? [TENANT] : scope.managementGroups.map(managementGroup)) {
        try {
            const read = await graph.rows(listed, part.scope);
            addAll(rows, read.rows);
            if (read.isScopeCut) {
                sources.message(part.name, "it has more subscriptions than Resource Graph looks at in one question");
            } else if (read.rows.length === 0) {
                sources.message(part.name, `Resource Graph shows this identity no subscription in it. ${ROLE}`);
            }
        } catch (error) {
            sources.message(part.name, `its subscriptions: ${problemOf(error)}`);
        }
    }
    const asked = new Set(scope.subscriptions.map((id) => id.toLowerCase()));
    addAll(rows, await rowsOf(listed, [...asked], graph, sources));
    const readable = new Set<string>();
    rows.forEach((row, index) => {
        try {
            readable.add(readableSubscriptionOf(row));
        } catch (error) {
            sources.reportMalformed(listed.name, index + 1, row, error);
        }
    });
    for (const id of asked) {
        if (!readable.has(id) && !sources.hasProblem(id)) {
            sources.reportOn(id, `Resource Graph does not show it to this identity. ${ROLE}`);
        }
    }
    for (const id of readable) {
        sources.indexOf(id);
    }
    return [...readable].sort();
}

const ROLE = 'Assign the role "Reader" there, and check the id and the tenant.';

const TENANT = { name: "tenant", scope: {} };

function managementGroup(id: string): { readonly name: string; readonly scope: GraphScope } {
    return { name: `management group ${id}`, scope: { managementGroups: [id] } };
}

/** The rows of a table, of those of the subscriptions that can be read. */
export async function rowsOf(
    table: NamedQuery,
    subscriptions: readonly string[],
    graph: GraphPages,
    sources: Sources,
): Promise<readonly unknown[]> {
    const rows: unknown[] = [];
    const read = async (part: readonly string[]): Promise<void> => {
        try {
            for (const row of (await graph.rows(table, { subscriptions: part })).rows) {
                rows.push(row);
            }
        } catch (error) {
            if ((isAboutScope(error) || error instanceof RowsMissing) && part.length > 1) {
                const middle = Math.ceil(part.length / 2);
                await read(part.slice(0, middle));
                await read(part.slice(middle));
                return;
            }
            const problem = problemOf(error);
            part.forEach((id) => sources.reportOn(id, `${table.name}: ${problem}`, isDenied(error)));
        }
    };
    const open = subscriptions.filter((id) => !sources.isDenied(id));
    for (let at = 0; at < open.length; at += SUBSCRIPTIONS_AT_ONCE) {
        await read(open.slice(at, at + SUBSCRIPTIONS_AT_ONCE));
    }
    return rows;
}
