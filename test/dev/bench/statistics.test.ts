import { benchVms } from "../../../dev/bench/estate";
import { growthExponent, median, minimum, pairedRatio } from "../../../dev/bench/pack/statistics";

test("The median of an even number of values lies between the two in the middle.", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 3])).toBe(4);
    expect(minimum([9, 1, 5])).toBe(1);
});

test("A slow moment that hits both of a pair leaves their ratio alone.", () => {
    expect(pairedRatio([2, 20, 3], [1, 10, 2])).toBe(2);
});

test("The growth exponent is the power, whatever the factor.", () => {
    const points = [1_000, 10_000, 50_000].map((x) => ({ x, y: 0.3 * x ** 1.25 }));
    expect(growthExponent(points)).toBeCloseTo(1.25, 10);
});

test("A tenth of the VMs is faulty, in the words of both providers.", () => {
    const faulty = benchVms(1_000).filter((vm) => vm.faulty);
    expect(faulty).toHaveLength(100);
    expect(faulty.filter(({ provider }) => provider === "azure")).toHaveLength(50);
});
