/** For an option that may be given several times: what came before with what comes now. */
export function collectOption(text: string, all: readonly string[] = []): readonly string[] {
    return [...all, text];
}
