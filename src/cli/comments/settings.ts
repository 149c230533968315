// What the options and the variables of a CI system say of where a comment goes to.
import { UsageError } from "../usage-error";

export type Variables = Readonly<Record<string, string | undefined>>;

/** A setting that an option or a variable gives. */
export interface Setting {
    /** `--repository` */
    readonly option: string;
    readonly given: string | undefined;
    /** `GITHUB_REPOSITORY` */
    readonly variable: string;
    /** `the repository` */
    readonly what: string;
}

/** @throws UsageError where neither gives it */
export function settingIn(variables: Variables, { option, given, variable, what }: Setting): string {
    const text = given ?? variableIn(variables, variable);
    if (text === undefined || text.trim() === "") {
        throw new UsageError(`${sentenceCase(what)} is not known. Give ${option}, or set ${variable}.`);
    }
    return text.trim();
}

/** A CI system may set a variable to nothing. */
export function variableIn(variables: Variables, name: string): string | undefined {
    const text = variables[name];
    return text === undefined || text === "" ? undefined : text;
}

/** @throws UsageError where it is no number of a pull request */
export function numberIn(text: string, { option, variable, what }: Omit<Setting, "given">): string {
    if (!/^[1-9]\d{0,9}$/.test(text)) {
        throw new UsageError(`${sentenceCase(what)} must be a whole number. Check ${option} or ${variable}.`);
    }
    return text;
}

/**
 * Without a slash at the end. Not repeated in the error: somebody may have put a password into it.
 *
 * @throws UsageError where it is no address of the web, or has a password in it
 */
export function addressIn(text: string, from: string): string {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
        throw new UsageError(`${from} must be an address that begins with https://, without a user and a password.`);
    }
    return url.href.replace(/\/+$/, "");
}

/** An address for people, or undefined: a variable that has none is no reason to fail. */
export function pageIn(text: string | undefined): string | undefined {
    try {
        return text === undefined ? undefined : addressIn(text, "");
    } catch {
        return undefined;
    }
}

/**
 * @param advice where to take it from
 * @throws UsageError
 */
export function tokenIn(variables: Variables, name: string, advice: string): string {
    const token = variables[name]?.trim() ?? "";
    if (token === "") {
        throw new UsageError(`${name} has no token. ${advice}`);
    }
    if (!/^[\x21-\x7e]+$/.test(token)) {
        throw new UsageError(`${name} has no token: there is a character in it that tokens do not have. ${advice}`);
    }
    return token;
}

function sentenceCase(text: string): string {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
