"""Previews the example in Python by Pulumi's Automation API, and prints what the pack finds, as JSON.

    python_example.py EXAMPLE PACK ENVIRONMENT

ENVIRONMENT is a file with the variables of the offline setting.
"""

import json
import os
import re
import runpy
import sys

from pulumi import automation as auto

example, pack, environment_file = sys.argv[1:]
with open(environment_file, encoding="utf-8") as file:
    environment = json.load(file)
# The Automation API finds `pulumi` by the PATH of this process.
os.environ["PATH"] = environment["PATH"]

stack = auto.create_or_select_stack(
    stack_name="dev",
    project_name="restored-machine-python",
    program=lambda: runpy.run_path(os.path.join(example, "__main__.py"), run_name="__main__"),
    opts=auto.LocalWorkspaceOptions(env_vars=environment),
)


def findings(is_restored: bool) -> list:
    stack.set_config("restored", auto.ConfigValue(str(is_restored).lower()))
    found = []

    def on_event(event) -> None:
        policy = event.policy_event
        if policy is not None:
            rule = re.search(r"\[(BCDR\d{3})\]", policy.message)
            found.append(
                {
                    "policyId": rule.group(1) if rule else policy.message,
                    "resource": (policy.resource_urn or "").split("::")[-1],
                    **({"level": "mandatory"} if policy.enforcement_level == "mandatory" else {}),
                }
            )

    try:
        stack.preview(policy_packs=[pack], on_event=on_event)
    except auto.CommandError:
        # A mandatory finding makes Pulumi fail, and nothing else may.
        if not any("level" in each for each in found):
            raise
    return found


print(json.dumps([{"restored": each, "expect": findings(each)} for each in (False, True)]))
