"""Draw the act of a request, its Word file, PDF and pages: ``render_case.py facts.json [out]``.

For looking at a template while it is written. The folder is ``demo-out/<name of the request>``
unless another is given; of a golden case, the request is its ``facts.json``.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generators.drafting import draft  # noqa: E402 - once the root is on the path
from generators.office import OfficePool  # noqa: E402
from generators.pdf_pages import page_count, page_png  # noqa: E402
from generators.request import load_request  # noqa: E402
from law.rates import RateTables  # noqa: E402


def main(arguments: list[str]) -> int:
    """Draw each page of one act."""
    if not arguments:
        print(__doc__)
        return 2
    path = Path(arguments[0])
    name = path.parent.name if path.name == "facts.json" else path.stem
    folder = Path(arguments[1]) if len(arguments) > 1 else ROOT / "demo-out" / name
    folder.mkdir(parents=True, exist_ok=True)
    body = json.loads(path.read_text("utf-8"))
    made = draft(load_request(body, date.fromisoformat(body["as_of"])), RateTables.load())
    with OfficePool() as office:
        pdf = office.convert(made.docx)
    (folder / "act.docx").write_bytes(made.docx)
    (folder / "act.pdf").write_bytes(pdf)
    for page in range(1, page_count(pdf) + 1):
        (folder / f"page-{page}.png").write_bytes(page_png(pdf, page))
    print(f"{page_count(pdf)} pages in {folder}")
    for found in made.checks:
        if found.outcome != "pass":
            print(f"{found.outcome}: {found.code}: {found.detail}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
