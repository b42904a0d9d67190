"""An invented candidate, and observations around her."""

from datetime import UTC, date, datetime

from footprint.model.candidate import Candidate
from footprint.model.observation import Observation

MAIL = "a1" * 32
"""The hash of an address that the candidate gave."""

LONG_AGO = datetime(2012, 6, 12, tzinfo=UTC)

CANDIDATE = Candidate.model_validate(
    {
        "id": "C-17",
        "name": "Mara Quill",
        "born": date(1994, 3, 8),
        "places": ["Thornbury Vale"],
        "employers": ["Northgate Transit"],
        "schools": ["École Aldmoor"],
        "email_hashes": [MAIL],
        "languages": ["en-GB"],
        "stays": [{"place": "Thornbury Vale", "first": date(2020, 1, 1)}],
        "identifiers": [
            {"kind": "website", "value": "https://mara.example/"},
            {"kind": "mastodon", "value": "@Mara@social.example"},
            {"kind": "mediawiki", "value": "mara Quill", "host": "wiki.example"},
            {"kind": "github", "value": "maraquill", "host": "code.example"},
            {"kind": "keybase", "value": "maraq"},
            {
                "kind": "feed",
                "value": "https://courier.example/feed.xml",
                "provenance": "named_by_controller",
                "relation": "mention",
            },
        ],
    }
)

ARTICLE = Observation.model_validate(
    {
        "source": "feed",
        "identifier": "feed:https://courier.example/feed.xml",
        "kind": "article",
        "text": "A new timetable was announced.",
        "engagement": "by_others",
        "url": "https://courier.example/1",
        "posted_at": datetime(2026, 6, 12, tzinfo=UTC),
        "author_name": "Petra Holm",
        "evidence": "E0001",
        "evidence_sha256": "0" * 64,
        "place": "/1",
    }
)

POST = ARTICLE.but(
    source="mastodon",
    identifier="mastodon:Mara@social.example",
    kind="post",
    text="Good morning.",
    engagement="original",
    url="https://social.example/@Mara/1",
    author_name="mq",
    author_account="mastodon:Mara@social.example",
)

PAGE = ARTICLE.but(
    source="website",
    identifier="website:https://mara.example/",
    text="About rivers.",
    engagement="original",
    url="https://mara.example/rivers",
    author_name="",
)

PROFILE = POST.but(
    kind="profile", text="Dispatcher.", links=("https://pen.example/@mq", "https://notes.example/~mara/")
)

KEYBASE = PROFILE.but(
    source="keybase",
    identifier="keybase:maraq@keybase.io",
    author_account="keybase:maraq@keybase.io",
    links=("https://proved.example/@mq",),
)
"""A declared Keybase profile, whose links are places that are proved."""
