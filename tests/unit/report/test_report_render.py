"""The HTML file: complete, self-contained, inert; and report.json with its schema."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from datetime import timedelta

import jsonschema
import pytest
from bs4 import BeautifulSoup
from pydantic import ValidationError

from footprint.model.finding import Category, MaskedText, WithheldReason
from footprint.model.report import Report
from footprint.report.render import SCHEMA_ID, render_html, render_json, schema

HOSTILE = "</style></title><script>x()</script><img src=x onerror=x()>\u202eevil\u202c {{ 7 * 7 }} \x00 " + "W" * 500


def page(report: Report) -> BeautifulSoup:
    return BeautifulSoup(render_html(report), "lxml")


def words(report: Report, selector: str = "main") -> str:
    found = page(report).select_one(selector)
    assert found is not None
    return re.sub(r"\s+", " ", found.get_text(" ")).replace("\u2019", "'")


def test_the_page_has_no_scripts_forms_or_outside_resources(report: Report) -> None:
    """Nothing runs, nothing is sent, nothing is loaded."""
    soup = page(report)

    assert not soup.select("script, iframe, object, embed, form, link, base, img, [style], [src]")
    assert not [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]


def test_the_policy_of_the_page_names_the_digest_of_its_style(report: Report) -> None:
    """CSP allows this style element and nothing else."""
    soup = page(report)
    style = re.search(rb"<style>(.*?)</style>", render_html(report), re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1]).digest()).decode()

    (policy,) = (tag["content"] for tag in soup.select("meta[http-equiv=Content-Security-Policy]"))

    assert (
        policy == f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_equal_reports_give_equal_bytes(report: Report) -> None:
    """Rendering is deterministic."""
    again = Report.model_validate_json(report.model_dump_json())

    assert render_html(report) == render_html(again)
    assert render_json(report) == render_json(again)


@pytest.mark.parametrize(
    "said",
    [
        "Overt: candidate notified on 3 November 2026, 09:12 UTC",
        "before anything was read",
        "UK GDPR 6(1)(e): Police Act 1996 s.39A",
        "DPIA-2026-014",
        "Eastmere Constabulary",
        "dpo@eastmere-police.example",
        "SMP-01, version 4.0; owner Head of People",
        "4 redactions applied",
        "A small footprint, or none, is neutral.",
        "No automated decision was made.",
        "Posts made under the age of 18 are left out.",
        "Conviction-type items are handled outside this report.",
        "2 sealed; not disclosed",
        "4 told apart as someone else's",
        "1 undetermined",
        "Facebook, Instagram, LinkedIn, TikTok, X",
        "Not accessible; not attempted further.",
        "Why this check for this role",
        "A complaint can also be made to the data protection authority",
        "footprint/0.1.0 (vetting@eastmere-police.example)",
        "The consent's scope does not list it.",
    ],
)
def test_the_report_says_what_the_law_asks_it_to_say(report: Report, said: str) -> None:
    """LAW: UK-13, UK-22A, UK-5.1a, UK-35, EQ-4, EQ-AGE, ROA-4, UK-9, RIPA-1, RIPA-3, CMA-1, UK-164A, Acas."""
    assert said in words(report)


def test_a_finding_carries_everything_that_ties_it_to_its_page(report: Report) -> None:
    """Rule, version, clause with title, times, evidence, digest, record and tier stand on the card."""
    finding = report.findings[0]
    card = words(report, "#F01")

    for part in (
        "Threats and violence", "THREAT-2 1.2", "Policy clause SMP-01 4.1, Threats and violence", "3 May 2026, 19:12 UTC",
        "(time from api)", "2026-11-20 09:00:08Z", "evidence E0001", finding.evidence_sha256, finding.record_id, finding.url,
        "Tier A", "Declared account", "(+1.00)", "confirm with counsel", "Candidate's reply to F01", "Refer to the vetting panel",
    ):  # fmt: skip
        assert part in card


def test_masks_are_boxes_and_matches_are_underlined(report: Report) -> None:
    """The masked person is a box that a screen reader announces; the rule's words are marked."""
    card = page(report).select_one("#F01 .excerpt")
    assert card is not None

    assert [box.get_text() for box in card.select(".mask")] == ["masked: person"]
    assert [match.get_text() for match in card.select("mark")] == ["break his legs."]


