"""The authorisation rules that hold everywhere and that no pack can switch off, in the order in which they are tested.

The tests that they name are in `footprint.policies.authorise`. The articles are those of the United Kingdom, where the
line was written first; a pack of another place gives the same tests its own words and citations.
"""

from __future__ import annotations

from footprint.model.decision import Citation
from footprint.model.policy import AuthorisationRule
from footprint.model.record import Id


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
)
"""Rules that hold everywhere; a pack can give one of them closer words, and can take none away."""
