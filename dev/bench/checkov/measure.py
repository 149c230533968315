"""Runs the command that it is given, and writes to the file named first how long that took and how much memory it needed.

Python tells the memory of a process that it waited for; Node does not.
"""

import json
import resource
import subprocess
import sys
import time

place, *command = sys.argv[1:]
start = time.perf_counter()
status = subprocess.run(command).returncode
milliseconds = (time.perf_counter() - start) * 1000
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
# Linux counts in KiB, macOS in bytes.
mebibytes = peak / 1024 / (1024 if sys.platform == "darwin" else 1)
with open(place, "w") as file:
    json.dump({"status": status, "time": milliseconds, "peakMemory": mebibytes}, file)