def test_a_repost_without_a_comment_says_that_the_account_said_nothing(report: Report) -> None:
    """Another's words alone are never shown as the account's own."""
    finding = report.findings[2].but(excerpt=MaskedText(text=""))

    assert "No words of the account's own." in words(report.but(findings=(finding,)), "#F03")


def test_context_says_why_a_second_look_is_needed(report: Report) -> None:
    """The figurative finding is flagged, the plain threat is not."""
    assert "Read the context first" in words(report, "#F02")
    assert "The words are often used in jest" in words(report, "#F02")
    assert "second look" not in words(report, "#F01")


def test_the_values_that_give_away_an_age_are_not_shown(report: Report) -> None:
    """The comparison is listed, its values are not."""
    card = words(report, "#F05")

    assert "Birth year agrees" in card
    assert "values not shown" in card
    assert "1996" not in card


def test_addresses_of_the_candidate_are_text(report: Report) -> None:
    """Only citations and places in the file are links: opening a page would be another visit (RIPA-2)."""
    targets = {str(link["href"]) for link in page(report).select("a[href]")}

    assert {target for target in targets if not target.startswith("#")} == {
        "https://www.example.org/equality-act-2010#section-4"
    }


def test_links_in_the_file_lead_somewhere(report: Report) -> None:
    """Every fragment has its place, and every id stands once."""
    soup = page(report)
    ids = [str(tag["id"]) for tag in soup.select("[id]")]

    assert len(ids) == len(set(ids))
    assert {str(link["href"])[1:] for link in soup.select("a[href^='#']")} <= set(ids)


def test_tables_have_captions_and_header_cells(report: Report) -> None:
    """Every table can be read by ear, and its head repeats in print."""
    tables = page(report).select("table")

    assert len(tables) > 10
    assert all(table.caption is not None for table in tables)
    assert all(cell.get("scope") for table in tables for cell in table.select("th"))


def test_pictures_have_text_alternatives(report: Report) -> None:
    """Each picture is named and described."""
    soup = page(report)

    for picture in soup.select("svg"):
        named = [soup.find(id=name) for name in str(picture["aria-labelledby"]).split()]
        assert all(part is not None and part.get_text() for part in named)


def test_headings_do_not_skip_a_level(report: Report) -> None:
    """One h1; each heading is at most one deeper than the one before."""
    levels = [int(tag.name[1]) for tag in page(report).find_all(re.compile("^h[1-6]$"))]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_printed_page_carries_marking_case_and_number(report: Report) -> None:
    """POL-7: marking above and below; case, page number and the demonstration mark in the margins."""
    html = render_html(report).decode()

    assert html.count('content: "OFFICIAL\\00002dSENSITIVE";') == 2
    assert 'content: "Case\\000020C\\00002d2026\\00002d0117";' in html
    assert 'content: "DEMONSTRATION\\000020WEB\\000020\\002014\\000020invented\\000020people";' in html
    assert 'counter(page) " of " counter(pages)' in html


def test_a_real_report_carries_no_demonstration_mark(report: Report) -> None:
    """Only the built-in web is called a demonstration; without a marking there is no empty one."""
    soup = page(report.but(demonstration=False, marking=None))

    assert "demonstration" not in soup.get_text().lower().replace("all demonstrations", "")
    assert not soup.select(".marking, .running.end")


def test_no_findings_is_nothing_found_in_scope_and_never_clear(report: Report) -> None:
    """The words of an empty result are fixed."""
    said = words(report.but(findings=()))

    assert said.count("Nothing found in scope.") == 2
    assert "neither a clearance nor a mark against the candidate" in said
    assert not re.search(r"\bis clear\b|\bcleared\b|\ball clear\b", said)


def test_withheld_text_is_nowhere(report: Report) -> None:
    """Rules and counts are shown; observations and commitments are not."""
    html = render_html(report).decode()

    assert not [item for item in report.withheld if item.commitment in html or item.observation in html]
    assert report.withheld[0].reason is WithheldReason.EXCLUDED


