/** A Pulumi program as a test writes it: resources in order, with references to earlier ones. */
export type Program = Readonly<Record<string, Declaration>>;

export interface Declaration {
    readonly type: string;
    readonly properties: Properties;
    /** The name of another resource of the program. */
    readonly parent?: string;
    /** The name of the explicit provider; the default one otherwise. */
    readonly provider?: string;
    readonly options?: {
        readonly protect?: boolean;
        readonly ignoreChanges?: readonly string[];
        readonly retainOnDelete?: boolean;
        readonly deleteBeforeReplace?: boolean;
        readonly aliases?: readonly { readonly name: string }[];
        readonly replaceOnChanges?: readonly string[];
        /** More than the references say. A stack without an engine needs no order, so only a written program has them. */
        readonly dependsOn?: readonly string[];
    };
}

export interface Properties {
    readonly [name: string]: Content;
}

export type Content = Text | string | number | boolean | null | Ref | Hidden | readonly Content[] | Properties;

/** The value of a property of another resource, as `${vm.id}` is in YAML. */
export class Ref {
    constructor(
        readonly resource: string,
        readonly path: readonly (string | number)[],
    ) {}
}

/** A text with references in it, as `${vault.id}/backupPolicies/daily` is in YAML. */
export class Text {
    constructor(readonly parts: readonly (string | Ref)[]) {}
}

/**
 * What comes out of one `apply` as a whole. A preview knows nothing of it, however much of it stands in the program, but
 * what it was made from: the resources that it refers to.
 */
export class Hidden {
    constructor(
        readonly content: Content,
        /** What else the `apply` was given. */
        readonly madeFrom: readonly Ref[] = [],
    ) {}
}

/** `ref("vm.id")`, `ref("vm.storageProfile.osDisk.managedDisk.id")` */
export function ref(path: string): Ref {
    const [resource = "", ...rest] = path.split(".");
    return new Ref(
        resource,
        rest.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    );
}

/** Tagged template: text`${ref("vault.id")}/backupPolicies/daily` */
export function text(strings: TemplateStringsArray, ...refs: readonly Ref[]): Content {
    return new Text(strings.flatMap((part, index) => (refs[index] === undefined ? [part] : [part, refs[index]])));
}
