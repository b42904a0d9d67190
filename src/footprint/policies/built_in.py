"""What holds everywhere and no pack can switch off: rules about the run, rules about each item, and the hard refusals.

The tests that the rules name are in `footprint.policies.authorise` and `footprint.filters.legality`. The articles are those
of the United Kingdom, where the line was written first; a pack of another place gives the same tests its own words and
citations.
"""

from __future__ import annotations

from footprint.model.decision import Citation, Effect
from footprint.model.policy import AuthorisationRule, LegalityRule
from footprint.model.record import Id, Line, Record


def _rule(id: Id, test: str, *, reason: str, mend: str, article: str) -> AuthorisationRule:
    # Unconfirmed throughout: the law table gives these provisions from memory.
    return AuthorisationRule(
        id=id, test=test, reason=reason, mend=mend, citation=Citation(article=article, confirmed=False)
    )


BUILT_IN: tuple[AuthorisationRule, ...] = (
    _rule(
        "UK-7-subject",
        "subject_is_the_candidate",
        reason="The consent is missing for this person: the record is about someone else.",
        mend="Give the consent record whose subject is this candidate's id.",
        article="UK GDPR Art. 7(1)",
    ),
    _rule(
        "UK-30-clock",
        "clock_runs_forwards",
        reason="The clock runs backwards: something was logged later than now.",
        mend="Set the machine's clock, then start again.",
        article="UK GDPR Art. 5(2)",
    ),
    _rule(
        "UK-30-created",
        "record_is_not_of_the_future",
        reason="The consent record was created later than now.",
        mend="Correct the time in created, or set the machine's clock.",
        article="UK GDPR Art. 5(2)",
    ),
    _rule(
        "UK-30-future",
        "events_are_not_of_the_future",
        reason="The consent record holds an event that is later than now.",
        mend="Record events when they happen, and set the machine's clock if it is wrong.",
        article="UK GDPR Art. 5(2)",
    ),
    _rule(
        "UK-7-withdrawn",
        "consent_is_not_withdrawn",
        reason="The consent was withdrawn.",
        mend="Read nothing more; only the candidate can give consent again, and a ConsentGiven event then records it.",
        article="UK GDPR Art. 7(3)",
    ),
    _rule(
        "UK-7-refused",
        "consent_is_not_refused",
        reason="The consent was refused.",
        mend="Go on without this check; a refusal must not count against the candidate.",
        article="UK GDPR Art. 7(4)",
    ),
    _rule(
        "UK-7-expired",
        "consent_is_not_expired",
        reason="The consent has expired.",
        mend="Ask the candidate again and add a RenewedConsentGiven event.",
        article="UK GDPR Art. 7(1)",
    ),
    _rule(
        "UK-7-invalidated",
        "consent_is_not_invalidated",
        reason="A court or an authority declared the consent invalid.",
        mend="Read nothing more, and ask the data protection officer.",
        article="UK GDPR Art. 7",
    ),
    _rule(
        "UK-7",
        "consent_is_given",
        reason="The consent is neither given nor renewed at this time.",
        mend="Add a ConsentGiven event with the time and the way in which the candidate gave it.",
        article="UK GDPR Art. 7(1)",
    ),
    _rule(
        "UK-7-scope",
        "scope_has_not_expired",
        reason="The time for which the consent was given is over.",
        mend="Ask the candidate again and record a new authorisation with a later scope.expires.",
        article="UK GDPR Art. 5(1)(e)",
    ),
    _rule(
        "UK-13",
        "notice_is_delivered",
        reason="The notice has not been delivered.",
        mend="Deliver the privacy notice and record the time as notice.delivered_at.",
        article="UK GDPR Art. 13 and 14",
    ),
    _rule(
        "UK-13-time",
        "notice_is_delivered_in_time",
        reason="The notice is delivered later than now, and nothing may be read before it.",
        mend="Wait until the notice has been delivered, or correct notice.delivered_at.",
        article="UK GDPR Art. 13 and 14",
    ),
    _rule(
        "UK-13-acknowledged",
        "notice_is_acknowledged",
        reason="The notice has not been acknowledged after it was delivered.",
        mend="Have the candidate acknowledge the notice and record the time as notice.acknowledged_at.",
        article="UK GDPR Art. 5(1)(a), 13 and 14",
    ),
    _rule(
        "UK-5.1a",
        "basis_is_recorded",
        reason="The lawful basis is missing; consent to be checked is not a basis by itself.",
        mend="Add a lawful_basis with its article, law, assessment and approval.",
        article="UK GDPR Art. 5(1)(a) and 6",
    ),
    _rule(
        "UK-5.1a-approved",
        "basis_is_approved",
        reason="The lawful basis is not approved yet.",
        mend="Have it approved and record the time as approved_at.",
        article="UK GDPR Art. 5(2)",
    ),
    _rule(
        "UK-5.1a-consent",
        "choice_is_free",
        reason="Consent is the lawful basis, but nothing shows that the candidate could freely refuse.",
        mend="Record another basis, or say in free_choice why a refusal has no consequence.",
        article="UK GDPR Art. 7(4) and recital 43; EDPB Guidelines 05/2020",
    ),
    _rule(
        "UK-30-packs",
        "packs_are_composed",
        reason="The packs or the role in force are not those that the consent record names.",
        mend="Compose the policies from this consent record.",
        article="UK GDPR Art. 5(2)",
    ),
    _rule(
        "UK-30",
        "policy_matches",
        reason="The consent names another policy, or another version of it, than the one in force.",
        mend="Ask for consent under the policy in force, or put the policy that the consent names into the workspace.",
        article="UK GDPR Art. 5(2)",
    ),
    _rule(
        "UK-30-effective",
        "policy_is_effective",
        reason="The policy is not in effect yet.",
        mend="Wait until its effective date, or use the policy that is in effect.",
        article="UK GDPR Art. 5(2)",
    ),
    _rule(
        "UK-30-review",
        "policy_is_reviewed",
        reason="The policy is past its review date.",
        mend="Review the policy, publish it with a new version and review_due, and refer the consent to that version.",
        article="UK GDPR Art. 5(2)",
    ),
    _rule(
        "UK-5.1b-runs",
        "runs_are_left",
        reason="The runs that the consent allows are used up.",
        mend="Ask the candidate again and record a new authorisation; a stopped run can be resumed.",
        article="UK GDPR Art. 5(1)(b) and (c)",
    ),
    _rule(
        "UK-5.1b-purpose",
        "purpose_is_known",
        reason="The purpose is not one that this check can serve.",
        mend="Set scope.purpose to a purpose such as dpv:RecruitmentApplicantBackgroundCheck.",
        article="UK GDPR Art. 5(1)(b)",
    ),
    _rule(
        "UK-5.1b-sources",
        "sources_bear_on_the_role",
        reason="The scope names no source that bears on the role.",
        mend="Name at least one source of the role pack in scope.sources, with the candidate's agreement.",
        article="UK GDPR Art. 5(1)(b) and (c)",
    ),
    _rule(
        "UK-6.1f",
        "categories_are_necessary",
        reason="The scope names a category for which the role pack shows no necessity.",
        mend="Take the category out of scope.categories, or use the role pack that shows why it is needed.",
        article="UK GDPR Art. 5(1)(c) and 6(1)",
    ),
    _rule(
        "UK-5.1b-length",
        "window_fits_the_role",
        reason="The window is longer than the role pack allows.",
        mend="Shorten scope.window to the years of the role pack.",
        article="UK GDPR Art. 5(1)(b) and (c)",
    ),
    _rule(
        "UK-5.1c-early",
        "early_stage_is_justified",
        reason="Applicants are checked before the shortlist, and nothing on the record justifies it.",
        mend="Wait for the shortlist, or declare early-stage with the written justification and where it is kept.",
        article="UK GDPR Art. 5(1)(c); ICO, draft guidance on pre-employment vetting of candidates",
    ),
)
"""Rules that hold everywhere; a pack can give one of them closer words, and can take none away."""


