const GIB_OF_A_TIB = 1_024;

/** `512 GiB`; `8 TiB (8,192 GiB)`, as Azure's limits are exact. */
export function sizeInWords(gib: number): string {
    const exact = `${gib.toLocaleString("en-US")} GiB`;
    return gib >= GIB_OF_A_TIB && gib % GIB_OF_A_TIB === 0 ? `${gib / GIB_OF_A_TIB} TiB (${exact})` : exact;
}
