import * as fc from "fast-check";
import { ABSENT, known, unknown, type Known } from "../../estate/known";
import type { AzureResource, Tags } from "../../estate/model";
import { parseArmId } from "../../estate/arm-id";
import { exempt, isDate, matchesPattern, type Exemption, type ExemptionRules } from "../../findings/exemption";
import type { Finding } from "../../findings/finding";
import { subjectOf } from "../../findings/subject";

const ID = "/subscriptions/s/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-vm";
const URN = "urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web";
const TODAY = "2026-11-22";

function findingOn(machineTags?: Tags): Finding {
    const id = parseArmId(ID);
    const web = { urn: URN, pulumiName: "web", azureName: known("web-vm"), id: id && known(id) } as AzureResource;
    return {
        rule: "BCDR111",
        subject: { ...subjectOf(web), machineTags },
        message: { headline: "Machine broken.", why: "Because.", steps: { occasion: "", list: [] } },
    };
}

function tagged(value: Known<string>, name = "bcdr-exempt"): Tags {
    return known(new Map([[name, value]]));
}

function exemption(over: Partial<Exemption> = {}): Exemption {
    return { rules: ["BCDR111"], resource: "web", reason: "replaced in January", expires: "2027-01-31", ...over };
}

function outcome(finding: Finding, rules: Partial<ExemptionRules>) {
    return exempt(finding, { exemptions: [], tagExemptions: true, today: TODAY, ...rules });
}

function stateWith(over: Partial<Exemption>): string {
    return outcome(findingOn(), { exemptions: [exemption(over)] }).state;
}

function notesOf(finding: Finding, rules: Partial<ExemptionRules>): readonly string[] {
    const result = outcome(finding, rules);
    expect(result.state).toBe("reported");
    return result.finding.message.notes ?? [];
}

describe("a pattern", () => {
    test.each([
        ["web", "web", true],
        ["web", "WEB", true],
        ["WEB", "web", true],
        ["web", "we", false],
        ["web", "eb", false],
        ["web", "web2", false],
        ["web", "*", true],
        ["", "*", true],
        ["", "", true],
        ["web", "", false],
        ["web", "w*", true],
        ["web", "*b", true],
        ["web", "*e*", true],
        ["web", "w*b", true],
        ["web", "web*", true],
        ["web", "w**b", true],
        ["web", "w*x*b", false],
        ["wb", "w*w*b", false],
        ["aba", "ab*ba", false],
        ["abba", "ab*ba", true],
        ["web", "w.b", false],
        ["web", "[w]eb", false],
        ["web\ndb", "web*db", true],
        ["shop-web-01", "shop-*-01", true],
    ])("%j by %j: %s", (text, pattern, expected) => {
        expect(matchesPattern(text, pattern)).toBe(expected);
    });

    test("says the same as a slow, plain reading of it", () => {
        const slow = (text: string, pattern: string): boolean => {
            const [first, rest] = [pattern.slice(0, 1), pattern.slice(1)];
            if (pattern === "") {
                return text === "";
            }
            return first === "*"
                ? Array.from({ length: text.length + 1 }, (_, skipped) => skipped).some((skipped) =>
                      slow(text.slice(skipped), rest),
                  )
                : text !== "" && text[0] === first && slow(text.slice(1), rest);
        };
        const letters = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
        const patterns = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 7 });
        fc.assert(
            fc.property(letters, patterns, (text, pattern) => {
                expect(matchesPattern(text, pattern)).toBe(slow(text, pattern));
            }),
            { numRuns: 2_000 },
        );
    });

    test("is never slow", () => {
        const before = performance.now();
        expect(matchesPattern("a".repeat(100_000), `${"a*".repeat(5_000)}b`)).toBe(false);
        expect(performance.now() - before).toBeLessThan(2_000);
    });
});