def _item(id: Id, test: str, *, reason: str, citation: Citation, lexicon: str | None = None) -> LegalityRule:
    return LegalityRule(id=id, effect=Effect.EXCLUDE, test=test, lexicon=lexicon, reason=reason, citation=citation)


def _unread(article: str) -> Citation:
    return Citation(article=article, confirmed=False)


LEGALITY_VERSION = "built-in 1.0"
"""Version that a decision of a built-in rule about an item cites."""

BUILT_IN_LEGALITY: tuple[LegalityRule, ...] = (
    _item(
        "EQ-AGE",
        "under_age",
        reason="Written when the candidate was younger than the least age in scope.",
        citation=_unread("UK GDPR Art. 5(1)(a) and (c), fairness towards what was written in childhood"),
    ),
    _item(
        "UK-5.1b-window",
        "out_of_window",
        reason="Written outside the window that the consent and the role allow.",
        citation=_unread("UK GDPR Art. 5(1)(b) and (c)"),
    ),
    _item(
        "UK-5.1d",
        "undated",
        reason="The time of writing is not known, so neither the age nor the window can be checked.",
        citation=_unread("UK GDPR Art. 5(1)(d)"),
    ),
    _item(
        "UK-5.1c-like",
        "like",
        reason="A like is not a statement by the candidate.",
        citation=_unread("UK GDPR Art. 5(1)(c) and (d)"),
    ),
    _item(
        "UK-5.1c-engagement",
        "engagement",
        reason="This kind of engagement is outside the scope of the consent or of the role.",
        citation=_unread("UK GDPR Art. 5(1)(b) and (c)"),
    ),
    _item(
        "TU-1",
        "topic",
        lexicon="union",
        reason="It concerns membership or activities of a trade union, of which no list may be made.",
        citation=Citation(
            article="Employment Relations Act 1999 (Blacklists) Regulations 2010, SI 2010/493, reg. 3",
            address="https://www.legislation.gov.uk/uksi/2010/493/regulation/3",
            confirmed=True,
        ),
    ),
)
"""Rules about an item that stand where no pack in force asks the same at least as strictly."""


