import { Command, Option } from "commander";
import { azureReposTarget, type AzureReposOptions } from "../comments/azure-repos";
import { githubTarget, type GithubOptions } from "../comments/github";
import { gitlabTarget, type GitlabOptions } from "../comments/gitlab";
import { BEHAVIORS } from "../comments/publish";
import { readText } from "../files";
import { comment, type CommentOptions } from "./comment";

const EXIT_CODES = `
Exit codes:
  0  The comment is written, or there was nothing to write. The verdict of the report does not matter here.
  2  Usage error: unknown option, missing file, no token, or no pull request.
  3  The comment could not be written: the host refused it, or could not be reached.
  4  Incomplete: the file is damaged, is no JSON report, or has a newer version.
`;

export function commentCommand(): Command {
    return new Command("comment")
        .description("Writes a report as a comment on a pull request, and updates it at the next run.")
        .addCommand(
            hostCommand("github", "a pull request on GitHub", "GITHUB_TOKEN")
                .option("--repository <owner/name>", "the repository (default: GITHUB_REPOSITORY)")
                .option("--pull-request <number>", "the pull request (default: from GITHUB_EVENT_PATH or GITHUB_REF)")
                .option("--api-url <url>", "the address of the REST API (default: GITHUB_API_URL)")
                .action((file: string, options: CommentOptions & GithubOptions) =>
                    comment(file, githubTarget(options, process.env, readText), options),
                ),
        )
        .addCommand(
            hostCommand("gitlab", "a merge request on GitLab", "GITLAB_TOKEN")
                .option("--project <id>", "the project, by ID or path (default: CI_PROJECT_ID)")
                .option("--merge-request <iid>", "the merge request (default: CI_MERGE_REQUEST_IID)")
                .option("--api-url <url>", "the address of the REST API (default: CI_API_V4_URL)")
                .action((file: string, options: CommentOptions & GitlabOptions) =>
                    comment(file, gitlabTarget(options, process.env), options),
                ),
        )
        .addCommand(
            hostCommand("azure-repos", "a pull request in Azure Repos", "SYSTEM_ACCESSTOKEN")
                .option("--collection <url>", "the address of the organization (default: SYSTEM_COLLECTIONURI)")
                .option("--project <name>", "the project (default: SYSTEM_TEAMPROJECT)")
                .option("--repository <id>", "the repository, by ID or name (default: BUILD_REPOSITORY_ID)")
                .option("--pull-request <id>", "the pull request (default: SYSTEM_PULLREQUEST_PULLREQUESTID)")
                .action((file: string, options: CommentOptions & AzureReposOptions) =>
                    comment(file, azureReposTarget(options, process.env), options),
                ),
        );
}

/** What all hosts share. */
function hostCommand(name: string, where: string, tokenVariable: string): Command {
    return new Command(name)
        .description(`Writes the comment on ${where}.`)
        .argument("<report>", "a report in JSON, from --report json=FILE; - for standard input")
        .option("--stack <name>", "whose comment it is, among several (default: what the report looked at)")
        .option("--tag <text>", "tells two reports about one stack apart")
        .addOption(
            new Option("--behavior <behavior>", "what happens to an earlier comment")
                .choices(BEHAVIORS)
                .default("update"),
        )
        .option("--only-with-findings", "no first comment while there is nothing to report")
        .option("--link <url>", "where the whole report is, for one that is too long (default: the page of the run)")
        .option("--token-variable <name>", "the variable that has the token", tokenVariable)
        .option("--dry-run", "print the comment, and write nothing")
        .addHelpText("after", EXIT_CODES);
}
