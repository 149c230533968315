// Examples of policy pages on the engine: what docs/policies says of them is what Pulumi shows.
import { Ref, Text, type Content, type Program, type Properties } from "../harness/program";
import { onlyPolicies } from "../harness/catalogue";
import { Pack } from "../harness/pack";
import { allCases, exampleRound, type PolicyCases } from "../harness/policy-cases";
import { yamlOf } from "../harness/yaml";
import { removeScratchFolders } from "../dev/offline/scratch";
import { found, Project, TROUBLE } from "./project";

/** About a VM, a disk, an item, a backup policy and a vault. */
const CHOSEN = ["BCDR202", "BCDR216", "BCDR301", "BCDR331", "BCDR502"];

const chosen = allCases().filter(({ policyId }) => CHOSEN.includes(policyId));

afterAll(removeScratchFolders);

/** The example with the policy in front of each name, so that several stand in one program. */
function under({ policyId, example }: PolicyCases): Program {
    const renamed = (name: string): string => `${policyId.toLowerCase()}-${name}`;
    const written = (content: Content): Content => {
        if (content instanceof Ref) {
            return new Ref(renamed(content.resource), content.path);
        }
        if (content instanceof Text) {
            return new Text(
                content.parts.map((part) => (part instanceof Ref ? new Ref(renamed(part.resource), part.path) : part)),
            );
        }
        if (Array.isArray(content)) {
            return (content as readonly Content[]).map(written);
        }
        return typeof content === "object" && content !== null
            ? Object.fromEntries(Object.entries(content as Properties).map(([key, value]) => [key, written(value)]))
            : content;
    };
    return Object.fromEntries(
        Object.entries(example).map(([name, declaration]) => [
            renamed(name),
            { ...declaration, properties: written(declaration.properties) as typeof declaration.properties },
        ]),
    );
}

test("what the pages say is what the engine shows", async () => {
    expect(chosen.map(({ policyId }) => policyId).sort()).toEqual(CHOSEN);
    const project = await Project.start(yamlOf("pages", Object.assign({}, ...chosen.map(under)) as Program));
    const outcome = await project.preview();
    const expected = await Promise.all(
        chosen.map(async (cases) => {
            const pack = new Pack(onlyPolicies((id) => id === cases.policyId));
            const violations = await pack.analyze(exampleRound(cases, cases.example));
            return violations.map(({ policyId, on }) => `${policyId} ${policyId.toLowerCase()}-${on}`);
        }),
    );
    const shown = found(outcome.events).filter((each) => {
        const [policyId = "", name = ""] = each.split(" ");
        return CHOSEN.includes(policyId) && name.startsWith(policyId.toLowerCase());
    });
    expect(shown).toEqual(expected.flat().sort());
    expect(new Set(shown.map((each) => each.slice(0, CHOSEN[0]?.length)))).toEqual(new Set(CHOSEN));
    expect(outcome.printed).not.toMatch(TROUBLE);
});
