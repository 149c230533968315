import * as fc from "fast-check";

import { hasMarker, markerOf } from "../../../src/cli/comments/marker";
import { HOSTILE_NAME } from "../reports/a-report";

const marker = (stack: string, tag?: string): string => markerOf({ stack, tag });

test.each([
    ["dev", undefined, "<!-- azure-bcdr-guard comment stack=dev -->"],
    [
        "contoso/shop/my-stack_2.0",
        "nightly",
        "<!-- azure-bcdr-guard comment stack=contoso/shop/my-stack_2.0 tag=nightly -->",
    ],
    ["a--b", undefined, "<!-- azure-bcdr-guard comment stack=a-%2Db -->"],
    ['preview of "dev"', undefined, "<!-- azure-bcdr-guard comment stack=preview%20of%20%22dev%22 -->"],
    ["straße", undefined, "<!-- azure-bcdr-guard comment stack=stra%C3%9Fe -->"],
])("the marker of %j, %j", (stack, tag, expected) => {
    expect(marker(stack, tag)).toBe(expected);
});

test.each([HOSTILE_NAME, "-->", "--!>", "->", "-", "--", "---", "x -->\n<script>", ""])(
    "%j cannot end the comment",
    (name) => {
        const inner = /^<!-- (.*) -->$/.exec(marker(name, name))?.[1];
        expect(inner).toBeDefined();
        expect(inner).not.toMatch(/--|[<>"\s&](?!tag=|comment|stack=)/);
    },
);

test("no name ends the comment, and no two names have the same marker", () => {
    const name = fc.string({ unit: "binary", maxLength: 50 });
    fc.assert(
        fc.property(name, name, (one, other) => {
            expect(marker(one)).toMatch(/^<!-- azure-bcdr-guard comment stack=[\w./%-]* -->$/);
            expect(marker(one).slice(4, -3)).not.toContain("--");
            expect(marker(one) === marker(other)).toBe(one === other);
            expect(hasMarker(`${marker(one)}\ntext`, marker(other))).toBe(one === other);
        }),
    );
});

test("a stack is not taken for one whose name begins alike, or has a tag", () => {
    expect(hasMarker(marker("dev-2"), marker("dev"))).toBe(false);
    expect(hasMarker(marker("dev", "nightly"), marker("dev"))).toBe(false);
    expect(hasMarker(marker("dev"), marker("dev", "nightly"))).toBe(false);
});

test("a name of any length has a short marker", () => {
    const names = Array.from({ length: 1000 }, (_, index) => `state-${index}.json`).join(", ");
    expect(marker(names)).toMatch(/^<!-- azure-bcdr-guard comment stack=sha256:[0-9a-f]{64} -->$/);
    expect(marker(`${names}, one-more.json`)).not.toBe(marker(names));
});

test("a host may put space before it", () => {
    expect(hasMarker(`\r\n ${marker("dev")}\r\ntext`, marker("dev"))).toBe(true);
    expect(hasMarker(`text ${marker("dev")}`, marker("dev"))).toBe(false);
});
