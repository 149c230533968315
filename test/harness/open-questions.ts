/** A question that BCDR490 lists, with the policies that ask it. */
export interface ListedQuestion {
    readonly policies: readonly string[];
    readonly resource: string;
    /** `hardwareProfile.vmSize` */
    readonly property: string;
}

/** What BCDR490 lists in a text, each question by itself: a line may be about several resources and properties. */
export function openQuestionsIn(text: string): readonly ListedQuestion[] {
    return [...text.matchAll(/^\s+(BCDR\d+(?:, BCDR\d+)*) on (.*) \([^()]*\)$/gm)].flatMap(
        ([, policies = "", questions = ""]) =>
            questions.split("; ").flatMap((question) => {
                const [, names = "", property = ""] = /^(".*"(?: and [\d,]+ more)?): (.*)$/.exec(question) ?? [];
                return [...names.matchAll(/"([^"]*)"/g)].map(([, resource = ""]) => ({
                    policies: policies.split(", "),
                    resource,
                    property,
                }));
            }),
    );
}
