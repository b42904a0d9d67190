"""Find what leads straight to a person: addresses of mail, accounts, telephones, homes, and numbers of papers and cards.

Numbers that carry a check digit are checked, so that an order number is not taken for a bank card.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from footprint.filters.reading import Extent

_EMAIL = re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w.@+-])@\w[\w.-]*\w(?:@[\w-]+(?:\.[\w-]+)+)?")
# Each begins with a sign, and looks back from there: `re` then skips to the next such sign, which it does not from a look-behind.
_PHONE = re.compile(r"[+(0](?<![\w+.,/-].)(?:(?<=\+)\d|(?<=\()0|(?<=0))[\d ().-]{7,20}\d(?![\w/]|[.,]\d)")
_STREET = re.compile(
    r"\d(?<!\w.)\d{0,3}[A-Za-z]?,? (?:[A-Z][\w'-]+ ){1,3}"
    r"(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Square|Court|Terrace|Crescent|Gardens|Way|Place|Row|Grove|Hill|Mews)(?!\w)"
)
_POSTCODE = re.compile(r"[A-Z](?<!\w.)[A-Z]?\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}(?!\w)")
_INSURANCE_NUMBER = re.compile(r"[A-CEGHJ-PR-TW-Z](?<!\w.)[A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)")
_NUMBER_PLATE = re.compile(r"[A-HJ-PR-Y](?<!\w.)[A-HJ-PR-Y]\d{2} ?[A-HJ-PR-Z]{3}(?!\w)")
_CARD = re.compile(r"\d(?<![\w.-].)(?:[ -]?\d){12,18}(?![\w-])")
_CASE_NUMBER = re.compile(
    r"[NnCcRrAa№](?<!\w.)"
    r"(?:(?<=[Nn])os?\.?|(?<=[Nn])umbers?|(?<=[Cc])ase|(?<=[Rr])ef(?:erence)?\.?|(?<=[Aa])pplication|(?<=№))[ \u00a0]?"
    r"(?:[A-Z]{0,4}[ -]?\d{1,6}(?:[/.-][A-Z\d]{1,6}){1,3})"
    r"(?:(?:, | and |; )\d{1,6}/\d{2,4})*(?!\w)"
)
"""Numbers of cases and files lead to a person in any register that is open: `no. 12345/67`."""
_IBAN = re.compile(r"[A-Z](?<!\w.)[A-Z]\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")


_DIGIT, _AT = re.compile(r"\d"), re.compile("@")


def _plain(*patterns: re.Pattern[str], sign: re.Pattern[str] = _DIGIT) -> Callable[[str], Iterator[Extent]]:
    """Return a finder of what some patterns find, in a text that has the sign which all of them need."""

    def find(text: str) -> Iterator[Extent]:
        if sign.search(text) is not None:
            for pattern in patterns:
                for found in pattern.finditer(text):
                    yield found.span()

    return find


def _find_phones(text: str) -> Iterator[Extent]:
    """A telephone number has 9 to 15 digits (ITU-T E.164 allows 15 at most)."""
    for found in _PHONE.finditer(text):
        if 9 <= sum(sign.isdigit() for sign in found.group()) <= 15:
            yield found.span()


def _find_identifiers(text: str) -> Iterator[Extent]:
    if _DIGIT.search(text) is None:
        return
    yield from _find_papers(text)
    for found in _CARD.finditer(text):
        if has_luhn_digit(found.group()):
            yield found.span()
    for found in _IBAN.finditer(text):
        if has_iban_digits(found.group()):
            yield found.span()


_find_papers = _plain(_INSURANCE_NUMBER, _NUMBER_PLATE, _CASE_NUMBER)


def has_luhn_digit(number: str) -> bool:
    """Return whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def has_iban_digits(number: str) -> bool:
    """Return whether the two check digits hold (ISO 13616, modulo 97)."""
    plain = number.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


FINDERS: Mapping[str, Callable[[str], Iterator[Extent]]] = MappingProxyType(
    {
        "email": _plain(_EMAIL, sign=_AT),
        "handle": _plain(_HANDLE, sign=_AT),
        "phone": _find_phones,
        "address": _plain(_STREET, _POSTCODE),
        "identifier": _find_identifiers,
    }
)
"""The finder of each class of identifier."""
