import { inOrder, ways, type Fix, type Step } from "../../src/advice/fix";
import { backUpInstead, enableAgain, leaveOut, type ItemToChange } from "../../src/advice/replication-support";
import { fixLines, formatLine } from "../../src/findings/text";

// What the cases of the policies cannot show: items outside of the stack, and those of which the plan does not know the id.

const ITEM: ItemToChange = {
    name: "web-replication",
    provider: "azure-native",
    diskList: "properties.providerSpecificDetails.vmManagedDisks",
    target: "properties.providerSpecificDetails.recoveryContainerId",
    inVault: "resourceName",
    isNew: false,
    isReplacedByPulumi: false,
    isInTemplate: false,
    home: undefined,
    disableCommand: "az site-recovery protected-item remove --ids /subscriptions/s/items/web",
};
const OF_OTHER_STACK: ItemToChange = {
    ...ITEM,
    name: "db-replication",
    home: 'stack "prod" of "replication"',
    disableCommand: "az site-recovery protected-item remove --ids /subscriptions/s/items/db",
};
const WITHOUT_ID: ItemToChange = { ...ITEM, disableCommand: undefined };

function printed(fix: Fix): string {
    return `\n${fixLines(fix).map(formatLine).join("\n")}\n`;
}

function waysOut(item: ItemToChange): string {
    return printed(ways([...leaveOut(item, ['"data"', '"logs"']), backUpInstead(item, "web")], false));
}

function steps(items: readonly ItemToChange[]): readonly Step[] {
    return enableAgain(items);
}

test("an item of another stack, as ways", () => {
    expect(waysOut(OF_OTHER_STACK)).toMatchSnapshot();
});

test("an item whose id the plan does not know, as ways", () => {
    expect(waysOut(WITHOUT_ID)).toMatchSnapshot();
});

test("items of several stacks and of both providers, in order", () => {
    const classic: ItemToChange = { ...ITEM, name: "old", provider: "azure-classic", isReplacedByPulumi: true };
    expect(printed(inOrder(steps([OF_OTHER_STACK, ITEM, classic]), true))).toMatchSnapshot();
});

test("an item whose id the plan does not know, in order", () => {
    expect(printed(inOrder(steps([WITHOUT_ID]), true))).toMatchSnapshot();
});

test("of many items, the first commands and how many more there are", () => {
    const many = Array.from({ length: 23 }, (_, index) => ({ ...ITEM, name: `item-${index}` }));
    const [, disabled] = steps(many);
    expect(disabled?.commands).toHaveLength(20);
    expect(disabled?.note).toBe("Do the same for the other items, 3 more.");
});

test("new items need nothing: the plan enables replication with what the program says", () => {
    expect(steps([{ ...ITEM, isNew: true }])).toEqual([]);
});
