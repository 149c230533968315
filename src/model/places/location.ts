/** Azure compares region names without case and blanks: "West US 2" is `westus2` (ARM-16). */
export function normaliseLocation(location: string): string {
    return location.toLowerCase().replaceAll(" ", "");
}
