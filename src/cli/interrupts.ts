/** The signals that ask a process to end, with their numbers. */
export const INTERRUPTS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export type Interrupt = keyof typeof INTERRUPTS;

const SIGNALS = Object.keys(INTERRUPTS) as readonly Interrupt[];

/** Takes over what happens on each of these signals. Returns what gives it back. */
export function onInterrupt(take: (signal: Interrupt) => void): () => void {
    const listeners = SIGNALS.map((signal) => ({ signal, listener: () => take(signal) }));
    listeners.forEach(({ signal, listener }) => process.on(signal, listener));
    return () => listeners.forEach(({ signal, listener }) => process.off(signal, listener));
}
