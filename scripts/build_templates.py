"""Write the Word templates of `templates/legal`, or with ``--check`` say which differ."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEGAL = ROOT / "templates" / "legal"


def built() -> dict[str, bytes]:
    """Every template that has a builder, by its slug."""
    sys.path.insert(0, str(ROOT))
    package = importlib.import_module("templates.build")
    modules = (
        importlib.import_module(f"templates.build.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    )
    return {
        module.__name__.rsplit(".", 1)[-1]: module.document()
        for module in modules
        if hasattr(module, "document")
    }


def main(arguments: list[str]) -> int:
    """Build or compare."""
    different = 0
    for slug, data in built().items():
        path = LEGAL / f"{slug}.docx"
        if path.is_file() and path.read_bytes() == data:
            continue
        different += 1
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} differs from what is built: run make templates")
        else:
            path.write_bytes(data)
            print(f"wrote {path.relative_to(ROOT)}")
    return int("--check" in arguments and different > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
