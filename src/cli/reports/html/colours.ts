/** The colours of the page by what they mean; its style knows no others. */
export interface Colours {
    readonly page: string;
    readonly surface: string;
    readonly sunken: string;
    readonly line: string;
    readonly text: string;
    readonly quiet: string;
    readonly link: string;
    readonly mandatory: string;
    readonly mandatorySurface: string;
    readonly advisory: string;
    readonly advisorySurface: string;
    readonly undecided: string;
    readonly undecidedSurface: string;
    readonly good: string;
    readonly goodSurface: string;
    readonly backup: string;
    readonly replication: string;
    readonly both: string;
    readonly none: string;
}

export const LIGHT: Colours = {
    page: "#f4f5f7",
    surface: "#ffffff",
    sunken: "#f7f8fa",
    line: "#d5d9e0",
    text: "#1b2330",
    quiet: "#566073",
    link: "#0b57a4",
    mandatory: "#b3261e",
    mandatorySurface: "#fdeeec",
    advisory: "#8a5300",
    advisorySurface: "#fdf3e0",
    undecided: "#5d4b9c",
    undecidedSurface: "#f1eefa",
    good: "#1c6b40",
    goodSurface: "#e9f5ee",
    backup: "#0a7a78",
    replication: "#2563b8",
    both: "#173a6b",
    none: "#7a8494",
};

export const DARK: Colours = {
    page: "#12161d",
    surface: "#1b212b",
    sunken: "#161b24",
    line: "#38414f",
    text: "#e6e9ef",
    quiet: "#a6b0c0",
    link: "#8cbcf5",
    mandatory: "#ff9d94",
    mandatorySurface: "#3a1d1f",
    advisory: "#f2bd6b",
    advisorySurface: "#352812",
    undecided: "#c3b5f4",
    undecidedSurface: "#2a2440",
    good: "#84d3a5",
    goodSurface: "#173124",
    backup: "#4fc3bf",
    replication: "#7fb2f7",
    both: "#c7dcf8",
    none: "#8d97a6",
};

/** Foregrounds, their backgrounds, and the contrast they need: 4.5 for text, 3 for a mark (WCAG 2.2, 1.4.3 and 1.4.11). */
export const CONTRASTS: readonly { of: keyof Colours; on: readonly (keyof Colours)[]; atLeast: number }[] = [
    { of: "text", on: ["page", "surface", "sunken"], atLeast: 7 },
    {
        of: "text",
        on: ["mandatorySurface", "advisorySurface", "undecidedSurface", "goodSurface"],
        atLeast: 7,
    },
    { of: "quiet", on: ["page", "surface", "sunken"], atLeast: 4.5 },
    { of: "link", on: ["page", "surface", "sunken"], atLeast: 4.5 },
    { of: "mandatory", on: ["page", "surface", "sunken", "mandatorySurface"], atLeast: 4.5 },
    { of: "advisory", on: ["page", "surface", "sunken", "advisorySurface"], atLeast: 4.5 },
    { of: "undecided", on: ["page", "surface", "sunken", "undecidedSurface"], atLeast: 4.5 },
    { of: "good", on: ["page", "surface", "sunken", "goodSurface"], atLeast: 4.5 },
    { of: "backup", on: ["surface", "sunken"], atLeast: 4.5 },
    { of: "replication", on: ["surface", "sunken"], atLeast: 4.5 },
    { of: "both", on: ["surface", "sunken"], atLeast: 4.5 },
    { of: "none", on: ["surface", "sunken"], atLeast: 3 },
];
