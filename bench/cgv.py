"""Terms audited: ``python -m bench.cgv``.

Sample terms repeated to forty pages, then once; the whole rulebook on each. Times are of the
processor, which other work of the machine does not lengthen; reading the rulebook and compiling
its patterns is told apart, because a process does it once.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from datetime import date
from pathlib import Path
from typing import Final

from law.cgv.audit import Terms, audit
from law.cgv.rulebook import Rulebook
from law.rates import RateTables

AS_OF: Final = date(2026, 11, 22)
PAGES: Final = 40
WORDS_A_PAGE: Final = 450
TARGET_MS: Final = 1_500.0
_EXAMPLE: Final = Path(__file__).parent.parent / "generators/kinds/audit_cgv/example.json"


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description="Terms audited.")
    parser.add_argument("--rounds", type=int, default=7, help="of each text (%(default)s)")
    rounds = parser.parse_args().rounds
    begun = time.process_time()
    rules = len(Rulebook.load().rules)
    print(f"audit of terms, {rules} rules, pure Python, one process; processor times in ms")
    print(f"  rulebook read and compiled, once a process: {_ms(begun):.0f}")
    given = json.loads(_EXAMPLE.read_text("utf-8"))["options"]["audit"]
    times_over = -(-PAGES * WORDS_A_PAGE // len(given["text"].split()))
    texts = ((given["text"], "the example"), ("\n".join([given["text"]] * times_over), "40 pages"))
    print(f"  {'':16} {'words':>8} {'p50':>9} {'least':>9}")
    for text, name in texts:
        terms = Terms(text=text, clients="both", answers=given["answers"])
        times = []
        for _ in range(rounds):
            begun = time.process_time()
            audit(terms, AS_OF, RateTables.load())
            times.append(_ms(begun))
        print(
            f"  {name:16} {len(text.split()):>8,} {statistics.median(times):>9.0f}"
            f" {min(times):>9.0f}"
        )
    print(f"  target for the second: {TARGET_MS:.0f} ms")


def _ms(begun: float) -> float:
    return (time.process_time() - begun) * 1_000


if __name__ == "__main__":
    main()
