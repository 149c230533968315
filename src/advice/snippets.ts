import type { Provider } from "../model/ids/type-token";
import type { ProgramLanguage } from "./program-language";
import { WORDS } from "./property-names";

/**
 * Languages that snippets are written in. For other languages, and where the language is not known, messages use words.
 */
export const SNIPPET_LANGUAGES = ["TypeScript", "Python", "YAML"] as const;
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

/** What a snippet is: the value of a property, or what a resource takes beside its properties. */
type Form = Readonly<Record<SnippetLanguage, string>>;

/** A resource option that advice asks for. */
export type Option = "deleteBeforeReplace" | "protect" | "retainOnDelete";

/** A list of outputs: how many elements it has, and which disk each is about, is known before any id is. */
const ARRAY_OF_OUTPUTS: Form = {
    TypeScript: "disks.map((disk) => ({ ...settings, diskId: disk.id }))",
    Python: '[{**settings, "disk_id": disk.id} for disk in disks]',
    YAML: '[{ diskId: "${os-disk.id}" }, { diskId: "${data-disk.id}" }]',
};

/** An output of a list, of which a preview knows nothing. YAML has functions for that, and no callbacks. */
const OUTPUT_OF_AN_ARRAY: Form = {
    TypeScript:
        "pulumi.all(disks.map((disk) => disk.id)).apply((ids) => ids.map((diskId) => ({ ...settings, diskId })))",
    Python: 'pulumi.Output.all(*[disk.id for disk in disks]).apply(lambda ids: [{**settings, "disk_id": id} for id in ids])',
    YAML: '{ "fn::split": [",", "${disk-ids}"] }',
};

const OPTIONS: Readonly<Record<Option, Form>> = {
    deleteBeforeReplace: {
        TypeScript: "{ deleteBeforeReplace: true }",
        Python: "pulumi.ResourceOptions(delete_before_replace=True)",
        YAML: "{ deleteBeforeReplace: true }",
    },
    protect: {
        TypeScript: "{ protect: true }",
        Python: "pulumi.ResourceOptions(protect=True)",
        YAML: "{ protect: true }",
    },
    retainOnDelete: {
        TypeScript: "{ retainOnDelete: true }",
        Python: "pulumi.ResourceOptions(retain_on_delete=True)",
        YAML: "{ retainOnDelete: true }",
    },
};

const ALIAS: Readonly<Record<SnippetLanguage, (name: string) => string>> = {
    TypeScript: (name) => `{ aliases: [{ name: "${name}" }] }`,
    Python: (name) => `pulumi.ResourceOptions(aliases=[pulumi.Alias(name="${name}")])`,
    YAML: (name) => `{ aliases: [{ name: "${name}" }] }`,
};

/** Where a resource takes its options. */
const TAKES_OPTIONS: Form = {
    TypeScript: "as its last argument",
    Python: "as opts",
    YAML: "under options",
};

export function hasSnippets(language: ProgramLanguage | undefined): language is SnippetLanguage {
    return SNIPPET_LANGUAGES.some((each) => each === language);
}

/** All code that messages quote in a language, so that a test can parse it. */
export function codeIn(language: SnippetLanguage): readonly string[] {
    return [
        ARRAY_OF_OUTPUTS[language],
        OUTPUT_OF_AN_ARRAY[language],
        ...Object.values(OPTIONS).map((form) => form[language]),
        ALIAS[language]("web"),
    ];
}

/**
 * What `visibleIds` says about the list of disks of a replicated item, in code; for languages without snippets, what to
 * avoid; empty where the language is not known. It contains no name from the program.
 */
export function listOfOutputs(language: ProgramLanguage | undefined, provider: Provider): string {
    return hasSnippets(language)
        ? `${arrayOfDisks(language, provider)} A preview cannot see the list in ${OUTPUT_OF_AN_ARRAY[language]}.`
        : callbacks(language);
}

/** `In TypeScript, set vmManagedDisks to …` for the list of disks of a replicated item; empty where words must do. */
export function arrayOfDisks(language: ProgramLanguage | undefined, provider: Provider): string {
    if (!hasSnippets(language)) {
        return "";
    }
    const others =
        language === "YAML"
            ? ". Add the other properties to each element"
            : ". Here, settings are the other properties of an element";
    return `In ${language}, set ${listOfDisks(provider, language)} to ${ARRAY_OF_OUTPUTS[language]}${others}.`;
}

/** The name of the function in whose callback a list must not be built. */
function callbacks(language: Exclude<ProgramLanguage, SnippetLanguage> | undefined): string {
    switch (language) {
        case "Go":
            return "In Go, don't build the list in the callback of ApplyT.";
        case ".NET":
            return "In .NET, don't build the list in the callback of Apply.";
        case "Java":
            return "In Java, don't build the list in the callback of applyValue.";
        case undefined:
            return "";
    }
}

/** `retainOnDelete (in Python: opts=pulumi.ResourceOptions(retain_on_delete=True))` */
export function optionIn(language: ProgramLanguage | undefined, option: Option): string {
    return hasSnippets(language) ? `${option} (${inLanguage(language, OPTIONS[option][language])})` : option;
}

/** How to tell Pulumi the earlier name of a resource: `an alias (in TypeScript: { aliases: [{ name: "web" }] } …)`. */
export function aliasIn(language: ProgramLanguage | undefined, name: string): string {
    // A name that has to be escaped would look like another one.
    return hasSnippets(language) && JSON.stringify(name) === `"${name}"`
        ? `an alias with the old name (${inLanguage(language, ALIAS[language](name))})`
        : "an alias with the old name";
}

function inLanguage(language: SnippetLanguage, options: string): string {
    return `in ${language}: ${options} ${TAKES_OPTIONS[language]}`;
}

/** The property of a replicated item that holds the list of disks, as a language spells it. */
function listOfDisks(provider: Provider, language: SnippetLanguage): string {
    const name = WORDS[provider].diskList.split(".").at(-1) ?? "";
    return language === "Python" ? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
}
