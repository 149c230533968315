/** VMs that engine and providers really make; all others are copies of these under other names. */
export const PATTERN = 20;

const VM = /machine-(\d+)/g;
const VAULT = /vault-0/g;

/**
 * As many VMs as are wanted, out of the resources of `PATTERN` VMs, and as many of what belongs to a vault. All else is
 * there once. The copies of the VMs take turns with the vaults.
 */
export function copies<Resource extends { readonly urn: string }>(
    resources: readonly Resource[],
    vms: number,
    vaults = 1,
): readonly Resource[] {
    const vmNumber = ({ urn }: Resource): string | undefined => /::machine-(\d+)[^:]*$/.exec(urn)?.[1];
    const isOfVault = ({ urn }: Resource): boolean => /::[^:]*vault-0$/.test(urn);
    const ofVms = resources.flatMap((resource) => {
        const number = vmNumber(resource);
        return number === undefined ? [] : [{ number: Number(number), text: JSON.stringify(resource) }];
    });
    const ofVaults = resources.filter(isOfVault).map((resource) => JSON.stringify(resource));
    const vmCopies = Array.from({ length: Math.ceil(vms / PATTERN) }, (_, copy) => {
        const renamed = (_name: string, number: string): string => `machine-${Number(number) + copy * PATTERN}`;
        return ofVms
            .filter(({ number }) => number + copy * PATTERN < vms)
            .map(({ text }) => JSON.parse(inVault(text.replace(VM, renamed), copy % vaults)) as Resource);
    });
    return [
        ...resources.filter((resource) => vmNumber(resource) === undefined && !isOfVault(resource)),
        ...Array.from({ length: vaults }, (_, copy) =>
            ofVaults.map((text) => JSON.parse(inVault(text, copy)) as Resource),
        ).flat(),
        ...vmCopies.flat(),
    ];
}

function inVault(text: string, number: number): string {
    return number === 0 ? text : text.replace(VAULT, `vault-${number}`);
}
