"""Describe a role for machines as a schema.org Occupation, safe inside a script element."""

import json
from collections.abc import Iterator

from rolebook.catalog import Entry
from rolebook.pages.page import Texts
from rolebook.schema import Code, Match, Role, Scheme

ESCO = "http://data.europa.eu/esco/occupation/"
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(texts: Texts, role: Entry[Role]) -> str:
    """Describe a role; texts that are not in the page's language are left out, but for its name and summary."""
    model = role.model
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "identifier": role.id,
        "name": texts.bare(role, "title"),
        "description": texts.bare(role, "summary"),
        "mainEntityOfPage": _page(texts, role),
    }
    if texts.book.site_url:
        described["url"] = f"{texts.book.site_url}roles/{role.id}/"
    if model.aliases and texts.is_own(role, "aliases"):
        described["alternateName"] = list(texts.lines(role, "aliases"))
    parts = {
        "responsibilities": list(_responsibilities(texts, role)),
        "skills": list(_skills(texts, role)),
        "experienceRequirements": list(_experience(texts, role)),
        "occupationalCategory": [_category(code) for code in model.codes],
        "sameAs": [f"{ESCO}{code.uuid}" for code in model.codes if code.uuid and code.match is Match.EXACT],
    }
    described |= {key: value for key, value in parts.items() if value}
    return json.dumps(described, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def scheme_name(code: Code) -> str:
    """Give a classification's name with its version, which ISCO-08 has in its name."""
    names = {Scheme.ISCO: "ISCO-08", Scheme.ESCO: f"ESCO {code.version}", Scheme.ONET: f"O*NET-SOC {code.version}"}
    return names[code.scheme]


def _page(texts: Texts, role: Entry[Role]) -> dict[str, str]:
    is_own = texts.is_own(role, "title")
    return {
        "@type": "WebPage",
        "inLanguage": texts.language.code if is_own else role.language,
        "lastReviewed": role.model.reviewed.isoformat(),
    }


def _responsibilities(texts: Texts, role: Entry[Role]) -> Iterator[str]:
    for duty in role.model.duties:
        if texts.is_own(role, "duties", duty.id, "title"):
            yield texts.bare(role, "duties", duty.id, "title")


def _skills(texts: Texts, role: Entry[Role]) -> Iterator[dict[str, str]]:
    for item in role.model.skills:
        skill = texts.book.catalog.skills[item.skill]
        if texts.is_own(skill, "title"):
            term = {"@type": "DefinedTerm", "name": texts.bare(skill, "title"), "termCode": skill.id}
            if texts.book.site_url:
                term["url"] = f"{texts.book.site_url}skills/{skill.id}/"
            yield term


def _experience(texts: Texts, role: Entry[Role]) -> Iterator[dict[str, object]]:
    """Tell what experience each way in from outside takes, in months at least."""
    for route in role.model.entry_routes:
        if texts.is_own(role, "entry_routes", route.id, "title"):
            yield {
                "@type": "OccupationalExperienceRequirements",
                "description": texts.bare(role, "entry_routes", route.id, "title"),
                "monthsOfExperience": route.months[0],
            }


def _category(code: Code) -> dict[str, str]:
    return {"@type": "CategoryCode", "codeValue": code.code, "inCodeSet": scheme_name(code)}
