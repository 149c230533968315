import { evaluate, type TemplateScope } from "../../../src/model/templates/template-expression";
import { Work } from "../../../src/model/templates/work";
import { UNKNOWN_VALUE, UNTRACED_VALUE } from "../../../src/model/property-bag";

const SCOPE: TemplateScope = {
    parameter: (name) =>
        ({ vm: "web", list: ["a", "b"], nested: { id: "x" }, open: UNKNOWN_VALUE, on: true })[name] ?? UNTRACED_VALUE,
    variable: (name) => (name === "prefix" ? "shop" : UNTRACED_VALUE),
    subscription: "s",
    resourceGroup: "g",
    work: new Work(),
};

test.each<[string, unknown]>([
    ["plain", "plain"],
    ["[[escaped]", "[escaped]"],
    ["[parameters('vm')]", "web"],
    ["[ Parameters( 'vm' ) ]", "web"],
    ["[variables('prefix')]", "shop"],
    ["[concat(variables('prefix'), '-', parameters('vm'), 1)]", "shop-web1"],
    ["[format('{0}/{1}', 'a', parameters('vm'))]", "a/web"],
    ["[toLower('ABC')]", "abc"],
    ["[parameters('list')[1]]", "b"],
    ["[parameters('nested').id]", "x"],
    ["['it''s']", "it's"],
    ["[resourceGroup().name]", "g"],
    [
        "[resourceId('Microsoft.Compute/virtualMachines', parameters('vm'))]",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web",
    ],
    [
        "[resourceId('other', 'Microsoft.Compute/disks', 'd')]",
        "/subscriptions/s/resourceGroups/other/providers/Microsoft.Compute/disks/d",
    ],
    [
        "[resourceId('t', 'other', 'Microsoft.Compute/disks', 'd')]",
        "/subscriptions/t/resourceGroups/other/providers/Microsoft.Compute/disks/d",
    ],
])("%s is worked out", (expression, value) => {
    expect(evaluate(expression, SCOPE)).toEqual(value);
});

test.each([
    "[parameters('unheard')]",
    "[reference('x').id]",
    "[concat(parameters('vm'), reference('x'))]",
    "[uniqueString('x')]",
    "[copyIndex()]",
    "[resourceId('Microsoft.Compute/virtualMachines')]",
    "[resourceId('Microsoft.Compute/virtualMachines', parameters('unheard'))]",
    "[concat('a']",
    "[concat('a' 'b')]",
    "[concat('a')) ]",
    "[!]",
    "[]",
    "[parameters('nested').constructor]",
    "[parameters('nested')['__proto__']]",
])("%s is not guessed", (expression) => {
    expect(evaluate(expression, SCOPE)).toBe(UNTRACED_VALUE);
});

test.each([
    "[parameters('open')]",
    "[parameters('open').id]",
    "[parameters('open')[0]]",
    "[concat(parameters('open'), '/x')]",
    "[format('{0}', parameters('open'))]",
    "[toLower(parameters('open'))]",
    "[resourceId('Microsoft.Compute/virtualMachines', parameters('open'))]",
])("%s leads to what the plan does not know yet", (expression) => {
    expect(evaluate(expression, SCOPE)).toBe(UNKNOWN_VALUE);
});

test("values in objects and lists are worked out one by one", () => {
    expect(evaluate({ a: ["[parameters('vm')]", "[reference('x')]"], b: 1 }, SCOPE)).toEqual({
        a: ["web", UNTRACED_VALUE],
        b: 1,
    });
});
