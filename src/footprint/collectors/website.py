"""The candidate's own website: the page they named, and the feed that it advertises."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from footprint.collectors.address import literal, scheme_of
from footprint.collectors.answer import malformed, origin, read_page, tried
from footprint.collectors.catalog import manifest
from footprint.collectors.entries import FEED_TYPES, every_entry, older_pages
from footprint.collectors.interface import Collector, Fetch
from footprint.errors import UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.web.html import ParsedPage

SHORT = 2000
"""Characters of the page's introduction that go into the profile: it is a bio that is wanted, not the site."""


SOFT_404 = re.compile(
    r"\W*((error|fehler|erreur)\W*)?404\b|(page|site|blog|document|file) (was )?(not found|does(n.t| not) exist)|not found\b"
    r"|(seite|datei) (wurde )?nicht gefunden|page (introuvable|non trouv)|sivua ei löy",
    re.IGNORECASE,
)
"""How the title of a page begins that is served as 200 and says that it is not there."""
MISSING = "ABSENT-SOFT-404"


class Website(Collector):
    """Reads one page and one feed of a site that the candidate named as theirs."""

    manifest = manifest("website")

    def plan(self, identifier: Identifier) -> tuple[PlannedRequest, ...]:
        page = PlannedRequest(
            id="website.page",
            source="website",
            identifier=identifier.key,
            template=literal(identifier),
            purpose="the page named, its h-card and its links to the owner's profiles",
        )
        feed = page.but(
            id="website.feed",
            template=f"{scheme_of(identifier)}://{identifier.home}/{{+path}}",
            purpose="the feed that the page advertises",
            accept=FEED_TYPES,
        )
        return (page, feed, older_pages(feed, identifier))

    async def collect(self, candidate: Candidate, identifier: Identifier, fetch: Fetch) -> AsyncIterator[Observation]:
        page_request, feed_request, older = self.plan(identifier)
        page = await fetch(page_request.at(page_request.template))
        parsed = read_page(page)
        if SOFT_404.match(parsed.title):
            raise UnreadableError(UnknownReason.ABSENT, MISSING)
        yield _profile(parsed, page, identifier)
        # Only a feed on the same host is planned; the first is the site's main one by custom.
        address = next((feed for feed in parsed.feeds if feed_request.allows(feed)), None)
        answer = await tried(fetch, feed_request.at(address)) if address is not None else None
        if answer is not None:
            found = every_entry(answer, older, fetch, identifier=identifier, candidate=candidate)
            async for observation in found:
                yield observation


def _profile(parsed: ParsedPage, page: Page, identifier: Identifier) -> Observation:
    owner = parsed.owner
    about = (owner.note, ", ".join(filter(None, (owner.title, owner.org, owner.locality)))) if owner else ()
    texts = dict.fromkeys(filter(None, (*about, parsed.description, parsed.intro[:SHORT].strip())))
    if not texts and not parsed.title and owner is None:
        raise malformed(page, "nothing to read in the page")
    declared = (*parsed.rel_me, *(owner.same_as if owner else ()))
    return Observation(
        **origin(page, identifier),
        kind=ObservationKind.PROFILE,
        text="\n".join(texts),
        engagement=Engagement.ORIGINAL,
        url=page.url,
        author_name=(owner.name if owner else "") or parsed.author,
        author_account=identifier.key,
        links=tuple(link for link in dict.fromkeys(declared) if link != page.url),
        language=parsed.language,
        place="html",
    )
