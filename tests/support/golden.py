"""The golden cases: requests whose acts people approved by reading, and what they become."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from generators.drafting import Draft, draft
from generators.request import load_request
from law.rates import RateTables

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = sorted(GOLDEN.glob("*/*/facts.json"))


def case_name(path: Path) -> str:
    """``mise_en_demeure/least``."""
    return "/".join(path.parent.relative_to(GOLDEN).parts)


def draft_of(path: Path) -> Draft:
    """The act of a case, made anew."""
    body: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return draft(load_request(body, date.fromisoformat(body["as_of"])), RateTables.load())


@cache
def made(path: Path) -> Draft:
    """The act of a case, made once."""
    return draft_of(path)
