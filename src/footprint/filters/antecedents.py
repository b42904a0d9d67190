"""What a "them" may stand for: people, or the slugs, the jeans or the old invoices that were named before it.

English marks neither; what was named last tells. Where nothing was named, or people were, "them" is taken for people.
"""

from __future__ import annotations

import re

from footprint.filters.reading import Extent, Reading


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


THEM = frozenset(
    {"them", "they", "all of them", "every one of them", "each one of them", "the lot of them", "those", "these"}
)
"""Pronouns that stand for things as well as for people."""

_FARTHEST = 30
"""Words before the pronoun in which it is looked for what it stands for."""

_NAMED = re.compile(r"(?<![\w'])[a-z]{2,}(?![\w'-])")
_TAKEN_UP = re.compile(
    r", (?:all )?(?:the|those|these|my|our|both) (?P<named>(?:[a-z]+ ){0,2}[a-z]+)(?=[.,;:!?\n]|\Z| (?:are|were|is|in|on|from|of|with|that|at) )"
)
"""What a clause ends with to say what its pronoun stands for."""
_PERSONS = re.compile(
    r".*(?:ers|ors|ists|ians|ants|ents|eers|ees|sters|men|women|folk|kids|mates|bags|holes|heads|suckers|tards|wives|ards)\Z"
)
"""Endings of words for people; things that end so are named below."""

_THINGS_LIKE_PERSONS = _words(
    """
    adapters antlers ants apartments attachments badgers banners beavers blisters boilers borders boulders buffers bumpers burgers calculators
    cauliflowers chambers chargers charters clusters coasters collars comments computers condensers containers contents controllers coolers counters
    covers crackers cucumbers detectors documents dollars drawers dusters elements elevators errors escalators events experiments factors feathers
    fenders fertilisers fillers filters fingers floors flowers folders fragments freezers freighters generators gingers gophers grasshoppers hammers
    hamsters hangers headers heaters helicopters indicators ingredients installments instruments investments jumpers ladders layers letters levers
    lighters liners lobsters lockers markers meters mirrors mixers moments monitors monsters motors newsletters numbers offers orders oysters
    pamphlets papers patents payments peppers percents plants plungers pointers posters powers presents printers processors projectors propellers
    putters quarters radiators rafters razors receivers recorders refrigerators reminders requirements rivers rollers rotors routers rubbers rulers
    scanners scooters screwdrivers sectors semaphores sensors servers settlements shelters shoulders showers shutters skewers sliders slippers
    speakers spiders staplers starters statements stickers stoppers strainers streamers sweaters tankers tents thermometers tigers timers toasters
    towers tractors trailers trainers transformers transistors treatments triggers trousers tumblers vectors vouchers wafers washers waters wrappers
    """
)

_NEITHER = _words(
    """
    always anyways besides does goes has his hers its ours perhaps theirs themselves ourselves yours this thus towards upwards was yes plus less unless across
    keeps gets makes takes says thinks wants needs comes looks seems feels knows eats plays runs works likes loves hates lives gives leaves turns tells asks tries uses
    goes helps happens starts stops ends puts sits stands stays wins loses cries dies kills hits hurts news series politics thanks congrats kudos lots loads heaps tons hours minutes seconds days weeks
    months years times nights mornings evenings afternoons weekends mondays tuesdays wednesdays thursdays fridays saturdays sundays christmas
    ways sides words reasons sakes hands feet eyes bus gas
    """
)
"""Words that end as plurals do and name nothing that is killed: verbs, measures of time, parts of phrases."""


def means_things(reading: Reading, pronoun: Extent, people: frozenset[str]) -> bool:
    """Return whether things were named about a pronoun, and nobody by one of the words for people.

    Before it they stand in its sentence or the one before; after it they take it up again.
    """
    if _is_followed_by_things(reading, pronoun, people):
        return True
    start = reading.around(pronoun, _FARTHEST)[0]
    sentence = reading.sentence_at(pronoun[0])
    before = [
        found.group()
        for found in _NAMED.finditer(reading.normal, start, pronoun[0])
        if sentence - reading.sentence_at(found.start()) <= 1
    ]
    named = [word for word in before if _is_plural(word)]
    return bool(named) and not any(word in people or _is_of_people(word) for word in before)


def _is_followed_by_things(reading: Reading, pronoun: Extent, people: frozenset[str]) -> bool:
    """Return whether the pronoun is taken up again by things at the end of its clause: "smash them, the new potatoes"."""
    taken_up = _TAKEN_UP.search(reading.normal, pronoun[1])
    if taken_up is None or reading.sentence_at(taken_up.start()) != reading.sentence_at(pronoun[0]):
        return False
    words = taken_up["named"].split()
    return _is_plural(words[-1]) and not any(word in people or _is_of_people(word) for word in words)


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _NEITHER


def _is_of_people(word: str) -> bool:
    return word not in _THINGS_LIKE_PERSONS and _PERSONS.fullmatch(word) is not None
