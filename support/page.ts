/** A page of Microsoft's documentation, and the date that it carried when it was read. */
export interface Page {
    readonly title: string;
    readonly date: string;
}
