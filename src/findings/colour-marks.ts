/** The engine takes `<{%` for the start of a colour mark and panics on one that it does not know (SEE-26). */
export function breakColourMarks(text: string): string {
    return text.replaceAll("<{%", "<{ %");
}

/** Without marks such as `<{%reset%}>`; what is left of a torn one is made harmless. */
export function withoutColourMarks(text: string): string {
    return breakColourMarks(text.replace(/<\{%.*?%\}>/g, ""));
}
