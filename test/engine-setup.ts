// Before any test: there is an engine. Where no `pulumi` is installed it is built, once, with progress on stderr.
import { engineFor } from "../dev/offline/run";
import { placesOf, projectRoot } from "../dev/offline/setting";

export default async (): Promise<void> => {
    await engineFor(process.env, placesOf(projectRoot(), process.env));
};
