/**
 * gRPC and protobuf exactly as `@pulumi/pulumi` has them: a message of another copy of these packages would be refused
 * at run time.
 */
import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as Empties from "google-protobuf/google/protobuf/empty_pb";
import type * as Structs from "google-protobuf/google/protobuf/struct_pb";

const fromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));

export const grpc = fromPulumi("@grpc/grpc-js") as typeof Grpc;
export const structs = fromPulumi("google-protobuf/google/protobuf/struct_pb.js") as typeof Structs;
export const empties = fromPulumi("google-protobuf/google/protobuf/empty_pb.js") as typeof Empties;

/** More than any program of ours sends at once. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** A server that takes messages as large as the engine's own servers do. */
export const newServer = (): Grpc.Server =>
    new grpc.Server({
        "grpc.max_receive_message_length": LARGEST_MESSAGE,
        "grpc.max_send_message_length": LARGEST_MESSAGE,
    });

/** Serves on a free port of this machine. */
export const listen = (server: Grpc.Server): Promise<number> =>
    new Promise((resolve, reject) => {
        server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
            error === null ? resolve(port) : reject(error),
        );
    });

/** Whatever was thrown, as the error of a call. */
export const asServiceError = (error: unknown): Partial<Grpc.ServiceError> => ({
    code: grpc.status.UNKNOWN,
    details: error instanceof Error ? error.message : String(error),
});
