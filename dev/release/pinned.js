// Which versions a release was built and tested with: package-lock.json without what only development needs, as
// npm-shrinkwrap.json. It does not lie at the top of the archive, because beside a program it would keep npm from sharing
// packages with that program. Who publishes the pack to Pulumi Cloud puts it there (docs/publishing.md).
"use strict";

/** @param lock the content of package-lock.json */
exports.pinned = (lock) => {
    const root = { ...lock.packages[""], devDependencies: undefined };
    const kept = Object.entries(lock.packages).filter(
        ([place, { dev, devOptional }]) => place !== "" && !dev && !devOptional,
    );
    return { ...lock, packages: { "": root, ...Object.fromEntries(kept) } };
};
