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
