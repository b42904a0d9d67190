"""What the candidate's own answer does to an attribution: "is this you?". Pure; whoever reviews writes the event.

(1) A yes makes it a declared place: tier A. What spoke against it stays in the list, for whoever grades.
(2) A no to what only the name, or the name and something beside it, spoke for: one tier lower is someone else's, or undetermined.
(3) A no to a declared or proved place leaves it undetermined: a person must look, and nobody sees the content meanwhile.
(4) No answer, or "I do not know", changes nothing and is held against nobody.
"""

from __future__ import annotations

from footprint.model.attribution import Answer, Attribution, Feature, Tier

CONFIRMED = Feature(name="candidate-confirms", weight=9.2, expected="asked", seen="yes", independent=True)
DENIED = Feature(name="candidate-denies", weight=-3.0, expected="asked", seen="no")

LOWER = {Tier.A: Tier.C, Tier.B: Tier.C, Tier.C: Tier.NONE, Tier.NONE: Tier.NONE}
"""The tier after a denial."""

_DENIED_REASONS = {
    Tier.C: "Undetermined: the candidate says that it is not theirs, and other things speak for it.",
    Tier.NONE: "Someone else: the candidate says so, and only the name fitted.",
}


def confirmed(attribution: Attribution, answer: Answer) -> Attribution:
    """Return the attribution as the candidate's answer leaves it; the machine's own stays with whoever keeps it."""
    if answer is Answer.UNSURE:
        return attribution
    if answer is Answer.MINE:
        return attribution.but(
            tier=Tier.A,
            features=(CONFIRMED, *attribution.features),
            reason="The candidate: they say that it is theirs.",
        )
    tier = LOWER[attribution.tier]
    reason = attribution.reason if attribution.tier is Tier.NONE else _DENIED_REASONS[tier]
    return attribution.but(tier=tier, contradictions=(*attribution.contradictions, DENIED), reason=reason)
