#!/usr/bin/env python3
"""Build the knowledge base: run `python build_roles.py --help`. Also an MkDocs hook that renders first."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from rolebook.hook import before_build, finish_page


def on_config(config: Any) -> Any:
    """Render the pages before MkDocs reads them."""
    return before_build(config)


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Write lang and dir on the page's html element."""
    return finish_page(output, page)


if __name__ == "__main__":
    from rolebook.cli import main

    sys.exit(main())
