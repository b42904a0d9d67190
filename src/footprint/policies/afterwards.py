"""Rules about what is done with a case after its run: who may look at what is sealed, and when a case may end.

No pack can switch them off. The tests that show each stand in `tests/unit/after/test_unlocking.py` and `test_erasing.py`.
"""

from __future__ import annotations

from footprint.errors import RefusedError
from footprint.model.decision import Citation
from footprint.model.record import Id, Line, Record


class AfterRule(Record):
    """One rule, in the words that a refusal has."""

    id: Id
    reason: Line
    mend: Line
    citation: Citation
    test: Line
    """The file of the test that shows it."""

    def refusal(self, *, because: str = "", mend: str = "") -> RefusedError:
        """Return the refusal; `because` and `mend` say more where the case does."""
        reason = f"{self.reason} {because}".strip()
        return RefusedError(rule=self.id, reason=reason, mend=mend or self.mend)


def _rule(id: Id, test: str, *, reason: str, mend: str, article: str) -> AfterRule:
    return AfterRule(
        id=id,
        reason=reason,
        mend=mend,
        citation=Citation(article=article, confirmed=False),
        test=f"tests/unit/after/test_{test}.py",
    )


SECOND_PERSON = _rule(
    "UK-9-second-person",
    "unlocking",
    reason="A sealed item is opened by a second person, whom the settings name, and not by the operator.",
    mend="Name them under [unlockers] in footprint.toml, with the key `footprint case unlocker` prints.",
    article="UK GDPR Art. 5(1)(f), Art. 9; DPA 2018 Sch. 1 Pt 4",
)
CONDITION = _rule(
    "UK-9-condition",
    "unlocking",
    reason="The condition is none that the law of this place knows for what the item may hold.",
    mend="Choose one that `footprint policy conditions` lists for the packs of the case.",
    article="UK GDPR Art. 9(2), Art. 10; DPA 2018 Sch. 1",
)
POLICY_DOCUMENT = _rule(
    "UK-9-policy-document",
    "unlocking",
    reason="The condition needs the appropriate policy document, or the law relied on.",
    mend="Give its reference with --document.",
    article="DPA 2018 Sch. 1 Pt 4 paras. 38 to 41",
)
SPENT = _rule(
    "ROA-4",
    "unlocking",
    reason="It may be a spent conviction, and the role is not one for which those may be asked about.",
    mend="Handle criminal records by the official disclosure for the post, not by this tool.",
    article="Rehabilitation of Offenders Act 1974 s.4; Exceptions Order 1975",
)
BELIEF = _rule(
    "EQ-10",
    "unlocking",
    reason="It may voice a belief, and nobody has said why looking at it is proportionate.",
    mend="Fill in the belief worksheet (`footprint case worksheet`) and give it with --worksheet.",
    article="Equality Act 2010 s.10; Higgs v Farmor's School [2025] EWCA Civ 109",
)
PROTECTED = _rule(
    "EQ-10-protected",
    "unlocking",
    reason="By its worksheet it is a protected belief, and nothing objectionable in its manner: it must not be used.",
    mend="Leave it sealed.",
    article="Equality Act 2010 s.10; Higgs v Farmor's School [2025] EWCA Civ 109",
)
NOT_OVER = _rule(
    "UK-5.1e-over",
    "erasing",
    reason="The case is not over, and its pages may be needed for an appeal:",
    mend="Set the outcome, let the appeal window pass, then prune; or erase the case where it must not be kept.",
    article="UK GDPR Art. 5(1)(e), Art. 22C",
)
HELD = _rule(
    "UK-17-held",
    "erasing",
    reason="Erasure is put off: a claim, a complaint or a court's order.",
    mend="Release the hold first, with its reason.",
    article="UK GDPR Art. 17(3)(e)",
)

PAGES_GONE = _rule(
    "UK-5.1d-pages",
    "answering",
    reason="The captured pages were destroyed, so what the candidate's answer is about cannot be judged again.",
    mend="The answer is recorded. Reject in the review what is not theirs; what was never judged stays unread.",
    article="UK GDPR Art. 5(1)(d), Art. 16",
)
CONSENT_GONE = _rule(
    "UK-7-answer",
    "answering",
    reason="The consent was withdrawn, so nothing is judged under it any more.",
    mend="The answer is recorded. Where consent was the only basis: footprint case erase CASE --because withdrawal.",
    article="UK GDPR Art. 7(3)",
)

AFTERWARDS = (
    SECOND_PERSON, CONDITION, POLICY_DOCUMENT, SPENT, BELIEF, PROTECTED, NOT_OVER, HELD, PAGES_GONE, CONSENT_GONE,
)  # fmt: skip
"""All of them, in the order in which they are asked."""
