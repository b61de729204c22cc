"""Which files and folders of docs/<language>/ the generator owns."""

GENERATED = (
    "roles",
    "families",
    "moves",
    "paths",
    "compare",
    "my-skills",
    "skills",
    "tools",
    "levels",
    "a-z",
    "data",
    "translations",
    "changes",
    "not-found",
)
"""Folders of docs/<language>/ that hold generated files only."""
GENERATED_FILES = ("llms.txt", "manifest.webmanifest")
"""Generated files directly in docs/<language>/."""
GENERATED_MARK = "---\ngenerated: true\n"
"""How a generated page begins."""


def is_generated(path: str) -> bool:
    """Tell whether a file, by its path below docs/, is of those that the generator writes."""
    _, first, *_ = (*path.split("/"), "")
    return first in GENERATED or first in GENERATED_FILES
