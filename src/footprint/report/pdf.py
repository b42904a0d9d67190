"""A view as PDF/A-3 with PDF/UA, its JSON attached. Needs the extra `pdf` (WeasyPrint), which is loaded only here."""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import Protocol

from footprint.errors import InputError

NEEDED = "the extra `pdf`: pip install 'footprint[pdf]', and on Debian the package libpangoft2-1.0-0"

_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""Says "PDF/UA-1" in the metadata, and describes that property as PDF/A-3 asks for one it does not know (ISO 19005-3, 6.6.2.3)."""


def render_pdf(html: bytes, attached: bytes, *, name: str, at: datetime) -> bytes:
    """Return a view's HTML as a tagged PDF that holds the view's JSON as the attachment `name`.

    The same bytes for the same input, fonts and version of WeasyPrint: its identifier is the digest of the input, its
    times are those of the report. Raises InputError where WeasyPrint is not there.
    """
    weasyprint = _weasyprint()
    # A report stands alone: nothing is fetched for it, not even from the disk.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=("none",))
    document = weasyprint.HTML(string=html.decode(), url_fetcher=nothing).render(pdf_variant="pdf/a-3a")
    metadata = document.metadata
    metadata.created = metadata.modified = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    _claim_ua(metadata)
    attachment = weasyprint.Attachment(
        string=attached.decode(),
        name=name,
        description="The same view for programs",
        created=at,
        modified=at,
        relationship="Data",
    )
    identifier = hashlib.sha256(html + attached).hexdigest()[:32].encode()
    with warnings.catch_warnings():
        # WeasyPrint leaves its colour profile to the collector to close.
        warnings.simplefilter("ignore", ResourceWarning)
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a", pdf_identifier=identifier, attachments=[attachment])
    return pdf


def _weasyprint() -> ModuleType:
    try:
        import weasyprint
        import weasyprint.urls
    except (ImportError, OSError) as error:  # OSError: its C libraries are not there
        raise InputError(where="--pdf", expected=NEEDED) from error
    # It tells of every property that it does not know, and could tell words of a page.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    loaded: ModuleType = weasyprint
    return loaded


class _Metadata(Protocol):
    generate_rdf_metadata: Callable[..., bytes]


def _claim_ua(metadata: _Metadata) -> None:
    """WeasyPrint writes one standard into the metadata; the tags that it makes for PDF/A-3a are those of PDF/UA."""
    plain = metadata.generate_rdf_metadata

    def with_ua(*words: object) -> bytes:
        return plain(*words).replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = with_ua
