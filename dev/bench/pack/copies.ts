/** VMs that engine and providers really make; all others are copies of these under other names. */
export const PATTERN = 20;

const NAME = /machine-(\d+)/g;

/** As many VMs as are wanted, out of the resources of `PATTERN` VMs; what is no VM's stays there once. */
export function copies<Resource extends { readonly urn: string }>(
    resources: readonly Resource[],
    vms: number,
): readonly Resource[] {
    const numberOf = ({ urn }: Resource): string | undefined => /::machine-(\d+)[^:]*$/.exec(urn)?.[1];
    const own = resources.flatMap((resource) => {
        const number = numberOf(resource);
        return number === undefined ? [] : [{ number: Number(number), text: JSON.stringify(resource) }];
    });
    const copied = Array.from({ length: Math.ceil(vms / PATTERN) }, (_, copy) => {
        const renamed = (_name: string, number: string): string => `machine-${Number(number) + copy * PATTERN}`;
        return own
            .filter(({ number }) => number + copy * PATTERN < vms)
            .map(({ text }) => JSON.parse(text.replace(NAME, renamed)) as Resource);
    });
    return [...resources.filter((resource) => numberOf(resource) === undefined), ...copied.flat()];
}
