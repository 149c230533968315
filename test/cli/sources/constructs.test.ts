import * as fc from "fast-check";

import { certainty, constructsIn, mayBe, syntaxOf } from "../../../src/cli/sources/constructs";

const found = (file: string, text: string): readonly string[] =>
    constructsIn(text, syntaxOf(file)!).calls.map(
        ({ callee, name, line, column }) => `${line}:${column} ${callee} ${name.map((part) => part ?? "*").join("")}`,
    );

describe("what makes resources", () => {
    test.each<[string, string, string, readonly string[]]>([
        [
            "a class of a module",
            "a.ts",
            'const web = new azure.compute.VirtualMachine("web", {});',
            ["1:13 VirtualMachine web"],
        ],
        ["a class by itself", "a.ts", "\nnew Disk('web-os');", ["2:1 Disk web-os"]],
        [
            "on several lines",
            "a.ts",
            'new azure.compute\n    .Disk(\n        "web-os",\n        {},\n    );',
            ["1:1 Disk web-os"],
        ],
        ["a class with types", "a.ts", 'new VM<Args<string>>("web", {});', ["1:1 VM web"]],
        ["a resource that is read", "a.ts", 'azure.compute.Disk.get("web-os", id);', ["1:1 Disk web-os"]],
        ["a name in parts", "a.ts", "new Disk(`${name}-data-${lun}`, {});", ["1:1 Disk *-data-*"]],
        [
            "a name put together",
            "a.ts",
            'new Disk(name + "-os", {}); new Disk("os-" + b, {});',
            ["1:1 Disk *-os", "1:29 Disk os-*"],
        ],
        [
            "a name that the text does not tell",
            "a.ts",
            'new Disk(names[0], {}); new Disk(a ? "b" : "c", {});',
            ["1:1 Disk *", "1:25 Disk *"],
        ],
        [
            "the body of an arrow function",
            "a.ts",
            '["a"].forEach(\n    (name) =>\n        new Disk(`copy-${name}`, {}),\n);',
            ["1:7 Disk copy-*"],
        ],
        [
            "an arrow function with statements",
            "a.ts",
            '["a"].forEach((name) => {\n    new Disk(`copy-${name}`, {});\n});',
            ["2:5 Disk copy-*"],
        ],
        ["a comment", "a.ts", '// new Disk("a");\n/* new Disk("b"); */ new Disk("c");', ["2:22 Disk c"]],
        ["a text", "a.ts", "const text = 'new Disk(\"a\")';", []],
        ["an apostrophe in a regular expression", "a.ts", "const r = /'/;\nnew Disk('a');", ["2:1 Disk a"]],
        ["a declaration", "a.ts", "class Disk { constructor(name: string) {} }", []],
        [
            "Python",
            "a.py",
            'web = azure.compute.VirtualMachine(\n    "web",\n    size="s",\n)',
            ["1:7 VirtualMachine web"],
        ],
        ["Python, by the argument's name", "a.py", 'Disk(resource_name="web-os")', ["1:1 Disk web-os"]],
        [
            "Python, formatted",
            "a.py",
            'Disk(f"{name}-os"); Disk("%s-os" % n); Disk("{}-os".format(n))',
            ["1:1 Disk *-os", "1:21 Disk *-os", "1:40 Disk *-os"],
        ],
        ["Python, in a comment and a long text", "a.py", '# Disk("a")\n"""\nDisk("b")\n"""\nDisk("c")', ["5:1 Disk c"]],
        ["Python, a class and its base", "a.py", "class VM(pulumi.ComponentResource):\n    pass", []],
        [
            "Go",
            "a.go",
            'web, err := compute.NewVirtualMachine(ctx, "web", &compute.VirtualMachineArgs{})',
            ["1:13 VirtualMachine web"],
        ],
        ["Go, formatted", "a.go", 'compute.NewDisk(ctx, fmt.Sprintf("%s-os", name), nil)', ["1:1 Disk *-os"]],
        [
            "C#",
            "a.cs",
            'var web = new VirtualMachine("web", new() {}); new Disk($"{name}-os");',
            ["1:11 VirtualMachine web", "1:48 Disk *-os"],
        ],
        [
            "Java",
            "a.java",
            'var web = new VirtualMachine("web", args); new Disk(String.format("%s-os", n));',
            ["1:11 VirtualMachine web", "1:44 Disk *-os"],
        ],
        ["nothing that is broken off", "a.ts", 'new Disk("a', []],
    ])("%s", (_, file, text, expected) => {
        expect(found(file, text)).toEqual(expected);
    });

    test.each([
        ["a.ts", 'class Twin extends pulumi.ComponentResource { constructor() { super("shop:index:Twin", name); } }'],
        [
            "a.py",
            'class Twin(pulumi.ComponentResource):\n    def __init__(self):\n        super().__init__("shop:index:Twin", name)',
        ],
        ["a.go", 'err := ctx.RegisterComponentResource("shop:index:Twin", name, twin)'],
        ["a.cs", 'public Twin(string name) : base("shop:index:Twin", name) {}'],
    ])("in %s, components tell their type", (file, text) => {
        expect(constructsIn(text, syntaxOf(file)!).components).toEqual(["shop:index:Twin"]);
    });

    test.each(["a.yaml", "a.d.ts", "a.json", "ts", "a.constructor"])("%s is not looked at", (file) => {
        expect(syntaxOf(file)).toBeUndefined();
    });

    test("whatever the text is, every line that is told is a line of it, and the class is on it or just below", () => {
        const piece = fc.constantFrom(
            '"',
            "'",
            "`",
            "(",
            ")",
            "\n",
            "=>",
            "new Disk(",
            "//",
            "/*",
            "*/",
            "${",
            "}",
            "<",
            ">",
            ".",
            "#",
            "\\",
            "a",
            " ",
        );
        fc.assert(
            fc.property(
                fc.array(piece, { maxLength: 60 }),
                fc.constantFrom("a.ts", "a.py", "a.go", "a.cs"),
                (pieces, file) => {
                    const text = pieces.join("");
                    const lines = text.split("\n");
                    for (const { line, column } of constructsIn(text, syntaxOf(file)!).calls) {
                        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length);
                    }
                },
            ),
        );
    });
});

describe("a name", () => {
    test.each([
        [["web"], "web", true],
        [["web"], "web-os", false],
        [["", undefined, "-os"], "web-os", true],
        [["", undefined, "-os"], "web-os-restored", false],
        [["copy-", undefined], "copy-a", true],
        [["copy-", undefined], "a-copy-a", false],
        [[undefined, "-data-", undefined], "web-data-0", true],
        [["a", undefined, "a"], "a", false],
        [[undefined], "anything", true],
    ])("that is %j may be %s: %j", (pattern, name, expected) => {
        expect(mayBe(pattern, name)).toBe(expected);
    });

    test("that a pattern gives is one that it may give", () => {
        const parts = fc.array(
            fc.tuple(fc.string({ maxLength: 3 }), fc.option(fc.string({ maxLength: 3 }), { nil: undefined })),
        );
        fc.assert(
            fc.property(parts, (pairs) => {
                const pattern = pairs.flatMap(([written, open]) => [written, open === undefined ? "" : undefined]);
                const name = pairs.map(([written, open]) => `${written}${open ?? ""}`).join("");
                expect(mayBe(pattern, name)).toBe(true);
            }),
        );
    });

    test.each([
        [["web"], "whole"],
        [["", undefined, "-os"], "part"],
        [["", undefined, ""], "none"],
        [[undefined], "none"],
    ])("%j is written out as a %s", (pattern, expected) => {
        expect(certainty(pattern)).toBe(expected);
    });
});
