/** `15 days`, `36 hours`, `4,319 minutes`: in the largest unit that comes out even. */
export function minutesInWords(minutes: number): string {
    const [count, unit] =
        minutes !== 0 && minutes % 1_440 === 0
            ? [minutes / 1_440, "day"]
            : minutes !== 0 && minutes % 60 === 0
              ? [minutes / 60, "hour"]
              : [minutes, "minute"];
    return `${count.toLocaleString("en-US")} ${unit}${count === 1 ? "" : "s"}`;
}
