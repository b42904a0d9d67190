"""The bytes of a page to its text: by the charset that it states, or that its bytes show."""

from __future__ import annotations

import codecs
import re

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
"""Half a surrogate pair is no character: JSON and careless parsers let it in, and no encoder lets it out."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LATIN = frozenset(("iso8859-1", "ascii"))
_SAFE_CODECS = re.compile(
    r"^(utf-8|utf-16(-[lb]e)?|ascii|iso8859-\d+|cp125\d|cp866|cp874|koi8-[ru]|mac-(roman|cyrillic)"
    r"|gb2312|gbk|gb18030|big5(hkscs)?|euc_(jp|kr)|shift_jis|cp932|cp949|iso2022_jp|tis-620)$"
)


def decode(body: bytes, charset: str | None = None) -> str:
    """Return the text of a page: by byte-order mark, HTTP header, the page's own word, UTF-8, Windows-1252, in this order.

    Bytes that have no meaning become U+FFFD. Codecs that the web does not use, such as UTF-7, are not obeyed.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    for label in (charset, _declared(body)):
        codec_name = _codec(label)
        if codec_name is not None:
            return body.decode(codec_name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def printable(text: str) -> str:
    """Return text without control characters and halves of surrogate pairs."""
    return _CONTROLS.sub("", text)


def clean(markup: str, *, instead: str = "") -> str:
    """Return markup as a parser may have it: without the XML declaration, which would speak of other bytes, and with something
    else in place of every control character."""
    return _CONTROLS.sub(instead, _XML_DECLARATION.sub("", markup))


def _declared(body: bytes) -> str | None:
    start = body[:2048]
    found = _XML_CHARSET.search(start) or _META_CHARSET.search(start)
    return found[1].decode("ascii") if found else None


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    if name in _LATIN:
        return "cp1252"  # what browsers do (WHATWG Encoding)
    return name if _SAFE_CODECS.match(name) else None
