"""The `minutier` command: keys, verification, the embedded stack, the processes of production."""
