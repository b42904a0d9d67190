"""How many people may share a name: the odds against a namesake's page being the candidate's, before anything else is known.

Whoever has one of the commonest family names of a large country shares the whole name with thousands. For them a town beside the
name is not enough. The table is the same for every origin: names that at least about one in 500 bears somewhere.
"""

from __future__ import annotations

import math

from footprint.attribution.forms import form_of

# fmt: off
COMMON_FAMILY_NAMES = frozenset({
    # Britain, Ireland, North America, Australia: US Census Bureau 2010; Office for National Statistics, births
    "smith", "jones", "williams", "brown", "taylor", "johnson", "davies", "davis", "wilson", "evans", "thomas", "roberts", "walker",
    "wright", "robinson", "thompson", "white", "hughes", "edwards", "green", "hall", "wood", "harris", "lewis", "martin", "jackson",
    "clarke", "clark", "miller", "anderson", "moore", "murphy", "kelly", "scott", "campbell", "stewart", "macdonald", "mitchell",
    # South Asia and its diaspora: electoral rolls, as summarised by the UK and Canadian censuses
    "patel", "singh", "kaur", "kumar", "sharma", "khan", "ali", "ahmed", "hussain", "begum", "shah", "das", "devi", "islam",
    "akhtar", "malik", "gupta", "reddy", "perera", "fernando",
    # Arabic, Persian and Turkish names: national registers
    "mohamed", "mohammed", "muhammad", "ahmad", "hassan", "hassen", "ibrahim", "mahmoud", "abdullah", "hosseini", "mohammadi",
    "yilmaz", "kaya", "demir", "sahin", "celik",
    # Africa: registers of Nigeria, Ghana, Ethiopia, Senegal, South Africa
    "okafor", "okeke", "mensah", "owusu", "diop", "ndiaye", "diallo", "traore", "dlamini", "nkosi", "naidoo", "tesfaye", "bekele",
    # China, Korea, Vietnam, Japan: Ministry of Public Security 2020; Statistics Korea 2015; General Statistics Office; Myoji Yurai
    "wang", "li", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu", "hu", "lin", "guo", "he",
    "wong", "chan", "lam", "cheung", "kim", "lee", "yi", "park", "choi", "jung", "jeong", "kang", "cho", "yoon", "jang", "lim",
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "vo", "dang", "sato", "suzuki", "takahashi", "tanaka", "watanabe", "ito",
    # Spanish and Portuguese: INE Spain; IBGE Brazil
    "garcia", "gonzalez", "rodriguez", "fernandez", "lopez", "martinez", "sanchez", "perez", "gomez", "hernandez", "ramirez",
    "silva", "santos", "oliveira", "souza", "sousa", "pereira", "ferreira", "costa", "rodrigues", "almeida",
    # The rest of Europe: national statistical offices
    "muller", "schmidt", "schneider", "fischer", "weber", "meyer", "bernard", "rossi", "russo", "ferrari", "jansen",
    "nowak", "kowalski", "kowalska", "novak", "horvath", "nagy", "kovacs", "popescu", "popa", "ivanov", "ivanova", "smirnov",
    "smirnova", "kuznetsov", "kuznetsova", "melnyk", "shevchenko", "papadopoulos", "andersson", "johansson", "hansen", "jensen",
    "nielsen", "korhonen", "cohen", "levy",
})
# fmt: on
"""Folded and romanised. Sources by group; the shares differ, the consequence is one."""

NAMESAKES = 4
"""How many others of one name a search finds, where the name is no common one."""
NAMESAKES_OF_A_COMMON_NAME = 50
"""The same, where the family name is common."""


def is_common(name: str) -> bool:
    """Say whether the family name of a name is one of the commonest, at whichever end it is written."""
    words = form_of(name).words
    ends = {words[0], words[-1]} if len(words) > 1 else set(words)
    return not ends.isdisjoint(COMMON_FAMILY_NAMES)


def prior_of(name: str) -> float:
    """Return the logarithm of the odds for a page with this name being the candidate's, before anything else is known."""
    return -math.log(NAMESAKES_OF_A_COMMON_NAME if is_common(name) else NAMESAKES)