describe("an exemption", () => {
    test.each<[string, Partial<Exemption>, string]>([
        ["by URN", { resource: URN }, "suppressed"],
        ["by ARM id in another case", { resource: ID.toUpperCase() }, "suppressed"],
        ["by ARM id of a whole group", { resource: "*/resourceGroups/shop/*" }, "suppressed"],
        ["by Azure's name", { resource: "web-vm" }, "suppressed"],
        ["by the program's name", { resource: "web" }, "suppressed"],
        ["of another resource", { resource: "db" }, "reported"],
        ["of another rule", { rules: ["BCDR112"] }, "reported"],
        ["of several rules", { rules: ["BCDR112", "BCDR111"] }, "suppressed"],
        ["on its last day", { expires: TODAY }, "suppressed"],
        ["on the day after", { expires: "2026-11-21" }, "reported"],
    ])("%s", (_, over, expected) => {
        expect(stateWith(over)).toBe(expected);
    });

    test("tells reason and last day", () => {
        expect(outcome(findingOn(), { exemptions: [exemption()] })).toMatchObject({
            state: "suppressed",
            reason: "replaced in January",
            expires: "2027-01-31",
        });
    });

    test("that has ended is told beside the finding", () => {
        expect(notesOf(findingOn(), { exemptions: [exemption({ expires: "2026-01-31" })] })).toEqual([
            'An exemption from BCDR111 ended on 2026-01-31: "replaced in January".',
        ]);
    });

    test("that has ended does not stand in the way of a current one", () => {
        const exemptions = [exemption({ expires: "2026-01-31" }), exemption()];
        expect(outcome(findingOn(), { exemptions }).state).toBe("suppressed");
    });

    test("of another resource that has ended is not told", () => {
        expect(notesOf(findingOn(), { exemptions: [exemption({ resource: "db", expires: "2026-01-31" })] })).toEqual(
            [],
        );
    });

    test("leaves a finding that it does not concern as it is", () => {
        const finding = findingOn();
        expect(outcome(finding, {}).finding).toBe(finding);
    });
});

describe("the tag bcdr-exempt", () => {
    const current = "BCDR111 2027-01-31 replaced in January";

    test.each<[string, Tags, string]>([
        ["counts", tagged(known(current)), "suppressed"],
        ["counts in any case", tagged(known(current.toLowerCase()), "BCDR-Exempt"), "suppressed"],
        ["counts for several rules", tagged(known("BCDR101,BCDR111 2027-01-31 why")), "suppressed"],
        ["counts with spaces around", tagged(known(`  ${current}  `)), "suppressed"],
        ["counts on its last day", tagged(known(`BCDR111 ${TODAY} why`)), "suppressed"],
        ["does not count after it", tagged(known("BCDR111 2026-11-21 why")), "reported"],
        ["does not count for another rule", tagged(known("BCDR112 2027-01-31 why")), "reported"],
        ["does not count while its value is not known", tagged(unknown("tags.bcdr-exempt")), "reported"],
        ["does not count while no tag is known", unknown("tags"), "reported"],
        ["does not count where there is no tag", ABSENT, "reported"],
        ["does not count under another name", tagged(known(current), "exempt"), "reported"],
    ])("%s", (_, tags, expected) => {
        expect(outcome(findingOn(tags), {}).state).toBe(expected);
    });

    test("tells reason and last day", () => {
        expect(outcome(findingOn(tagged(known(current))), {})).toMatchObject({
            reason: "replaced in January",
            expires: "2027-01-31",
        });
    });

    test("does not count where it is forbidden", () => {
        expect(notesOf(findingOn(tagged(known(current))), { tagExemptions: false })).toEqual([]);
        expect(notesOf(findingOn(tagged(known("BCDR111"))), { tagExemptions: false })).toEqual([]);
    });

    test("that has ended is told beside the finding", () => {
        expect(notesOf(findingOn(tagged(known("BCDR111 2026-01-31 why"))), {})).toEqual([
            'An exemption from BCDR111 ended on 2026-01-31: "why".',
        ]);
    });

    test.each([
        ["without a day", "BCDR111 replaced in January"],
        ["without a reason", "BCDR111 2027-01-31"],
        ["with a day that is none", "BCDR111 2027-02-31 why"],
        ["with the rules apart", "BCDR111, BCDR101 2027-01-31 why"],
        ["that names no rule", "yes please"],
        ["that is empty", ""],
    ])("%s does not count, and the finding says what is missing", (_, text) => {
        const notes = notesOf(findingOn(tagged(known(text))), {});
        expect(notes).toEqual([
            'The tag bcdr-exempt on "web-vm" does not count: it must hold rule ids, last day and reason, ' +
                'such as "BCDR111 2027-01-31 replaced in January".',
        ]);
    });

    test("that was meant for another rule is not complained of here", () => {
        expect(notesOf(findingOn(tagged(known("BCDR112 soon"))), {})).toEqual([]);
    });
});

test.each([
    ["2027-01-31", true],
    ["2028-02-29", true],
    ["2027-02-29", false],
    ["2027-02-31", false],
    ["2027-13-01", false],
    ["2027-00-10", false],
    ["2027-1-31", false],
    ["2027-01-31T00:00:00Z", false],
    [" 2027-01-31", false],
    ["31.01.2027", false],
    ["", false],
])("%j is a day: %s", (text, expected) => {
    expect(isDate(text)).toBe(expected);
});
