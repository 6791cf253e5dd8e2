"""Write the Word templates, or with ``--check`` say which differ.

`templates.builder.kinds` makes those of acts, in `templates/legal`; `templates.builder.documents`
those of documents that are no acts, in `templates/documents`.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"kinds": "legal", "documents": "documents"}
"""What is built from each package of `templates.builder`, in the folder of `templates`."""


def built(modules: str) -> dict[str, bytes]:
    """Every template, by its slug, as its module of a package of `templates.builder` writes it."""
    sys.path.insert(0, str(ROOT))
    package = importlib.import_module(f"templates.builder.{modules}")
    return {
        found.name: importlib.import_module(f"{package.__name__}.{found.name}").document()
        for found in pkgutil.iter_modules(package.__path__)
    }


def main(arguments: list[str]) -> int:
    """Build, or compare; 1 when a template is not what its module writes."""
    is_check = "--check" in arguments
    return max(_folder(modules, name, is_check=is_check) for modules, name in FOLDERS.items())


def _folder(modules: str, name: str, *, is_check: bool) -> int:
    made, folder = built(modules), ROOT / "templates" / name
    different = [
        slug
        for slug, data in made.items()
        if not (folder / f"{slug}.docx").is_file() or (folder / f"{slug}.docx").read_bytes() != data
    ]
    orphans = sorted({path.stem for path in folder.glob("*.docx")} - set(made))
    for slug in orphans:
        print(f"templates/{name}/{slug}.docx has no module in templates/builder/{modules}")
    for slug in different:
        if is_check:
            print(f"templates/{name}/{slug}.docx is not what is built: run make templates")
        else:
            (folder / f"{slug}.docx").write_bytes(made[slug])
            print(f"wrote templates/{name}/{slug}.docx")
    return int(bool(orphans) or (is_check and bool(different)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
