"""Words of a name that are not the name: forms of address, particles, words for `son of`, marks of a generation.

Sources: the titles of the Debrett's and UN protocol lists that occur in news and on profiles; particles by the catalogue rules
of libraries (IFLA, Names of Persons). Each table is short on purpose: a word that is also a given name stays a word.
"""

from __future__ import annotations

# fmt: off
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "lord", "rev", "revd", "reverend",
    "cllr", "capt", "captain", "sgt", "pc", "dc", "insp", "supt", "col", "colonel", "lt", "maj", "hon", "mme", "mlle", "monsieur",
    "madame", "herr", "frau", "senor", "senora", "dott", "dottore", "ing", "shaikh", "sheikh", "shaykh", "sheikha", "haji",
    "hajji", "mullah", "maulana", "mawlawi", "ayatollah", "imam", "rabbi", "shri", "smt", "dato", "datuk", "doctor", "esq", "phd", "md",
    "kbe", "obe", "cbe", "mbe", "mp",
})
"""Forms of address and letters after a name, which belong to nobody's name."""

PARTICLES = frozenset({
    "af", "al", "av", "bin", "bint", "binti", "ben", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "las", "le", "los", "ten", "ter", "ul", "ur", "van", "vom", "von", "y", "zu", "zum", "zur", "bn", "oglu", "ogly", "kyzy",
})
"""Small words of a name that one writer keeps and another drops. The last word of a name is never one."""

FILIATION = frozenset({"bin", "bint", "binti", "ben", "ibn", "bn", "oglu", "ogly", "kyzy"})
"""Words for son or daughter of. Beside one of them order is meaning: Ali bin Omar is the son, Omar bin Ali the father."""

GENERATIONS = {
    "jr": "younger", "jnr": "younger", "junior": "younger", "sr": "elder", "snr": "elder", "senior": "elder",
    "ii": "second", "iii": "third", "iv": "fourth",
}
"""Marks after a name that tell bearers of one name in one family apart."""
# fmt: on
