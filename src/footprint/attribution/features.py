"""What speaks for and against an observation being about the candidate: one table, each feature a pure comparison.

A feature gives the two values that it compared, so that a reader can check it. The name alone never attributes: in one
catalogue of people who share a name, more than one pair in ten was two people. Tiers are made in
`footprint.attribution.matcher` from which features hold; the weights order the reasons, and set the identifiers beside the
name against the number of its bearers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from footprint.attribution.contradictions import (
    age_fits,
    ages,
    birth_years,
    deaths,
    full_mentions,
    sentence_of,
    without_genitive,
)
from footprint.attribution.forms import fold, normalise
from footprint.attribution.mentions import Mention
from footprint.attribution.names import Alignment, best
from footprint.attribution.traces import elsewhere, email_hash, language
from footprint.model.attribution import Feature
from footprint.model.candidate import Candidate, Identifier, IdentifierKind, Relation
from footprint.model.kinds import KINDS
from footprint.model.observation import Engagement, Observation, ObservationKind

NEAR = 300
"""Characters from a name within which an employer or a school is said of its bearer."""

ACCOUNT_ADDRESSES: dict[str, tuple[str, ...]] = {name: kind.pages for name, kind in KINDS.items()}
"""Addresses under which an account of each kind is linked to, as the software of that kind writes them."""

_PART_OF_A_NAME = re.compile(r"[ -][A-Z]")
"""After a place, what makes it a part of something else's name: `Thornbury Gazette`."""

_KEY = re.compile(r"(?P<kind>[a-z][a-z0-9-]*):(?P<handle>[^/]+)@(?P<home>[^@/]+)")


class Compared(NamedTuple):
    """The two values that a feature compared."""

    expected: str
    seen: str


class Material:
    """One observation beside the candidate and the candidate's own profiles, with what several features need."""

    def __init__(self, observation: Observation, candidate: Candidate, profiles: Iterable[Observation]) -> None:
        self.observation = observation
        self.candidate = candidate
        self.own = tuple(entry for entry in candidate.identifiers if entry.relation is Relation.OWN)
        self.declared = {_same_key(entry.key): entry.key for entry in self.own}
        self.profiles = tuple(
            profile for profile in profiles if _same_key(profile.author_account or profile.identifier) in self.declared
        )
        self.text = unicodedata.normalize("NFC", observation.text)

    @cached_property
    def folded(self) -> str:
        """The text without case and accents, position by position."""
        return fold_keeping_length(self.text)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Where the text has one of the candidate's names."""
        return full_mentions(self.text, self.candidate)

    @cached_property
    def author(self) -> tuple[str, Alignment]:
        """The candidate's name that fits the author's best, and how it fits."""
        return best(self.candidate.names, self.observation.author_name)


class Rule(NamedTuple):
    """One row of the table: a feature, its weight, where it comes from and how it is compared."""

    name: str
    weight: float
    source: str
    compare: Callable[[Material], Compared | None]
    independent: bool = False
    """True for what identifies without the name."""


def declared_account(material: Material) -> Compared | None:
    """Compare the account that speaks with the accounts that the candidate declared."""
    account = material.observation.author_account
    key = material.declared.get(_same_key(account)) if account else None
    return Compared(key, account) if key else None


def same_handle(material: Material) -> Compared | None:
    """Compare the user name of an account that was looked for with the one that the candidate gave for it."""
    seen = material.observation
    return Compared(seen.identifier, seen.author_account) if seen.kind is ObservationKind.PRESENCE else None


def own_site(material: Material) -> Compared | None:
    """Compare the place with the sites that the candidate declared; what others wrote there does not count."""
    site = _own_site_of(material)
    if site is None or material.observation.engagement is Engagement.BY_OTHERS:
        return None
    name = material.observation.author_name
    if name and not (material.author[1].is_same or material.author[1].is_similar):
        return None
    return Compared(site.key, material.observation.identifier)


def linked_from_declared(material: Material) -> Compared | None:
    """Look for the author's account or address among the links of the candidate's own profiles."""
    addresses = (*_addresses(material.observation.author_account), material.observation.url)
    links = [link for profile in material.profiles for link in profile.links]
    return next((Compared(link, seen) for link in links for seen in addresses if _leads_to(link, seen)), None)


def links_back(material: Material) -> Compared | None:
    """Look for one of the candidate's own places among the links that the author's profile declares."""
    places = [(entry.key, address) for entry in material.own for address in _addresses(entry.key)]
    links = material.observation.links
    return next((Compared(key, link) for key, place in places for link in links if _same_address(place, link)), None)


def keybase_proof(material: Material) -> Compared | None:
    """Look for the author's account among the places that a declared Keybase profile proves: each side signs for the other."""
    proving = [profile for profile in material.profiles if profile.source == "keybase"]
    addresses = (*_addresses(material.observation.author_account), material.observation.url)
    links = [link for profile in proving for link in profile.links]
    return next((Compared(link, seen) for link in links for seen in addresses if _leads_to(link, seen)), None)


