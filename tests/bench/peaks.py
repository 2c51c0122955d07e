"""Peak of resident memory of this process, for the benchmarks."""

from __future__ import annotations

import re
import resource
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak() -> float:
    """Megabytes. On Linux ``ru_maxrss`` of a new program starts at the size of the process that started it; the kernel's own
    high-water mark of the program does not."""
    if _STATUS.exists():
        found = re.search(r"VmHWM:\s*(\d+) kB", _STATUS.read_text(encoding="ascii"))
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
