"""Is this the same person: a tier for each observation, with what speaks for and against it.

(1) A contradiction ends it, whatever else holds.
(2) A declared account or site is tier A, and so is one that a declared profile links to and that links back.
(3) The same name with at least one independent identifier is tier B, if what is beside the name outweighs the namesakes; so is a
variant of the name with at least two.
(4) The name alone, or a name that could be the same, is tier C: undetermined, and shown to nobody.
(5) All else is someone else's. UK GDPR Art. 5(1)(d); LAW UK-5.1d, FCRA-1681e.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from footprint.attribution.features import Material, features_of
from footprint.attribution.namesakes import prior_of
from footprint.model.attribution import Attribution, Feature, Tier
from footprint.model.candidate import Candidate
from footprint.model.observation import Observation

OWN = frozenset({"declared-account", "own-site", "keybase-proof"})
"""Features that make tier A."""

FOR_A_VARIANT = 2
"""Independent identifiers that a form of the name needs beside it."""

MUTUAL = frozenset({"linked-from-declared", "links-back"})
"""Features that make tier A together: only who holds both places can write both links."""

SAID = {
    "declared-account": "the account is one that the candidate declared",
    "own-site": "the site is one that the candidate declared",
    "linked-from-declared": "a profile that the candidate declared links to it",
    "links-back": "the author's profile links to a place that the candidate declared",
    "same-employer": "an employer is the same",
    "same-school": "a school is the same",
    "same-place": "a place is the same",
    "keybase-proof": "a Keybase profile that the candidate declared proves the account",
    "same-email-hash": "the hash of an e-mail address is the same",
    "lives-elsewhere": "another place is named for a time at which the candidate lived elsewhere",
    "age-differs": "the age that is stated is not the candidate's",
    "birth-year-differs": "the year of birth that is stated is not the candidate's",
    "other-author": "another author is named",
    "deceased": "the person is said to be dead",
}
"""What a feature says, in words without names."""


def attribute(
    observations: Iterable[Observation], candidate: Candidate, *, profiles: Sequence[Observation]
) -> Iterator[Attribution]:
    """Yield the attribution of each observation, in their order.

    `profiles` are the profile observations of the run; only those of accounts that the candidate declared are used.
    """
    for observation in observations:
        found = tuple(features_of(Material(observation, candidate, profiles)))
        speaking_for = tuple(feature for feature in found if feature.weight > 0)
        contradictions = tuple(feature for feature in found if feature.weight < 0)
        tier, reason = judge(speaking_for, contradictions)
        yield Attribution(
            observation=observation.id,
            tier=tier,
            features=speaking_for,
            contradictions=contradictions,
            reason=reason,
        )


def judge(features: tuple[Feature, ...], contradictions: tuple[Feature, ...]) -> tuple[Tier, str]:
    """Return the tier that the features give, and the reason in one sentence without names."""
    names = {feature.name for feature in features}
    independent = tuple(feature for feature in features if feature.independent)
    # (1)
    if contradictions:
        return Tier.NONE, _sentence("Someone else", contradictions)
    # (2)
    proof = names & OWN or (MUTUAL if names >= MUTUAL else frozenset())
    if proof:
        return Tier.A, _sentence("The candidate", tuple(feature for feature in features if feature.name in proof))
    # (3)
    same_name = next((feature for feature in features if feature.name == "same-name"), None)
    if same_name and independent:
        return _beside_the_name(same_name, independent)
    variant = next((feature for feature in features if feature.name == "variant-name"), None)
    if variant and len(independent) >= FOR_A_VARIANT:
        return _beside_the_name(variant, independent)
    # (4)
    if names & {"same-name", "variant-name", "similar-name"}:
        return Tier.C, "Undetermined: only the name fits, and many people share a name."
    if "same-handle" in names:
        return Tier.C, "Undetermined: only the user name fits, and anyone may take one."
    # (5)
    return Tier.NONE, "Someone else: neither an account nor the name is the candidate's."


def _beside_the_name(same_name: Feature, independent: tuple[Feature, ...]) -> tuple[Tier, str]:
    """Set the identifiers beside the name against the number of its bearers."""
    if prior_of(same_name.expected) + sum(feature.weight for feature in independent) > 0:
        opening = "The same name" if same_name.name == "same-name" else "A form of the name"
        return Tier.B, _sentence(f"{opening}, and beside it", independent)
    return Tier.C, _sentence("Undetermined: many people have this name, and beside it only", independent)


def _sentence(opening: str, features: tuple[Feature, ...]) -> str:
    return f"{opening}: {', '.join(SAID[feature.name] for feature in features)}."