def same_email_hash(material: Material) -> Compared | None:
    """Compare the hash in the address of the author's picture with those of the candidate's e-mail addresses."""
    addresses = (material.observation.url, *material.observation.links)
    shared = email_hash(addresses, material.candidate.email_hashes)
    return Compared(shared, shared) if shared else None


def same_language(material: Material) -> Compared | None:
    """Compare the page's language with the candidate's: it speaks for little and against nobody."""
    spoken = language(material.observation.language, material.candidate.languages)
    return Compared(spoken, material.observation.language) if spoken else None


def lives_elsewhere(material: Material) -> Compared | None:
    """Compare where the bearer of the name is said to live with where the candidate lived at that time."""
    at = material.observation.posted_at
    if at is None:
        return None
    bearers = without_genitive(material.text, material.mentions)
    said = elsewhere(material.text, bearers, at.date(), material.candidate.stays)
    return next((Compared(*pair) for pair in said), None)


def same_name(material: Material) -> Compared | None:
    """Compare the author's name, and the names in the text, with every name that the candidate gave."""
    name, fit = material.author
    if fit.is_same:
        return Compared(name, material.observation.author_name)
    if material.mentions:
        first = material.mentions[0]
        return Compared(material.candidate.name, material.text[first.start : first.end])
    return None


def similar_name(material: Material) -> Compared | None:
    """Compare the author's name, allowing initials and spellings; holds only where the name is not the same."""
    name, fit = material.author
    if material.mentions or fit.is_variant:
        return None
    return Compared(name, material.observation.author_name) if fit.is_similar else None


def variant_name(material: Material) -> Compared | None:
    """Compare the author's name, allowing short forms and other spellings of its sound; holds only where it is not the same."""
    name, fit = material.author
    return Compared(name, material.observation.author_name) if fit.is_variant and not material.mentions else None


def same_employer(material: Material) -> Compared | None:
    """Look for an employer that the candidate gave, near the name."""
    return _near_name(material, material.candidate.employers)


def same_place(material: Material) -> Compared | None:
    """Look for a place that the candidate gave, in the sentence of the name, and not as part of another name.

    The place alone says little in a local newspaper, which has it on every page and in its own title.
    """
    bearers = without_genitive(material.text, material.mentions)
    sentences = [sentence_of(material.text, mention) for mention in bearers]
    for place in material.candidate.places:
        for match in _whole_words(place).finditer(material.folded):
            if _PART_OF_A_NAME.match(material.text, match.end()):
                continue
            if material.author[1].is_same or any(start <= match.start() < end for start, end in sentences):
                return Compared(place, material.text[match.start() : match.end()])
    return None


def same_school(material: Material) -> Compared | None:
    """Look for a school that the candidate gave, near the name."""
    return _near_name(material, material.candidate.schools)


def age_differs(material: Material) -> Compared | None:
    """Compare an age that the text states with the candidate's at that time; undated text states no age."""
    at = material.observation.posted_at
    if at is None:
        return None
    born = material.candidate.born
    stated = (age for age in ages(material.text, material.candidate) if not age_fits(age.value, born, at))
    return next((Compared(f"born {born.year}", age.words) for age in stated), None)


def birth_year_differs(material: Material) -> Compared | None:
    """Compare a year of birth that the text states with the candidate's."""
    born = material.candidate.born.year
    stated = (year for year in birth_years(material.text, material.candidate) if year.value != born)
    return next((Compared(f"born {born}", year.words) for year in stated), None)


def other_author(material: Material) -> Compared | None:
    """Compare the author named on the candidate's own site with the candidate; a single word may be a pen name."""
    seen = material.observation.author_name
    name, fit = material.author
    if _own_site_of(material) is None or declared_account(material) or len(normalise(seen)) == 1 or not fit.conflicts:
        return None
    return Compared(name, seen)


def deceased(material: Material) -> Compared | None:
    """Look for a statement that the person named is dead; the candidate applies for a post."""
    return next((Compared("alive", words) for words in deaths(material.text, material.candidate)), None)


