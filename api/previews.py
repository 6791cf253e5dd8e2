"""Pages as images, the latest of them kept in memory: nothing of an act is left on a disk."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from generators.pdf import page_png


class PreviewCache:
    """Images by the hash of their PDF, page and resolution, up to some bytes."""

    def __init__(self, *, most_bytes: int = 48 * 1024 * 1024) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._images: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._bytes = 0

    def page(self, pdf_sha256: str, page: int, dpi: int, pdf: Callable[[], bytes]) -> bytes:
        """A page as PNG; ``pdf`` is asked for the document only if the page is not at hand."""
        key = pdf_sha256, page, dpi
        with self._lock:
            if key in self._images:
                self._images.move_to_end(key)
                return self._images[key]
        image = page_png(pdf(), page, dpi=dpi)
        self._keep(key, image)
        return image

    def _keep(self, key: tuple[str, int, int], image: bytes) -> None:
        with self._lock:
            if key not in self._images:
                self._images[key] = image
                self._bytes += len(image)
            while self._bytes > self._most_bytes and self._images:
                _, dropped = self._images.popitem(last=False)
                self._bytes -= len(dropped)
