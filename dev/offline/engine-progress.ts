// What a person sees while the engine is built: how far it is and about how long it still takes.

/** A stream to tell it on: redrawn in place on a terminal, a line now and then elsewhere. */
export interface ProgressStream {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
}

export interface BuildProgress {
    /** Says a whole line. */
    say(line: string): void;
    /** The sources are being fetched; each one that came is told by `fetched`. */
    fetching(): void;
    fetched(): void;
    /** So many packages are being compiled and linked into so many programs; each is told by `compiled`. */
    building(packages: number, programs: number): void;
    compiled(): void;
    end(): void;
    /** Time since the start. */
    seconds(): number;
}

export interface Compiling {
    readonly done: number;
    readonly packages: number;
    readonly programs: number;
    readonly seconds: number;
    readonly cores: number;
}

// Measured: 1,684 packages took 3.6 minutes on two cores. Used until the pace of this computer is known.
const CORE_SECONDS_A_PACKAGE = 0.24;
const PACKAGES_UNTIL_TRUSTED = 200;
const LINK_SECONDS = 8;
const USUAL_PACKAGES = 1_200;
const FETCH_SECONDS = 40;
const LINE_EVERY_SECONDS = 15;
const REDRAW_EVERY_SECONDS = 0.2;

/** "about 2 min", "about 20 s". */
export const roughMinutes = (seconds: number): string =>
    seconds < 45
        ? `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s`
        : `about ${Math.max(1, Math.round(seconds / 60))} min`;

/** How long a build of so many programs takes where nothing of it is there yet, fetching included. */
export const usualSeconds = (programs: number, cores: number): number =>
    programs * (USUAL_PACKAGES * (CORE_SECONDS_A_PACKAGE / cores) + LINK_SECONDS) + FETCH_SECONDS;

export const secondsLeft = ({ done, packages, programs, seconds, cores }: Compiling): number => {
    const expectedPace = CORE_SECONDS_A_PACKAGE / cores;
    const pace = (seconds + PACKAGES_UNTIL_TRUSTED * expectedPace) / (done + PACKAGES_UNTIL_TRUSTED);
    return Math.max(0, packages - done) * pace + programs * LINK_SECONDS;
};

const count = (number: number): string => number.toLocaleString("en-US");

export const compilingLine = (compiling: Compiling): string =>
    `building the Pulumi engine: ${count(Math.min(compiling.done, compiling.packages))} of ` +
    `${count(compiling.packages)} packages, ${roughMinutes(secondsLeft(compiling))} left`;

const fetchingLine = (fetched: number): string =>
    fetched === 0
        ? "building the Pulumi engine: looking for its sources"
        : `building the Pulumi engine: fetching its sources, ${count(fetched)} modules so far`;

export const buildProgress = (
    stream: ProgressStream,
    cores: number,
    now: () => number = () => performance.now() / 1000,
): BuildProgress => {
    const started = now();
    let buildStarted = started;
    let [fetched, done, packages, programs] = [0, 0, 0, 0];
    let stage: "fetch" | "build" | undefined;
    let [drawn, drawnAt] = ["", -Infinity];
    let clock: NodeJS.Timeout | undefined;

    const line = (): string =>
        stage === "fetch"
            ? fetchingLine(fetched)
            : compilingLine({ done, packages, programs, seconds: now() - buildStarted, cores });
    const draw = (force = false): void => {
        const every = stream.isTTY ? REDRAW_EVERY_SECONDS : LINE_EVERY_SECONDS;
        if (stage === undefined || (!force && now() - drawnAt < every)) {
            return;
        }
        drawnAt = now();
        drawn = line();
        stream.write(stream.isTTY ? `\r\u001b[2K${drawn.slice(0, (stream.columns ?? 80) - 1)}` : `${drawn}\n`);
    };
    const clear = (): void => {
        if (stream.isTTY && drawn !== "") {
            stream.write("\r\u001b[2K");
        }
        drawn = "";
    };
    const enter = (next: "fetch" | "build"): void => {
        stage = next;
        // Large packages and linking take a while in which Go says nothing: the clock counts down by itself.
        clock ??= setInterval(draw, 1000).unref();
        draw(true);
    };
    return {
        say(text) {
            clear();
            stream.write(`${text}\n`);
        },
        fetching: () => enter("fetch"),
        fetched() {
            fetched += 1;
            draw();
        },
        building(allPackages, allPrograms) {
            [packages, programs, buildStarted] = [allPackages, allPrograms, now()];
            enter("build");
        },
        compiled() {
            done += 1;
            draw();
        },
        end() {
            clearInterval(clock);
            clock = undefined;
            stage = undefined;
            clear();
        },
        seconds: () => now() - started,
    };
};