FEATURES: tuple[Rule, ...] = (
    Rule("declared-account", 9.2, "the candidate's form; UK GDPR Art. 5(1)(d)", declared_account, independent=True),
    Rule("own-site", 8.5, "the candidate's form; UK GDPR Art. 5(1)(d)", own_site, independent=True),
    Rule("linked-from-declared", 6.9, "rel=me and verified links", linked_from_declared, independent=True),
    Rule("links-back", 4.6, "rel=me and verified links; anyone may link", links_back, independent=True),
    Rule(
        "same-employer", 5.0, "the candidate's form; two-identifier rule, LAW UK-5.1d", same_employer, independent=True
    ),
    Rule("same-school", 4.6, "the candidate's form; two-identifier rule, LAW UK-5.1d", same_school, independent=True),
    Rule("same-place", 2.3, "the candidate's form; two-identifier rule, LAW UK-5.1d", same_place, independent=True),
    Rule("same-name", 3.0, "never enough alone: LAW UK-5.1d, FCRA-1681e", same_name),
    Rule("keybase-proof", 8.0, "signed statements on both sides, checked by Keybase", keybase_proof, independent=True),
    Rule("same-email-hash", 6.9, "the candidate's form; the hash of one address", same_email_hash, independent=True),
    Rule("same-language", 0.3, "the candidate's form; never enough", same_language),
    Rule("variant-name", 2.0, "never enough alone, and needs two identifiers: LAW UK-5.1d, FCRA-1681e", variant_name),
    Rule("similar-name", 1.0, "never enough alone: LAW UK-5.1d, FCRA-1681e", similar_name),
    Rule("same-handle", 0.5, "never enough alone: anyone may take a user name; LAW UK-5.1d", same_handle),
    Rule("age-differs", -4.6, "contradiction: LAW UK-5.1d", age_differs),
    Rule("birth-year-differs", -5.3, "contradiction: LAW UK-5.1d", birth_year_differs),
    Rule("other-author", -4.6, "contradiction: LAW UK-5.1d", other_author),
    Rule("lives-elsewhere", -3.0, "contradiction: LAW UK-5.1d", lives_elsewhere),
    Rule("deceased", -6.9, "contradiction: LAW UK-5.1d", deceased),
)
"""Every feature, with its weight and its source; a negative weight is a contradiction.

A weight is the natural logarithm of a likelihood ratio: 5.0 says that the feature is some 150 times likelier on a page about the
candidate than on a namesake's. The ratios are judgements of the authors, rounded, not estimates: no public data holds them.
"""


def features_of(material: Material) -> Iterator[Feature]:
    """Yield the features that hold, in the order of the table, each with the two values it compared."""
    for rule in FEATURES:
        compared = rule.compare(material)
        if compared is not None:
            yield Feature(
                name=rule.name,
                weight=rule.weight,
                expected=compared.expected,
                seen=compared.seen,
                independent=rule.independent,
            )


def _own_site_of(material: Material) -> Identifier | None:
    sites = (IdentifierKind.WEBSITE, IdentifierKind.FEED)
    place = _same_key(material.observation.identifier)
    return next((entry for entry in material.own if entry.kind in sites and _same_key(entry.key) == place), None)


def _near_name(material: Material, values: tuple[str, ...]) -> Compared | None:
    """Find one of the values as whole words; near a mention of the name, or anywhere where the author bears the name."""
    for value in values:
        for match in _whole_words(value).finditer(material.folded):
            if material.author[1].is_same or _is_near(material, match.start(), match.end()):
                return Compared(value, material.text[match.start() : match.end()])
    return None


def _is_near(material: Material, start: int, end: int) -> bool:
    return any(start - NEAR <= mention.end and mention.start <= end + NEAR for mention in material.mentions)


def _whole_words(value: str) -> re.Pattern[str]:
    words = re.split(r"\s+", fold_keeping_length(unicodedata.normalize("NFC", value)).strip())
    return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in words) + r"(?!\w)")


def fold_keeping_length(text: str) -> str:
    """Return text without case and accents, letter for letter, so that positions stay those of the text (NFC)."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _Folding(dict[int, str]):
    """The folded form of each letter, where it is one letter, worked out when the letter is first seen."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDED = _Folding()


def _same_key(key: str) -> str:
    """Return a key in the one form of its kind: user names are without case there, and a wiki's first letter is."""
    match = _KEY.fullmatch(key)
    if match is None:
        return key.removesuffix("/")
    handle = match["handle"]
    if match["kind"] == IdentifierKind.MEDIAWIKI:
        handle = handle.replace("_", " ")
        handle = handle[:1].upper() + handle[1:]
    else:
        handle = handle.casefold()
    return f"{match['kind']}:{handle}@{match['home'].casefold()}"


def _addresses(key: str) -> tuple[str, ...]:
    kind, _, rest = key.partition(":")
    match = _KEY.fullmatch(key)
    handle, home = (match["handle"], match["home"]) if match else (rest, "")
    patterns = ACCOUNT_ADDRESSES.get(kind, ())
    return tuple(pattern.format(handle=handle.replace(" ", "_"), home=home) for pattern in patterns)


def _plain(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        # A page may declare any text as a link.
        return "", address
    return parts.netloc.casefold(), f"{parts.path.rstrip('/').casefold()}?{parts.query}".removesuffix("?")


def _same_address(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _leads_to(link: str, address: str) -> bool:
    """Say whether a declared link is an address, or a folder above it; the root of a host is a folder of strangers."""
    if _same_address(link, address):
        return True
    (host, folder), (other_host, path) = _plain(link), _plain(address)
    return host == other_host and bool(folder) and path.startswith(f"{folder}/")
