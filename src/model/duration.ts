const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/** Hours of one year, month, week, day, hour, minute and second, as the groups above have them. */
const HOURS = [365 * 24, (365 / 12) * 24, 7 * 24, 24, 1, 1 / 60, 1 / 3600];

/** An ISO 8601 duration such as `P7D` or `PT4H` in hours; a year counts as 365 days. Undefined for any other text. */
export function hoursOf(duration: string): number | undefined {
    const match = DURATION.exec(duration);
    if (match === null || !/\d[A-Z]$/i.test(duration)) {
        return undefined;
    }
    return HOURS.reduce((hours, each, index) => hours + each * Number(match[index + 1] ?? 0), 0);
}

/** How often a repeating interval such as `R/2026-01-01T02:00:00+00:00/PT4H` comes round, in hours. */
export function repetitionHours(repeatingInterval: string): number | undefined {
    const [repeat, start, duration = "", ...more] = repeatingInterval.split("/");
    const isRepeating = /^R\d*$/i.test(repeat ?? "") && start !== undefined && start !== "" && more.length === 0;
    return isRepeating ? hoursOf(duration) : undefined;
}
