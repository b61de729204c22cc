"""Say whom the forge asks to review what, in the form of CODEOWNERS that GitHub and GitLab both read.

Made from the owners of the roles, so that there is one place to say who keeps what.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rolebook.catalog import Catalog, Entry
from rolebook.schema import Owner, Role

FILES = (".github/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where GitHub and GitLab look; both hold the same."""
_HEAD = """\
# Whom the forge asks to review what. Made by `python build_roles.py codeowners` from roles/vocabulary/owners.yml
# and the owners of the roles; change those, not this file. The last line that fits a file counts."""


def codeowners(catalog: Catalog) -> str:
    """Give the text of the file: a line a family, a line a role that another owner keeps, and what else owners keep."""
    parts = [
        _HEAD,
        "",
        "# What all roles share",
        *_shared(catalog),
        "",
        "# Roles by family",
        *_families(catalog),
    ]
    if kept := list(_kept(catalog)):
        parts += ["", "# What else is kept", *kept]
    return "\n".join(parts) + "\n"


def lost_paths(catalog: Catalog) -> list[str]:
    """Give what owners are said to keep but is not there."""
    paths = [path for owner in catalog.owners.values() for path in owner.model.keeps]
    return sorted({path for path in paths if not Path(f"{catalog.root}{path}").exists()})


def _shared(catalog: Catalog) -> Iterator[str]:
    """Ask everyone who keeps a role about the vocabulary."""
    used = {role.model.owner for role in catalog.roles.values()}
    yield _line("/roles/vocabulary/", [owner for owner in catalog.owners.values() if owner.id in used])


def _families(catalog: Catalog) -> Iterator[str]:
    families: dict[str, list[Entry[Role]]] = {}
    for role in sorted(catalog.roles.values(), key=lambda role: role.file.path):
        families.setdefault(role.family, []).append(role)
    for family, roles in families.items():
        counts = Counter(str(role.model.owner) for role in roles)
        commonest = min(counts, key=lambda owner: (-counts[owner], owner))
        yield _line(f"/roles/{family}/", [catalog.owners[commonest]])
        for role in roles:
            if role.model.owner != commonest:
                yield _line(f"/{role.file.path}", [catalog.owners[role.model.owner]])


def _kept(catalog: Catalog) -> Iterator[str]:
    keepers: dict[str, list[Entry[Owner]]] = {}
    for owner in catalog.owners.values():
        for path in owner.model.keeps:
            keepers.setdefault(path, []).append(owner)
    for path in sorted(keepers):
        yield _line(path, keepers[path])


def _line(path: str, owners: Iterable[Entry[Owner]]) -> str:
    """Name the handles of owners; where there are none, say so in a comment, because a bare path would ask nobody."""
    owners = list(owners)
    if handles := dict.fromkeys(handle for owner in owners for handle in owner.model.handles):
        return " ".join([path, *handles])
    return f"# {path} is kept by {', '.join(owner.id for owner in owners)}, without a handle yet"
