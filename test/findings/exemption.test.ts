import * as fc from "fast-check";
import { ABSENT, known, unknown, type Value } from "../../src/model/values";
import type { AzureResource, Tags } from "../../src/model/resources";
import { parseArmId } from "../../src/model/ids/arm-id";
import {
    ConfiguredExemptions,
    exempt,
    isDate,
    latestEnd,
    type Exemption,
    type TagExemptionSet,
} from "../../src/findings/exemption";
import type { Finding } from "../../src/findings/finding";
import { matchesPattern } from "../../src/findings/name-patterns";
import { subjectOf } from "../../src/findings/subject";

const ID = "/subscriptions/s/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web-vm";
const URN = "urn:pulumi:dev::shop::azure-native:compute:VirtualMachine::web";
const TODAY = "2026-11-22";

function findingOn(vmTags?: Tags): Finding {
    const id = parseArmId(ID);
    const web = { urn: URN, pulumiName: "web", azureName: known("web-vm"), id: id && known(id) } as AzureResource;
    return {
        policyId: "BCDR111",
        subject: { ...subjectOf(web), vmTags },
        message: {
            headline: "VM broken.",
            why: "Because.",
            fix: { kind: "in order", intro: "", steps: [] },
            sources: [],
        },
    };
}

function tagged(value: Value<string>, name = "bcdr-exempt"): Tags {
    return known(new Map([[name, value]]));
}

function exemption(over: Partial<Exemption> = {}): Exemption {
    return { policies: ["BCDR111"], resource: "web", reason: "replaced in January", expires: "2027-01-31", ...over };
}

interface Rules extends Partial<TagExemptionSet> {
    readonly exemptions?: readonly Exemption[];
}

function outcome(finding: Finding, { exemptions = [], ...tags }: Rules) {
    return exempt(finding, {
        configured: new ConfiguredExemptions(exemptions),
        tags: { allowed: "advisory", isAdvisory: true, maximumDays: 365, showsReason: () => false, ...tags },
        today: TODAY,
    });
}

function stateWith(over: Partial<Exemption>): string {
    return outcome(findingOn(), { exemptions: [exemption(over)] }).state;
}

function notesOf(finding: Finding, policies: Rules): readonly string[] {
    const result = outcome(finding, policies);
    return result.state === "reported" ? result.notes : [`It is ${result.state}.`];
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
        ["of another policy", { policies: ["BCDR112"] }, "reported"],
        ["of several policies", { policies: ["BCDR112", "BCDR111"] }, "suppressed"],
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

    test("of many that have ended, the first are told and the others counted", () => {
        const exemptions = [1, 2, 3, 4, 5].map((day) => exemption({ expires: `2026-01-0${day}` }));
        expect(notesOf(findingOn(), { exemptions })).toEqual([
            'An exemption from BCDR111 ended on 2026-01-01: "replaced in January".',
            'An exemption from BCDR111 ended on 2026-01-02: "replaced in January".',
            'An exemption from BCDR111 ended on 2026-01-03: "replaced in January".',
            "So did 2 more.",
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

    test("adds no note to a finding that it does not concern", () => {
        expect(notesOf(findingOn(), {})).toEqual([]);
    });
});

test("of many exemptions, those that are about a finding are those whose pattern fits one of its names, in order", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "/"), minLength: 1, maxLength: 5 });
    const patterns = fc.array(fc.string({ unit: fc.constantFrom("a", "B", "/", "*"), minLength: 1, maxLength: 5 }));
    fc.assert(
        fc.property(fc.array(letters, { maxLength: 3 }), patterns, (names, resources) => {
            const finding = findingOn();
            const exemptions = resources.map((resource, index) => exemption({ resource, reason: String(index) }));
            const found = new ConfiguredExemptions(exemptions).for({
                ...finding,
                subject: { ...finding.subject, names },
            });
            expect(found).toEqual(
                exemptions.filter(({ resource }) => names.some((name) => matchesPattern(name, resource))),
            );
        }),
        { numRuns: 2_000 },
    );
});

test("a subscription that is not known fits any in a pattern", () => {
    const finding = findingOn();
    const names = [ID.replace("/subscriptions/s/", "/subscriptions/…/")];
    for (const resource of [ID, ID.replace("web-vm", "web-*"), "/subscriptions/s/*"]) {
        expect(
            new ConfiguredExemptions([exemption({ resource })]).for({
                ...finding,
                subject: { ...finding.subject, names },
            }),
        ).toHaveLength(1);
    }
});

