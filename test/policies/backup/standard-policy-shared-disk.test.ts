import { roundOf } from "../../harness/phases";
import { ref, type Content, type Declaration, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import {
    classicItem,
    classicWithDisk,
    CLASSIC_ENHANCED,
    CLASSIC_STANDARD,
    ENHANCED,
    item,
    leavingOut,
    STANDARD,
    withDisk,
    SAYS_ENHANCED,
    UNDER_POLICY,
    WITH_DISK,
} from "./programs";

function shares(maxShares: Content, policy: Declaration = STANDARD, webBackup: Declaration = item()): Program {
    return withDisk({ maxShares, sku: { name: "Premium_LRS" } }, policy, webBackup);
}

function classic(
    maxShares: Content,
    policy: Declaration = CLASSIC_STANDARD,
    webBackup: Declaration = classicItem(),
): Program {
    return classicWithDisk({ maxShares }, policy, webBackup);
}

export const cases = policyCases(__filename, {
    policyId: "BCDR307",
    example: shares(2),
    fixed: { program: shares(2, ENHANCED), says: SAYS_ENHANCED },
    shows: ["data.maxShares", ...WITH_DISK, ...UNDER_POLICY],
    holds: [
        { name: "a disk that says nothing of shares", round: withDisk({}) },
        { name: "an Enhanced policy", round: shares(2, ENHANCED) },
        { name: "an Enhanced policy, classic", round: classic(2, CLASSIC_ENHANCED) },
        { name: "a shared disk that is left out", round: shares(2, STANDARD, leavingOut(1)) },
        {
            name: "a shared disk that is left out, classic",
            round: classic(2, CLASSIC_STANDARD, classicItem({ excludeDiskLuns: [1] })),
        },
    ],
    violated: [
        {
            name: "shared, day 2",
            round: () => {
                const stack = new Stack();
                stack.up(shares(1));
                return stack.preview(shares(2));
            },
            on: ["web"],
        },
    ],
    undecided: [
        { name: "a number of shares that is not known", round: shares(ref("rg.id")), waitsFor: '"data": maxShares' },
        {
            name: "a number of shares that is not known, classic",
            round: classic(ref("rg.id")),
            waitsFor: '"data": maxShares',
        },
    ],
    inPlace: [
        { name: "in an exported state", round: () => roundOf(shares(2), "exported state"), on: ["web"] },
        {
            name: "a classic VM in an exported state",
            round: () => roundOf(classic(2), "exported state"),
            on: ["web"],
        },
    ],
    limits: [
        {
            allowed: { name: "one VM", round: shares(1) },
            refused: { name: "two VMs", round: shares(2), on: ["web"] },
        },
        {
            allowed: { name: "one VM, classic", round: classic(1) },
            refused: { name: "two VMs, classic", round: classic(2), on: ["web"] },
        },
    ],
});
