import { hoursOf, repetitionHours } from "../../src/model/duration";

test.each([
    ["PT4H", 4],
    ["pt30m", 0.5],
    ["PT90S", 0.025],
    ["P7D", 168],
    ["P1W", 168],
    ["P1M", 730],
    ["P12M", 8760],
    ["P1Y", 8760],
    ["P1DT12H", 36],
    ["P0D", 0],
])("%s is %d hours", (text, hours) => {
    expect(hoursOf(text)).toBeCloseTo(hours);
});

test.each(["", "P", "PT", "P1DT", "7D", "4H", "P-7D", "P1D ", "P1H", "PT1D", "forever"])(
    "%j is no duration",
    (text) => {
        expect(hoursOf(text)).toBeUndefined();
    },
);

test.each([
    ["R/2026-03-01T02:00:00+00:00/PT4H", 4],
    ["R5/2026-03-01T02:00:00Z/P1D", 24],
])("%s comes round every %d hours", (text, hours) => {
    expect(repetitionHours(text)).toBe(hours);
});

test.each(["PT4H", "R/PT4H", "R//PT4H", "R/2026-03-01T02:00:00Z/", "R/2026-03-01T02:00:00Z/PT4H/PT4H"])(
    "%j does not come round",
    (text) => {
        expect(repetitionHours(text)).toBeUndefined();
    },
);