describe("the tag bcdr-exempt", () => {
    const current = "BCDR111 2027-01-31 replaced in January";

    test.each<[string, Tags, string]>([
        ["counts", tagged(known(current)), "suppressed"],
        ["counts in any case", tagged(known(current.toLowerCase()), "BCDR-Exempt"), "suppressed"],
        ["counts for several policies", tagged(known("BCDR101,BCDR111 2027-01-31 why")), "suppressed"],
        ["counts with spaces around", tagged(known(`  ${current}  `)), "suppressed"],
        ["counts on its last day", tagged(known(`BCDR111 ${TODAY} why`)), "suppressed"],
        ["does not count after it", tagged(known("BCDR111 2026-11-21 why")), "reported"],
        ["does not count for another policy", tagged(known("BCDR112 2027-01-31 why")), "reported"],
        ["does not count while its value is not known", tagged(unknown("tags.bcdr-exempt")), "reported"],
        ["does not count while no tag is known", unknown("tags"), "reported"],
        ["does not count where there is no tag", ABSENT, "reported"],
        ["does not count under another name", tagged(known(current), "exempt"), "reported"],
    ])("%s", (_, tags, expected) => {
        expect(outcome(findingOn(tags), {}).state).toBe(expected);
    });

    test("tells its last day, and its reason only where that is allowed", () => {
        const finding = findingOn(tagged(known(current)));
        expect(outcome(finding, {})).toMatchObject({ reason: "see the tag bcdr-exempt", expires: "2027-01-31" });
        expect(outcome(finding, { showsReason: (tag) => tag === current })).toMatchObject({
            reason: "replaced in January",
            expires: "2027-01-31",
        });
    });

    test("does not count where it is forbidden", () => {
        expect(notesOf(findingOn(tagged(known(current))), { allowed: "none" })).toEqual([]);
        expect(notesOf(findingOn(tagged(known("BCDR111"))), { allowed: "none" })).toEqual([]);
    });

    test("does not exempt from what is mandatory, unless that is allowed", () => {
        const finding = findingOn(tagged(known(current)));
        expect(notesOf(finding, { isAdvisory: false })).toEqual([
            'Tag ignored: bcdr-exempt on "web" does not count: BCDR111 is mandatory, and a tag exempts from advisory ' +
                'findings only. Exempt it in the configuration, or set "tagExemptions" to "all" there.',
        ]);
        expect(outcome(finding, { isAdvisory: false, allowed: "all" }).state).toBe("suppressed");
    });

    test("does not count beyond the latest day, which is named", () => {
        const until = (days: number) => findingOn(tagged(known(`BCDR111 ${latestEnd(TODAY, days)} why`)));
        expect(outcome(until(365), {}).state).toBe("suppressed");
        expect(notesOf(until(366), {})).toEqual([
            'Tag ignored: bcdr-exempt on "web" does not count: it ends on 2027-11-23, more than 365 days away. ' +
                "The latest day allowed is 2027-11-22.",
        ]);
        expect(notesOf(until(31), { maximumDays: 30 })).toHaveLength(1);
    });

    test.each<[string, Tags | undefined, "suppressed" | "reported"]>([
        ["was there before the plan", tagged(known(current)), "suppressed"],
        ["was there with another end and reason", tagged(known("BCDR111 2026-12-31 other")), "suppressed"],
        ["comes with the plan", known(new Map()), "reported"],
        ["comes with the VM", undefined, "reported"],
        ["named another policy before", tagged(known("BCDR112 2027-01-31 why")), "reported"],
        ["had ended before", tagged(known("BCDR111 2026-01-31 why")), "reported"],
        ["was no exemption before", tagged(known("later")), "reported"],
        ["was not known before", tagged(unknown("tags.bcdr-exempt")), "reported"],
    ])("that %s, for a policy that looks at a plan: %s", (_, before, expected) => {
        expect(outcome(findingOn(tagged(known(current))), { before: () => before }).state).toBe(expected);
    });

    test("that the plan adds is told", () => {
        expect(notesOf(findingOn(tagged(known(current))), { before: () => ABSENT })).toEqual([
            'Tag ignored: bcdr-exempt on "web" does not count: this plan adds it, and what a plan adds does not exempt ' +
                "from that plan. Deploy the tag first, or exempt it in the configuration.",
        ]);
    });

    test("that has ended is told beside the finding, without its reason", () => {
        expect(notesOf(findingOn(tagged(known("BCDR111 2026-01-31 why"))), {})).toEqual([
            "An exemption from BCDR111 in the tag bcdr-exempt ended on 2026-01-31.",
        ]);
    });

    test.each([
        ["without a day", "BCDR111 replaced in January"],
        ["without a reason", "BCDR111 2027-01-31"],
        ["with a day that is none", "BCDR111 2027-02-31 why"],
        ["with the policies apart", "BCDR111, BCDR101 2027-01-31 why"],
        ["that names no policy", "yes please"],
        ["that is empty", ""],
    ])("%s does not count, and the finding says what is missing", (_, text) => {
        const notes = notesOf(findingOn(tagged(known(text))), {});
        expect(notes).toEqual([
            'Tag ignored: bcdr-exempt on "web" does not count: it must hold policy ids, last day and reason, ' +
                'such as "BCDR111 2027-01-31 replaced in January".',
        ]);
    });

    test("that was meant for another policy is not complained of here", () => {
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
