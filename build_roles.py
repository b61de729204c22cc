#!/usr/bin/env python3
"""Build the knowledge base: run `python build_roles.py --help`. Also an MkDocs hook that renders first.

What it needs is installed in .venv by `make`; called with another Python, it goes on with that of .venv.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"


def run() -> int | str:
    """Run the command line, with the packages of .venv where this Python has none."""
    try:
        from rolebook.cli import main
    except ModuleNotFoundError as error:
        python = VENV / "bin" / "python"
        if python.exists() and Path(sys.prefix) != VENV:
            os.execv(python, [str(python), *sys.argv])  # noqa: S606 - the same command, with our own Python
        return f"The package '{error.name}' is missing. Run 'make check' once: it sets up all that is needed."
    return main()


sys.path.insert(0, str(ROOT))
if __name__ == "__main__":
    sys.exit(run())
else:  # MkDocs loads this file as a hook and calls the functions that are named like its events
    from rolebook.hook import on_config, on_post_page  # noqa: F401
