"""Become a program that ends when the process that started it does, however that one ends.

    python leash.py PARENT_PID SIGNAL PROGRAM [ARGUMENT…]

Asks the kernel for a signal at the death of the parent, then turns into the program: the process
identifier stays the same. Run by path with ``-I -S``, so that it costs some ten milliseconds.
"""

from __future__ import annotations

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask for the signal, then become the program."""
    parent, signal_number, *command = sys.argv[1:]
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != int(parent):  # it died before we asked
        sys.exit(f"{command[0]}: the process that wanted it is gone")
    os.execv(command[0], command)  # noqa: S606 - the command is the caller's, not a shell's


if __name__ == "__main__":
    main()
