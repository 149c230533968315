/** Runs a task now, and gives or throws its outcome whenever it is asked: a bug stops only who asks for it. */
export function attempt<T>(task: () => T): () => T {
    try {
        const result = task();
        return () => result;
    } catch (error) {
        return () => {
            throw error;
        };
    }
}
