import { isRateLimited, isTransient, waitAfter, type AnswerSigns } from "../../../src/cli/comments/retries";

const NOW = Date.parse("2026-11-29T12:00:00Z");

const answer = (status: number, headers: Readonly<Record<string, string>> = {}, said?: string): AnswerSigns => ({
    status,
    header: (name) => headers[name] ?? null,
    said,
});

test.each([
    [answer(429), true],
    [answer(403, { "retry-after": "60" }), true],
    [answer(403, { "x-ratelimit-remaining": "0" }), true],
    [answer(403, {}, "You have exceeded a secondary rate limit."), true],
    [answer(403, { "x-ratelimit-remaining": "4999" }, "Resource not accessible by integration"), false],
    [answer(404, {}, "rate limit"), false],
    [answer(503, { "retry-after": "60" }), false],
])("a limit of requests, %#: %s", (signs, expected) => {
    expect(isRateLimited(signs)).toBe(expected);
});

test.each([
    [500, true],
    [502, true],
    [503, true],
    [504, true],
    [408, true],
    [501, false],
    [400, false],
    [200, false],
])("%d is a host that is broken for a moment: %s", (status, expected) => {
    expect(isTransient(answer(status))).toBe(expected);
});

test.each([
    ["seconds", answer(429, { "retry-after": "7" }), 7000],
    ["a part of a second", answer(429, { "retry-after": "0.5" }), 500],
    ["a date", answer(503, { "retry-after": "Sun, 29 Nov 2026 12:00:09 GMT" }), 9000],
    ["a date that has passed", answer(503, { "retry-after": "Sun, 29 Nov 2026 11:00:00 GMT" }), 0],
    ["GitHub's reset", answer(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${NOW / 1000 + 5}` }), 5000],
    ["GitLab's reset", answer(429, { "ratelimit-reset": `${NOW / 1000 + 5}` }), 5000],
    ["a reset that has passed", answer(429, { "ratelimit-reset": "1" }), 0],
    ["nothing, for a limit", answer(429), 60_000],
    ["nonsense, for a limit", answer(429, { "retry-after": "soon" }), 60_000],
    ["nothing, for a broken host", answer(502), 4000],
    ["GitHub's reset, for a broken host", answer(502, { "x-ratelimit-reset": "9999999999" }), 4000],
])("waits by %s", (_, signs, expected) => {
    expect(waitAfter(signs, 3, NOW)).toBe(expected);
});
