#!/usr/bin/env python3
"""Build the knowledge base: run `python build_roles.py --help`. Also an MkDocs hook that renders first.

What it needs is installed in .venv by `make`; called with another Python, it goes on with that of .venv.
"""

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
sys.path.insert(0, str(ROOT))


def on_config(config: Any) -> Any:
    """Render the pages before MkDocs reads them."""
    from rolebook.hook import before_build

    return before_build(config)


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Write lang and dir on the page's html element."""
    from rolebook.hook import finish_page

    return finish_page(output, page)


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


if __name__ == "__main__":
    sys.exit(run())