class HardRefusal(Record):
    """Something that footprint never does, whatever a pack or a flag says."""

    id: Id
    never: Line
    law: tuple[Id, ...]
    """Ids of the law table that ask for it."""
    enforced_by: Line
    """What stands in the way: a rule, a closed list, or that there is nothing that could do it."""


HARD_REFUSALS: tuple[HardRefusal, ...] = (
    HardRefusal(
        id="NEVER-LOGIN",
        never="Log in, or ask for a password, a cookie or a token of the candidate's",
        law=("RIPA-3", "CMA-1", "US-PASSWORDS"),
        enforced_by="The client's one method sends a GET without cookie, authorisation header or body; no record has a field for a secret",
    ),
    HardRefusal(
        id="NEVER-ENGAGE",
        never="Follow, like, join, answer, message or befriend, or read a followers list",
        law=("RIPA-3", "RIPA-4"),
        enforced_by="GET only; no collector plans a list of followers or friends; the audit log's closed list of actions has none",
    ),
    HardRefusal(
        id="NEVER-FACE",
        never="Recognise a face, or infer emotion, personality or a protected characteristic",
        law=("EQ-4", "EU-AIACT"),
        enforced_by="No planned request accepts a picture; no model or library for it is among the dependencies; no record has a field for the answer",
    ),
    HardRefusal(
        id="NEVER-SCORE",
        never="Score, rank or recommend a person, or write an outcome from code",
        law=("UK-22A", "NYC-LL144", "EU-AIACT"),
        enforced_by="The report's schema has no field for a score, a rank or a recommendation",
    ),
    HardRefusal(
        id="NEVER-BULK",
        never="Check a list of applicants, or anyone before the shortlist without a written justification",
        law=("UK-5.1b", "UK-35"),
        enforced_by="UK-5.1c-early is built in; a run takes one profile with one consent, whose subject that profile must be",
    ),
    HardRefusal(
        id="NEVER-MONITOR",
        never="Watch a person over time, or look again and again",
        law=("RIPA-2",),
        enforced_by="UK-5.1b-runs and UK-7-scope are built in; runs and visits are bounded by the consent's shape; no command repeats itself",
    ),
    HardRefusal(
        id="NEVER-UNION",
        never="Store, list or export that someone belongs to a trade union or took part in its activities",
        law=("TU-1", "US-NLRA"),
        enforced_by="TU-1 is built in: such an item is excluded, and what is excluded keeps ids, rules and a salted digest, no text",
    ),
)
"""Each is shown by a test of the same id in `tests/law`."""