def test_hostile_text_is_inert(report: Report) -> None:
    """Tags, bidi overrides, template marks and script addresses are shown as the characters they are."""
    finding = report.findings[0].but(
        excerpt=MaskedText(text=HOSTILE), surroundings=MaskedText(text=HOSTILE), url="javascript:x()"
    )
    hostile = report.but(
        findings=(finding,), marking='M"</style><script>x()</script>', candidate_name="<b>Mara</b> \u202eQuill"
    )
    soup = page(hostile)

    assert not soup.select("script, img, b > b, .name b")
    assert "⟦U+202E⟧evil⟦U+202C⟧ {{ 7 * 7 }} ⟦U+0000⟧" in soup.get_text()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", render_html(hostile).decode())
    assert not [link for link in soup.select("a[href]") if "javascript" in str(link["href"])]
    assert render_html(hostile).count(b"</style>") == 1


def test_a_citation_without_a_web_address_is_text(report: Report) -> None:
    """An address of another kind is not made a link."""
    decision = report.findings[0].decisions[0]
    cited = decision.but(citation=decision.citation.but(address="javascript:x()"))
    finding = report.findings[0].but(decisions=(cited,))

    assert not page(report.but(findings=(finding,))).select("#F01 table a[href], #F01 .pass a[href]")


def test_an_empty_report_can_be_shown(report: Report) -> None:
    """No findings, sources, rules, log, packs or necessity: each place says so."""
    notice = report.authorisation.notice.but(delivered_at=None)
    authorisation = report.authorisation.but(notice=notice, lawful_basis=(), impact_assessment=None)
    empty = report.but(
        authorisation=authorisation, findings=(), coverage=(), left_out=(), withheld=(), search_log=(), rules=(), packs=(),
        necessity={}, posts_by_month={}, evidence=(), user_agent=None,
    )  # fmt: skip
    said = words(empty)

    for part in (
        "No place was asked.",
        "No rule withheld anything.",
        "No rules are listed.",
        "0 entries",
        "None recorded",
    ):
        assert part in said
    assert "No delivery of a notice is recorded." in said
    assert "Everything that was asked for could be read." in said


def test_a_late_notice_is_shown_as_late(report: Report) -> None:
    """A report whose notice came after the first request says that it must not be relied on."""
    notice = report.authorisation.notice.but(delivered_at=report.generated_at - timedelta(seconds=1))
    late = report.but(authorisation=report.authorisation.but(notice=notice))

    assert "Something was read before that: this report must not be relied on." in words(late)


def test_a_long_log_stays_linear(report: Report) -> None:
    """Ten times the log is about ten times the bytes: no row looks at the others."""
    rows = [len(render_html(report.but(search_log=report.search_log * times))) for times in (10, 100)]

    assert rows[1] < 10.5 * rows[0]


def test_the_json_is_canonical_and_reads_back(report: Report) -> None:
    """Sorted keys, two spaces, one line end; equal after reading."""
    written = render_json(report)

    assert written.decode() == json.dumps(json.loads(written), sort_keys=True, indent=2, ensure_ascii=False) + "\n"
    assert Report.model_validate_json(written) == report


def test_the_json_follows_the_published_schema(report: Report) -> None:
    """report.json validates; the schema itself is valid 2020-12."""
    published = schema()
    jsonschema.Draft202012Validator.check_schema(published)

    jsonschema.Draft202012Validator(published).validate(json.loads(render_json(report)))

    assert published["$id"] == SCHEMA_ID


@pytest.mark.parametrize(
    "spoil", [{"case": "no spaces allowed"}, {"schema_version": 1}, {"score": 7}, {"withheld": [{}]}]
)
def test_the_schema_refuses_what_is_no_report(report: Report, spoil: dict[str, object]) -> None:
    """Wrong types and unknown fields, such as a score, do not validate, nor does the model take them."""
    value = {**json.loads(render_json(report)), **spoil}

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate(value)
    with pytest.raises(ValidationError):
        Report.model_validate(value)


def test_every_category_has_its_title_on_the_cover_of_the_scope(report: Report) -> None:
    """What the candidate agreed to is shown in words."""
    assert len(report.authorisation.scope.categories) == len(Category)
    assert "Disclosure of confidential information" in words(report, "section[aria-labelledby=authorisation]")
