"""The map of courts: ``python -m bench.courts``.

How long a process waits for it, what it costs in memory, and how long the courts of every commune
of France take. Times are of the processor, so that a busy machine does not count; each measure in
a process of its own, the best of a few. The goals: under 100 ms, under 30 MiB, all communes under
half a second.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

TRIES: Final = 5
GOALS: Final = {"load_ms": 100.0, "traced_mib": 30.0, "rss_mib": 30.0, "communes_ms": 500.0}
LABELS: Final = {
    "load_ms": "import and load, CPU ms",
    "traced_mib": "Python objects, MiB",
    "rss_mib": "resident memory, MiB",
    "communes_ms": "35,031 communes, CPU ms",
}
_TIMES: Final = """
import json, time
begun = time.process_time()
from law.court_map import CourtMap
courts = CourtMap.load()
load = time.process_time() - begun
from datetime import date
from law.court_answers import CourtQuestion
from law.courts import courts_for
question = CourtQuestion(procedure="requete_injonction_de_payer", creditor_activity="commercial",
    debtor_activity="none", amount_cents=500000, as_of=date(2026, 11, 22))
begun = time.process_time()
count = sum(bool(courts_for(commune, question).courts) for commune in courts.communes())
assert count == 35031, count
print(json.dumps({"load_ms": load * 1e3, "communes_ms": (time.process_time() - begun) * 1e3}))
"""
_MEMORY: Final = """
import json, sys, tracemalloc
from pathlib import Path
import law.court_map
def resident():
    line = next(l for l in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in l)
    return int(line.split()[1]) / 1024
traced = sys.argv[1] == "traced"
tracemalloc.start() if traced else None
before = resident()
law.court_map.CourtMap.load()
print(json.dumps({"traced_mib": tracemalloc.get_traced_memory()[0] / 2**20} if traced
    else {"rss_mib": resident() - before}))
"""


def main() -> int:
    """Print the measures; 1 when one misses its goal."""
    measures: dict[str, list[float]] = {name: [] for name in GOALS}
    for _ in range(TRIES):
        for program, argument in ((_TIMES, ""), (_MEMORY, "traced"), (_MEMORY, "resident")):
            for name, value in _measured(program, argument).items():
                measures[name].append(value)
    print(f"The map of courts, best of {TRIES}")
    missed = False
    for name, goal in GOALS.items():
        best = min(measures[name])
        missed |= best >= goal
        print(f"  {LABELS[name]:32} {best:>8.1f}   goal {goal:g}")
    return int(missed)


def _measured(program: str, argument: str) -> dict[str, float]:
    command = [sys.executable, "-c", program, argument]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
