// Runs a program: the SDK's own runner does the work, in a process that talks to the engine by itself.
import { type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";

import type { Children, Ended } from "./children";
import { sdkIsMissing, sdkScript } from "./packages";
import { environmentOf, runtimeOptions } from "./runtime-options";

/** The runner ends with it where it has said by itself what is wrong. */
const HAS_TOLD = 32;

const flag = (name: string, value: string | number | undefined): readonly string[] =>
    value === undefined || value === "" ? [] : [`--${name}`, String(value)];

const failure = (text: string): RunResponse => {
    const response = new RunResponse();
    response.setError(text);
    return response;
};

const responseTo = ({ code, signal }: Ended): RunResponse => {
    if (signal !== undefined) {
        return failure(`The program was ended by ${signal}.`);
    }
    if (code === HAS_TOLD) {
        const response = new RunResponse();
        response.setBail(true);
        return response;
    }
    // The words of Pulumi's own host.
    return code === 0 ? new RunResponse() : failure(`Program exited with non-zero exit code: ${code ?? 1}`);
};

/** Runs a program to its end. Whatever goes wrong with it is in the response. */
export const runProgram = async (request: RunRequest, engine: string, children: Children): Promise<RunResponse> => {
    const info = request.getInfo();
    const folder = info?.getProgramDirectory() || request.getPwd() || process.cwd();
    if (request.getAttachDebugger()) {
        return failure("This host attaches no debugger: run the program without --attach-debugger.");
    }
    const runner = sdkScript("run", folder);
    if (runner === undefined) {
        return failure(sdkIsMissing("program", folder));
    }
    const options = runtimeOptions(info);
    const args = [
        ...options.nodeargs,
        runner,
        ...flag("monitor", request.getMonitorAddress()),
        ...flag("engine", engine),
        ...flag("organization", request.getOrganization()),
        ...flag("project", request.getProject()),
        ...flag("root-directory", info?.getRootDirectory()),
        ...flag("stack", request.getStack()),
        ...flag("pwd", folder),
        ...(request.getDryrun() ? ["--dry-run"] : []),
        ...flag("parallel", request.getParallel()),
        info?.getEntryPoint() || request.getProgram() || ".",
        ...request.getArgsList(),
    ];
    const { ended } = children.start(process.execPath, args, {
        // What the program prints is what the engine hears from this host.
        stdio: ["ignore", "inherit", "inherit"],
        env: {
            ...process.env,
            ...environmentOf(options),
            PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
            PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        },
    });
    return responseTo(await ended);
};
