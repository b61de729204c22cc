"""All checks of a knowledge base, in the order they are run.

A check is a generator of findings; it reads what was loaded and touches neither disk nor terminal.
"""

from rolebook.checks.completeness import check_active_roles, check_proficiency_list, check_reviews, check_use
from rolebook.checks.docs import (
    check_docs_folders,
    check_hand_written_pages,
    check_page_headings,
    check_page_languages,
    check_page_names,
)
from rolebook.checks.form import check_comments
from rolebook.checks.knowledge import Check, Knowledge, LanguageCheck
from rolebook.checks.ladders import (
    check_moves,
    check_moves_to_retired,
    check_proficiencies,
    check_promotion_cycles,
    check_promotion_levels,
    check_replacements,
)
from rolebook.checks.links import check_keywords, check_links, check_translated_links
from rolebook.checks.plans import check_plans_build_skills, check_shared_tasks
from rolebook.checks.redirects import check_redirects
from rolebook.checks.references import (
    check_aliases,
    check_families,
    check_groups,
    check_ids,
    check_languages,
    check_places,
    check_references,
    check_tool_ids,
)
from rolebook.checks.translations import check_placeholders, check_po_entries, check_translation_states
from rolebook.checks.writing import check_translated_writing, check_writing, well_written
from rolebook.findings import Finding
from rolebook.languages import Language

__all__ = ["CHECKS", "CHECKS_OF_TRANSLATIONS", "Knowledge", "run_checks", "run_checks_of_translations", "well_written"]

CHECKS: tuple[Check, ...] = (
    check_places,
    check_comments,
    check_ids,
    check_tool_ids,
    check_aliases,
    check_families,
    check_languages,
    check_references,
    check_redirects,
    check_groups,
    check_moves,
    check_promotion_levels,
    check_promotion_cycles,
    check_moves_to_retired,
    check_proficiencies,
    check_replacements,
    check_active_roles,
    check_proficiency_list,
    check_use,
    check_plans_build_skills,
    check_shared_tasks,
    check_reviews,
    check_links,
    check_keywords,
    check_docs_folders,
    check_hand_written_pages,
    check_page_headings,
    check_page_languages,
    check_page_names,
    check_writing,
)

CHECKS_OF_TRANSLATIONS: tuple[LanguageCheck, ...] = (
    check_po_entries,
    check_placeholders,
    check_translation_states,
    check_translated_links,
    check_translated_writing,
)


def run_checks(knowledge: Knowledge) -> list[Finding]:
    """Run every check of what was written and collect all findings."""
    return [finding for check in CHECKS for finding in check(knowledge)]


def run_checks_of_translations(knowledge: Knowledge, language: Language) -> list[Finding]:
    """Run every check of the translations of one language and collect all findings."""
    return [finding for check in CHECKS_OF_TRANSLATIONS for finding in check(knowledge, language)]
