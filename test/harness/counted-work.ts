type Method = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string | symbol, Method | undefined>;

const WITH_CALLBACK = [
    "filter",
    "map",
    "flatMap",
    "forEach",
    "some",
    "every",
    "find",
    "findIndex",
    "findLast",
    "reduce",
    "sort",
];
const WHOLE = ["includes", "indexOf", "join", "concat", "flat"];

/**
 * How many elements of lists are looked at while something runs: a measure of its work that is the same on every
 * VM. A list that is searched to its middle counts with half of its length.
 */
export function countedWork(run: () => void): number {
    const array = Array.prototype as unknown as Methods;
    const originals = new Map<string | symbol, Method>();
    let count = 0;
    const replace = (name: string | symbol, by: (original: Method) => Method): void => {
        const original = array[name];
        if (original !== undefined) {
            originals.set(name, original);
            Object.defineProperty(array, name, { value: by(original), writable: true, configurable: true });
        }
    };
    for (const name of WITH_CALLBACK) {
        replace(
            name,
            (original) =>
                function (this: unknown, callback: unknown, ...rest: unknown[]): unknown {
                    const counting = function (this: unknown, ...args: unknown[]): unknown {
                        count += 1;
                        return (callback as Method).apply(this, args);
                    };
                    return original.apply(this, [typeof callback === "function" ? counting : callback, ...rest]);
                },
        );
    }
    for (const name of WHOLE) {
        replace(
            name,
            (original) =>
                function (this: unknown, ...args: unknown[]): unknown {
                    count += (this as unknown[]).length;
                    return original.apply(this, args);
                },
        );
    }
    replace(
        "slice",
        (original) =>
            function (this: unknown, ...args: unknown[]): unknown {
                const part = original.apply(this, args);
                count += (part as unknown[]).length;
                return part;
            },
    );
    replace(
        Symbol.iterator,
        (original) =>
            function (this: unknown): unknown {
                const iterator = original.call(this) as Iterator<unknown>;
                return {
                    next: () => {
                        count += 1;
                        return iterator.next();
                    },
                    [Symbol.iterator](): unknown {
                        return this;
                    },
                };
            },
    );
    try {
        run();
    } finally {
        for (const [name, original] of originals) {
            Object.defineProperty(array, name, { value: original, writable: true, configurable: true });
        }
    }
    return count;
}
