"""Rows for what is told of others: what must match beside what must not. All of it is invented."""

from __future__ import annotations

Rows = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

TOLD_ROWS: Rows = {
    "health.told": (
        ("The applicant was diagnosed with schizophrenia.", "She receives a disability pension."),
        ("Cancer research is dear.", "Schizophrenia is the theme of the play."),
    ),
    "health.finding": (
        ("There is a fracture of the left wrist.", "Mild arthrosis of the spine."),
        ("A fracture in the party.", "The left shoe."),
    ),
    "nationality.told": (
        ("A Polish national lodged the complaint.", "They are of Turkish origin."),
        ("The Turkish government replied.", "Polish bread."),
    ),
    "race.minority": (
        ("He spoke about the Kurdish question.", "Kurdish families came."),
        ("Kurdish tea is strong.", "The question is open."),
    ),
    "race.people": (("The Sami live in the north.",), ("The north is cold.",)),
    "race.told": (("A black woman applied.",), ("A black van and a woman.",)),
    "politics.told": (
        ("He is a member of the Green Party.", "Propaganda in favour of the PKK."),
        ("The green lamp party.", "A member of the choir."),
    ),
    "religion.told": (
        ("He became one of the Jehovah's Witnesses.", "She was baptised as a Catholic."),
        ("Witnesses saw the van.", "A catholic taste in lamps."),
    ),
    "orientation.told": (
        ("He is homosexual.", "She lived in a same-sex relationship."),
        ("Gay bars are loud.", "He is late."),
    ),
    "sex.told": (("He was refused as he was not a woman.",), ("A woman waved.",)),
}
"""By rule of the lexicon of what is told of others."""
