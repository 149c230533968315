// What docs/audit.md says of the audit command is what it asks.
import { auditedPolicies, idsNotAudited, NOT_AUDITED, policiesNotAudited } from "../../dev/docs/audit";
import { expectGeneratedPart } from "../../dev/docs/generated";
import { QUESTIONS } from "../../src/audit/questions";

const PAGE = "docs/audit.md";

test("has a row for each question", () => expectGeneratedPart(PAGE, "audited policies", auditedPolicies()));

test("names the settings that change a query", () => {
    const rows = auditedPolicies().split("\n");
    const settingsOf = (id: string): string | undefined =>
        rows.find((row) => row.includes(`[${id}]`))?.match(/\| ([^|]*) \|$/)?.[1];
    expect(settingsOf("BCDR101")).toBe("");
    expect(settingsOf("BCDR121")).toBe("`restoreSource`");
    expect(settingsOf("BCDR401")).toBe("`tierTag`, `tiers`, `defaultTier`");
    expect(settingsOf("BCDR501")).toBe("`retentionDays`");
    expect(settingsOf("BCDR502")).toBe("`require`");
    expect(settingsOf("BCDR504")).toBe("`acceptedRedundancies`");
    // One that no setting is probed for would go unnoticed.
    const changing = QUESTIONS.filter(({ changes }) => changes !== undefined).map(({ policy }) => policy);
    expect(changing.filter((id) => settingsOf(id) === "")).toEqual([]);
});

test("says why each other policy is not audited", () => {
    expectGeneratedPart(PAGE, "policies that are not audited", policiesNotAudited());
    for (const id of idsNotAudited()) {
        expect([id, NOT_AUDITED.filter(({ ids }) => ids.test(id)).length]).toEqual([id, 1]);
    }
    expect(QUESTIONS.filter(({ policy }) => NOT_AUDITED.some(({ ids }) => ids.test(policy)))).toEqual([]);
});
