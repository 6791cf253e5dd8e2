"""Write the Word templates of `templates/legal`, or with ``--check`` say which differ."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEGAL = ROOT / "templates" / "legal"


def built() -> dict[str, bytes]:
    """Every template, by its slug, as its module of `templates.builder.kinds` writes it."""
    sys.path.insert(0, str(ROOT))
    package = importlib.import_module("templates.builder.kinds")
    return {
        found.name: importlib.import_module(f"{package.__name__}.{found.name}").document()
        for found in pkgutil.iter_modules(package.__path__)
    }


def main(arguments: list[str]) -> int:
    """Build, or compare; 1 when a template is not what its module writes."""
    made = built()
    different = [
        slug
        for slug, data in made.items()
        if not (LEGAL / f"{slug}.docx").is_file() or (LEGAL / f"{slug}.docx").read_bytes() != data
    ]
    orphans = sorted({path.stem for path in LEGAL.glob("*.docx")} - set(made))
    for slug in orphans:
        print(f"templates/legal/{slug}.docx has no module in templates/builder/kinds")
    for slug in different:
        if "--check" in arguments:
            print(f"templates/legal/{slug}.docx is not what is built: run make templates")
        else:
            (LEGAL / f"{slug}.docx").write_bytes(made[slug])
            print(f"wrote templates/legal/{slug}.docx")
    return int(bool(orphans) or ("--check" in arguments and bool(different)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
