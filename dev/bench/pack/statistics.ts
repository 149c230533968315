export function minimum(values: readonly number[]): number {
    return Math.min(...values);
}

export function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length / 2;
    const [below = NaN, above = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
    return (below + above) / 2;
}

/** The median of the ratios round by round: what slows the machine down for a while slows down both of a pair. */
export function pairedRatio(values: readonly number[], others: readonly number[]): number {
    return median(values.map((value, round) => value / (others[round] ?? NaN)));
}

/** The power of x with which y grows: the slope of a straight line through the logarithms, by least squares. */
export function growthExponent(points: readonly { readonly x: number; readonly y: number }[]): number {
    const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [x, y] = [mean(logs.map((each) => each.x)), mean(logs.map((each) => each.y))];
    const covariance = mean(logs.map((each) => (each.x - x) * (each.y - y)));
    return covariance / mean(logs.map((each) => (each.x - x) ** 2));
}
