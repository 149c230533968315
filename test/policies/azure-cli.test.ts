import { parseArmId } from "../../src/model/ids/arm-id";
import { placeInCli } from "../../src/advice/azure-cli";

test.each([
    [
        "/subscriptions/5d3a/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web",
        "--subscription 5d3a -g shop",
    ],
    [
        "/subscriptions/…/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/web",
        "--subscription '<subscription>' -g shop",
    ],
    [
        "/subscriptions/5d3a/resourceGroups/shop (old)/providers/Microsoft.Compute/virtualMachines/web",
        "--subscription 5d3a -g 'shop (old)'",
    ],
    ["/subscriptions/5d3a/providers/Microsoft.Authorization/locks/keep", undefined],
])("a command for %s acts on that resource alone", (text, place) => {
    const id = parseArmId(text);
    expect(id && placeInCli(id)).toBe(place);
});
