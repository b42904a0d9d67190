"""Write a word of any script in plain Latin letters, so that two spellings of one name can be compared.

Letters are romanised by the tables of `anyascii` (ISC licence). What those tables cannot know is here: a Greek pair of
letters that is one sound, the Arabic article, which letter of a Korean or Chinese name is the family name.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from anyascii import anyascii


class Script(StrEnum):
    """How a name is written, as far as it matters to comparing it."""

    LATIN = "latin"
    ALPHABET = "alphabet"
    """Vowels are written: Cyrillic, Greek, Armenian, Georgian and the rest."""
    ABJAD = "abjad"
    """Short vowels are left out: Arabic, Hebrew, Syriac."""
    ABUGIDA = "abugida"
    """One vowel is understood, the others are signs: Devanagari, Bengali, Tamil, Thai, Khmer."""
    HAN = "han"
    """A letter is a word. Each language reads it its own way; here it is read as Chinese."""
    HANGUL = "hangul"
    KANA = "kana"


_RANGES: tuple[tuple[int, int, Script], ...] = (
    (0x0590, 0x07BF, Script.ABJAD),
    (0x08A0, 0x08FF, Script.ABJAD),
    (0x0900, 0x0FFF, Script.ABUGIDA),
    (0x1000, 0x109F, Script.ABUGIDA),
    (0x1100, 0x11FF, Script.HANGUL),
    (0x1780, 0x17FF, Script.ABUGIDA),
    (0x3040, 0x30FF, Script.KANA),
    (0x3130, 0x318F, Script.HANGUL),
    (0x3400, 0x9FFF, Script.HAN),
    (0xAC00, 0xD7FF, Script.HANGUL),
    (0xF900, 0xFAFF, Script.HAN),
    (0xFB1D, 0xFEFC, Script.ABJAD),
    (0xFF66, 0xFF9F, Script.KANA),
    (0x20000, 0x3FFFF, Script.HAN),
)
"""Unicode blocks, first and last code point; any other letter above Latin belongs to an alphabet."""

_LAST_LATIN = 0x02AF
_LATIN_ADDITIONAL = range(0x1E00, 0x1F00)

EAST_ASIAN = frozenset({Script.HAN, Script.HANGUL, Script.KANA})
"""Scripts in which a name is written without spaces, and in which another letter is another name."""

SPARSE = frozenset({Script.ABJAD, Script.ABUGIDA, Script.HAN, Script.KANA})
"""Scripts whose romanisation keeps the consonants only roughly and the vowels hardly."""

# fmt: off
COMPOUND_FAMILY_NAMES = frozenset({
    "\u6b27\u9633", "\u6b50\u967d", "\u53f8\u9a6c", "\u53f8\u99ac", "\u8bf8\u845b", "\u8af8\u845b", "\u4e0a\u5b98",
    "\u590f\u4faf", "\u53f8\u5f92", "\u7687\u752b", "\u6155\u5bb9", "\u4ee4\u72d0", "\u4e1c\u65b9", "\u6771\u65b9",
    "\ub0a8\uad81", "\ud669\ubcf4", "\uc81c\uac08", "\uc120\uc6b0", "\ub3c5\uace0",
})
"""Chinese and Korean family names of two letters. Source: the Hundred Family Surnames; Statistics Korea, census of 2015."""

KOREAN_FAMILY_NAMES = {
    "\uc774": "lee", "\ub9ac": "lee", "\ubc15": "park", "\ucd5c": "choi", "\uc815": "jung", "\uac15": "kang", "\uc870": "cho",
    "\uc724": "yoon", "\uc784": "lim", "\ub9bc": "lim", "\uc624": "oh", "\uc6b0": "woo", "\uc720": "yoo", "\ub958": "ryu",
    "\ub178": "noh", "\ub85c": "noh", "\uad6c": "koo", "\uae40": "kim", "\uc2e0": "shin", "\uc2ec": "shim", "\ubb38": "moon",
}
"""How families of these names write themselves, which is seldom the official romanisation."""

_VARIANTS = (
    "马馬 陈陳 张張 刘劉 杨楊 黄黃 赵趙 吴吳 孙孫 "
    "罗羅 郑鄭 谢謝 许許 邓鄧 冯馮 叶葉 苏蘇 卢盧 "
    "蒋蔣 贾賈 韦韋 邹鄒 钱錢 严嚴 龙龍竜 万萬 汤湯 "
    "赖賴 颜顏 庄莊 韩韓 齐齊 卫衛 钟鐘鍾 谭譚 陆陸 "
    "国國 华華 丽麗 伟偉 军軍 强強 杰傑 红紅 兰蘭 "
    "凤鳳 云雲 东東 庆慶 宝寶宝 荣榮栄 学學 义義 "
    "广廣広 发發発 贵貴 长長 胜勝 战戰 侠俠 健健 "
    "泽澤沢 斋齋斎 边邊辺 滨濱浜 樱櫻桜 惠恵 岛島"
)
"""Letters of names that are one letter in simplified, traditional and Japanese print. Source: the General Standard Chinese
Characters (2013), appendix 1, and the Joyo list (2010), for the letters that names have most often."""
# fmt: on
_ONE_LETTER = {ord(variant): group[0] for group in _VARIANTS.split() for variant in group[1:]}

_GREEK_PAIRS = (("\u03bf\u03c5", "\u0443"), ("\u03bc\u03c0", "\u0431"))
"""Two Greek letters for one sound, written here by the Cyrillic letter of that sound, which is romanised as u or b."""
_ARABIC_ARTICLE = re.compile(r"^\u0627\u0644(?=\w{3})")
_NO_LETTER = re.compile(r"[^a-z0-9]")


def script_of(word: str) -> Script:
    """Return the script of a word: that of its first letter that is not Latin; kana anywhere makes it Japanese."""
    if word.isascii():
        return Script.LATIN
    found = [script for letter in word[:64] if (script := _script_of_letter(ord(letter))) is not Script.LATIN]
    return Script.KANA if Script.KANA in found else next(iter(found), Script.LATIN)


def _script_of_letter(code: int) -> Script:
    if code <= _LAST_LATIN or code in _LATIN_ADDITIONAL:
        return Script.LATIN
    in_range = (script for first, last, script in _RANGES if first <= code <= last)
    return next(in_range, Script.ALPHABET if unicodedata.category(chr(code))[0] in "LM" else Script.LATIN)


@lru_cache(maxsize=16_384)
def romanise(word: str) -> str:
    """Return a folded word in the letters a to z; a word that has no such letters is returned as it is."""
    if word.isascii():
        return word
    for pair, letter in _GREEK_PAIRS:
        word = word.replace(pair, letter)
    written = _ARABIC_ARTICLE.sub("", word)
    return _NO_LETTER.sub("", anyascii(written).lower()) or word


def split_east_asian(word: str, script: Script) -> tuple[str, ...]:
    """Return the given name and the family name of a Chinese or Korean name written as one word, in Latin letters.

    The given name comes first, as in `normalise`. A word that is no whole name is returned in one piece.
    """
    if script not in (Script.HAN, Script.HANGUL) or not 2 <= len(word) <= 4:
        return (romanise(word),)
    cut = 2 if word[:2] in COMPOUND_FAMILY_NAMES and len(word) > 2 else 1
    family, given = word[:cut], word[cut:]
    return romanise(given), KOREAN_FAMILY_NAMES.get(family) or romanise(family)


def one_letter_form(name: str) -> str:
    """Return a name with the letters that differ only in print brought to one."""
    return name.translate(_ONE_LETTER)
