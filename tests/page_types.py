"""One page of each type, by its address below a language: what is looked at by axe and shown in the gallery."""

PAGES = (
    "",
    "roles/",
    "roles/customer-service-officer/",
    "roles/customer-service-officer/onboarding/",
    "moves/customer-service-supervisor--process-improvement-specialist/",
    "families/operations/",
    "paths/",
    "paths/?from=customer-service-officer&to=customer-experience-manager",
    "paths/?from=account-manager",
    "paths/?from=account-manager&to=quality-analyst",
    "compare/?roles=customer-service-officer,customer-service-supervisor,quality-analyst",
    "my-skills/?role=customer-service-officer",
    "skills/",
    "skills/coaching/",
    "tools/",
    "tools/crm/",
    "tools/zendesk/",
    "levels/",
    "a-z/",
    "data/",
    "changes/",
    "roles/customer-service-officer/history/",
    "glossary/",
    "contribute/",
    "contribute/change-a-sentence/",
    "contribute/review/",
    "translations/",
)
"""In the knowledge base itself."""
MINIATURE_PAGES = (
    "",
    "roles/",
    "roles/adviser/",
    "roles/adviser/onboarding/",
    "moves/adviser--lead/",
    "families/care/",
    "paths/?from=adviser&to=lead",
    "compare/?roles=adviser,lead",
    "my-skills/?role=lead",
    "skills/",
    "skills/listening/",
    "tools/bell/",
    "levels/",
    "a-z/",
    "data/",
    "translations/",
)
"""In the miniature, for the language that is written from right to left."""
HAS_ANSWERED = (
    "() => !document.querySelector('.rb-tool[hidden]')"
    " && (!location.search || document.querySelector('.rb-result > *, .rb-compare, #rb-fit > *'))"
)
"""Whether the page's script has shown what the address asks for."""
