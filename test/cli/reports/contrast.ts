/** WCAG 2.2, "contrast ratio": from 1 for the same colour to 21 for black on white. */
export function contrast(one: string, other: string): number {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
    return (light + 0.05) / (dark + 0.05);
}

/** Of `#1b2330` or of `rgb(27, 35, 48)`, as a browser tells it. */
function luminance(colour: string): number {
    const parts = colour.startsWith("#")
        ? [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16))
        : (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);
    const [red, green, blue] = parts.map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
