/** `32,767 GiB` */
export function gibibytes(size: number): string {
    return `${size.toLocaleString("en-US")} GiB`;
}
