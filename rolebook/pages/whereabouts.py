"""Where a translatable text is shown: the page, and its place in the reader's words."""

from rolebook.catalog import Catalog, Entry
from rolebook.messages import OWN_DOMAINS, Message
from rolebook.pages.page import Texts
from rolebook.schema import Model

_ROLE_SECTIONS = {
    "takeaways": "role.takeaways",
    "duty_groups": "role.duties",
    "duties": "role.duties",
    "skills": "role.skills",
    "tools": "role.tools",
    "moves": "role.career",
    "entry_routes": "role.entries",
    "best_practices": "role.practices",
    "faq": "role.questions",
    "onboarding": "role.onboarding",
    "aliases": "card.aliases",
}
PARTS = {"ui": "translations.interface", "form": "translations.form", "vocabulary": "translations.vocabulary"}
"""What the translation files are called that belong to no role."""
_VOCABULARY = {
    "skills": "nav.skills",
    "tools": "nav.tools",
    "products": "nav.tools",
    "levels": "nav.levels",
    "families": "card.family",
    "measures": "role.measures",
    "owners": "card.owner",
    "proficiency": "role.skills",
}


def page_of(catalog: Catalog, message: Message) -> str:
    """Give the page that shows a text, written from the site's root; empty where no single page does."""
    first, second, third, *_ = [*message.address.split("."), "", ""]
    if message.domain.startswith("roles/"):
        return f"/roles/{first}/onboarding/" if second == "onboarding" else f"/roles/{first}/"
    if message.domain != "vocabulary" or second not in getattr(catalog, first, {}):
        return ""
    if third == "onboarding":
        return "/roles/#first-90-days"  # a shared task stands in the plans of several roles
    pages = {
        "skills": f"/skills/{second}/",
        "tools": f"/tools/{second}/",
        "products": f"/tools/{second}/",
        "families": f"/families/{second}/",
        "levels": f"/levels/#level-{second}",
    }
    return pages.get(first, "")


def place_words(texts: Texts, message: Message) -> tuple[str, ...]:
    """Say where a text stands, from the whole to the part, unescaped: a role and its section, a skill."""
    parts = message.address.split(".")
    if message.domain in OWN_DOMAINS:
        return (texts.ui_bare(PARTS[message.domain]),)
    if message.domain == "vocabulary":
        entry = getattr(texts.book.catalog, parts[0], {}).get(parts[1])
        heading = texts.ui_bare(_VOCABULARY[parts[0]])
        return (heading, _name(texts, entry)) if entry else (heading,)
    role = texts.book.catalog.roles.get(parts[0])
    words = [_name(texts, role) if role else parts[0]]
    if parts[1] in _ROLE_SECTIONS:
        words.append(texts.ui_bare(_ROLE_SECTIONS[parts[1]]))
    if parts[1] == "onboarding":
        words.append(texts.ui_bare(f"phase.{parts[2]}"))
    return tuple(words)


def _name(texts: Texts, entry: Entry[Model]) -> str:
    """Give the title of an entry, or the name of a product, which is the same in all languages."""
    return texts.bare(entry, "title") if hasattr(entry.model, "title") else str(getattr(entry.model, "name", entry.id))
