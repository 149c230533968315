// The programs in the folders beside this file, and what the pack and the command have to say of each, as data.

/** A finding: `BCDR121 web !`, where the mark says that it is mandatory. */
export type SourcedEntry = string;

/** What must be told at one step. Whatever else is mandatory there is wrong. */
export interface Expected {
    /** Findings that must be there; of a list, one. */
    readonly must: readonly (SourcedEntry | readonly SourcedEntry[])[];
}

export interface ProgramCase {
    readonly name: string;
    /** Another program of these, deployed before and in the same Azure. */
    readonly before?: string;
    /** Configuration for the swap, beside that of the restore. */
    readonly swapConfig?: Readonly<Record<string, string>>;
    /** Something that must not be in anything that is printed. */
    readonly secret?: string;
    readonly expect: Readonly<Record<StepName, Expected>> & { readonly edit?: Expected };
}

/** A step: first previews of a stack that is empty, then a stack that is deployed as it was before the restore. */
export interface Step {
    readonly says: string;
    readonly run: "preview" | "gate" | "analyze";
    readonly deployed: boolean;
    readonly config: Readonly<Record<"boot" | "listed", "original" | "restored">>;
}

export type StepName = "healthy" | "broken" | "swap" | "state";

export const STEPS: Readonly<Record<StepName | "edit", Step>> = {
    healthy: {
        says: "first preview, restored and in the list",
        run: "preview",
        deployed: false,
        config: { boot: "restored", listed: "restored" },
    },
    broken: {
        says: "first preview, restored and not in the list",
        run: "preview",
        deployed: false,
        config: { boot: "restored", listed: "original" },
    },
    swap: {
        says: "the command over the swap of the OS disk, with the list as it was",
        run: "gate",
        deployed: true,
        config: { boot: "restored", listed: "original" },
    },
    edit: {
        says: "the command over the swap of the OS disk, with an edit of the list in place",
        run: "gate",
        deployed: true,
        config: { boot: "restored", listed: "restored" },
    },
    state: {
        says: "the state after the swap",
        run: "analyze",
        deployed: true,
        config: { boot: "restored", listed: "original" },
    },
};

/** What a VM under both services has to be told at each step, in plain values. */
const told = (web: string): ProgramCase["expect"] => {
    const always = [`BCDR110 ${web}-os-restored`, `BCDR101 ${web}`];
    return {
        healthy: { must: always },
        broken: { must: [...always, `BCDR121 ${web} !`] },
        swap: { must: [...always, `BCDR121 ${web} !`, `BCDR601 ${web} !`] },
        state: { must: [...always, `BCDR121 ${web} !`] },
    };
};

/** The same for one that is replicated alone. */
const replicatedAlone = (web: string): ProgramCase["expect"] => ({
    healthy: { must: [`BCDR110 ${web}-os-restored`] },
    broken: { must: [`BCDR110 ${web}-os-restored`, `BCDR121 ${web} !`] },
    swap: { must: [`BCDR110 ${web}-os-restored`, `BCDR121 ${web} !`, `BCDR601 ${web} !`] },
    state: { must: [`BCDR110 ${web}-os-restored`, `BCDR121 ${web} !`] },
});

const WEB = told("web");

const EDIT: Expected = { must: [...WEB.swap.must, "BCDR609 web-replication !"] };

/** Programs whose lists come out of an apply as a whole. */
export const UNKNOWN_LISTS: readonly ProgramCase[] = [
    { name: "list-in-apply", expect: { ...WEB, edit: EDIT } },
    {
        name: "item-in-apply",
        expect: {
            ...WEB,
            // Whether it is backed up and replicated is open as well.
            healthy: { must: ["BCDR110 web-os-restored"] },
            broken: { must: ["BCDR110 web-os-restored", "BCDR121 web !"] },
            edit: EDIT,
        },
    },
    {
        name: "profile-in-apply",
        expect: {
            healthy: { must: WEB.healthy.must },
            broken: { must: [...WEB.healthy.must, "BCDR122 web"] },
            swap: { must: [...WEB.healthy.must, "BCDR122 web"] },
            state: WEB.state,
        },
    },
    {
        name: "data-disks-in-apply",
        expect: {
            healthy: WEB.healthy,
            broken: WEB.broken,
            swap: WEB.swap,
            state: WEB.state,
        },
    },
    {
        name: "lifted-arrays",
        expect: {
            ...WEB,
            healthy: { must: ["BCDR110 web-os-restored"] },
            // Two VMs, two items and four disks: one of both VMs gets the restored disk, and no list has it.
            broken: { must: ["BCDR110 web-os-restored", "BCDR122 web", "BCDR122 app"] },
        },
    },
    {
        name: "classic",
        expect: {
            ...WEB,
            // Without a name of its own the VM is another one once it is made anew, and so are both of its items; the
            // vault is immutable and does not let go of the old backups.
            swap: { must: [...WEB.broken.must, "BCDR611 web-backup !"] },
        },
    },
];

/** Programs that say the same in ways of their own, one by one. */
export const OTHER_WAYS: readonly ProgramCase[] = [
    { name: "components", expect: WEB },
    { name: "transformations", expect: WEB },
    { name: "aliases", swapConfig: { moved: "true" }, expect: WEB },
    { name: "stack-references", before: "hub", expect: WEB },
    { name: "looked-up", before: "hub", expect: WEB },
    { name: "secrets", secret: "not-for-anybodys-eyes", expect: { ...WEB, edit: EDIT } },
    { name: "subscriptions", expect: told("two-web") },
    { name: "versioned-modules", expect: replicatedAlone("web") },
    { name: "es-modules", expect: replicatedAlone("web") },
];
