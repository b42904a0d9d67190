"""What the review screen shows, as styled text: hostile characters written out, nothing read as markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from footprint.after.originals import Original
from footprint.model.attribution import Feature
from footprint.model.finding import Relevance
from footprint.model.outcome import OUTCOME_TITLES
from footprint.model.review import DisputeState, Review
from footprint.report.characters import visible
from footprint.report.words import ANSWER_WORDS, CONTEXT_WORDS, ENGAGEMENT_WORDS, TIER_WORDS
from footprint.review.periods import day_in_words
from footprint.review.state import ItemState, ReviewState

HEAD, QUIET, WARN = "bold", "dim", "bold yellow"

ROW = 22
"""Characters of a line in the list."""

HELP = """\
The list: · no verdict yet  ● counts  ○ does not  ! something is open  r a reply
  up, down          another finding          n   the next one without your verdict
  left, right       list and words           page up, page down: scroll the words

A finding
  v   your verdict: is it the candidate's, does it bear on the role, how grave, why
  u   uncover words that are covered (counted; they are covered again when you leave)
  o   the original words, unmasked (logged: who, which finding, when)

The case
  c   what is open, the clocks, what the candidate says on the whole, agreement
  s   sealed statements, and the command with which a second person unlocks one
  w   the outcome: reasons, mitigation, alternatives, second line

  ?   this help     escape  back     q   leave (all is kept)

In a form: tab and shift+tab between fields, left and right between answers,
ctrl+s enters it, escape goes back and keeps what you typed.

What the tool said is never changed: your verdict stands beside it. Others'
verdicts appear after you have given your own.
"""


def row(item: ItemState, *, is_open: bool) -> Text:
    """Return a finding's line in the list: its mark, id, tier and first category."""
    mark = ("●" if item.mine.counts else "○") if item.mine else "·"
    flags = ("!" if is_open else " ") + ("r" if item.replies else " ")
    line = f"{mark} {item.finding.id} {item.finding.attribution.tier}{flags} {item.titles[0]}"
    return Text(line if len(line) <= ROW else f"{line[: ROW - 1]}…")


def bar(state: ReviewState) -> Text:
    """Return the first line: the case, its marking, how far the reviewer is, how often words were uncovered."""
    parts = [state.marking, state.case, f"{state.done} of {len(state.items)} reviewed", f"uncovered {state.exposures}"]
    parts += [state.reviewer, "DEMONSTRATION" if state.demonstration else None]
    return Text(" " + " · ".join(part for part in parts if part), no_wrap=True, style="reverse")


def detail(item: ItemState, *, uncovered: bool, original: Original | None) -> Text:
    """Return everything the reviewer may see of one finding."""
    finding = item.finding
    text = Text()
    _head(text, f"{finding.id}  {', '.join(item.titles)}")
    engagement = ENGAGEMENT_WORDS[finding.engagement].title
    _line(text, f"{finding.posted_at:%d %b %Y} · {finding.source} · {engagement}", QUIET)
    _line(text, visible(finding.url), QUIET)
    _words(text, item, uncovered=uncovered, original=original)
    for relevance in finding.relevances:
        _rule(text, relevance)
    tier = TIER_WORDS[finding.attribution.tier]
    _head(text, f"\nIs it the candidate? {tier.title}")
    _line(text, tier.sentence)
    _line(text, finding.attribution.reason)
    _features(text, "for", finding.attribution.features)
    _features(text, "against", finding.attribution.contradictions)
    _line(text, f"evidence {finding.evidence} · SHA-256 {finding.evidence_sha256[:16]}…", QUIET)
    _heard(text, item)
    _verdicts(text, item)
    return text


def case_page(state: ReviewState) -> Text:
    """Return the state of the whole case."""
    text = Text()
    _head(text, f"{state.case}  {visible(state.role)}")
    if state.outcome is not None:
        _line(
            text,
            f"Outcome {int(state.outcome.level)}: {state.outcome_title}. Rests on {', '.join(state.outcome.items) or 'no item'}.",
        )
    if state.is_overtaken:
        _line(text, "The candidate answered since: look at the outcome again.", WARN)
    if state.is_held:
        _line(text, "Held: neither pruned nor erased.", WARN)
    _section(text, "Stands before an outcome", (obstacle.sentence for obstacle in state.obstacles), "Nothing.")
    running = (
        f"{clock.title} ({clock.rule}, {clock.about}): {'over; was ' if clock.is_over else ''}{clock.words}"
        for clock in state.clocks
    )
    _section(text, "Clocks", running, "None was started.")
    _section(
        text,
        "The candidate on the whole",
        (visible(reply.words) for reply in state.general_replies),
        "Nothing was said.",
    )
    _section(text, "Disputes of the whole, complaints, appeals", map(_dispute, state.general_disputes), "None.")
    agreed = (
        f"{a.first} and {a.second}, {a.of}: {a.same} of {a.items} the same; kappa {_figure(a.kappa)}, alpha {_figure(a.alpha)}"
        for a in state.agreement
    )
    _section(
        text,
        "Agreement of first verdicts",
        agreed,
        "Shown when you have reviewed every finding, and another person too.",
    )
    return text


def sealed_page(state: ReviewState) -> Text:
    """Return the sealed statements, with the command that unlocks each. What they say is not here to be shown."""
    text = Text()
    _head(text, f"{len(state.sealed)} sealed")
    _line(
        text,
        "Nobody who decides reads these. A second person can, under a condition of the law and with their own key; it is logged, and sealed again after.",
    )
    for item in state.sealed:
        _line(text, f"\n{item.observation}  {', '.join(item.rules)}", HEAD)
        _line(text, f"  {item.command}")
    return text


def _words(text: Text, item: ItemState, *, uncovered: bool, original: Original | None) -> None:
    finding = item.finding
    if item.is_covered and not uncovered:
        _head(text, "\nCovered")
        _line(
            text, f"{len(finding.excerpt.text):,} characters that may be hard to read. Press u to uncover them.", WARN
        )
        return
    _head(text, "\nThe words, unmasked" if original else "\nThe words, masked")
    _line(text, visible(original.text if original else finding.excerpt.text) or "(no words of the candidate's own)")
    context = original.context if original else finding.surroundings.text
    if context:
        _head(text, "\nWhat it answers, quotes or passes on")
        _line(text, visible(context))


def _rule(text: Text, relevance: Relevance) -> None:
    decision = relevance.decision
    _head(text, f"\nWhy it is here: {decision.rule} ({decision.effect}), {visible(relevance.policy_clause)}")
    _line(text, decision.reason)
    _line(text, f"{decision.citation.label} · version {decision.version}", QUIET)
    for kind in relevance.context:
        words = CONTEXT_WORDS[kind]
        _line(text, f"May explain it: {words.title}. {words.sentence}", WARN)


def _features(text: Text, what: str, features: Iterable[Feature]) -> None:
    for feature in features:
        _line(text, f"  {what}: {feature.name} ({feature.weight:+.1f})")


def _heard(text: Text, item: ItemState) -> None:
    _head(text, "\nThe candidate")
    for said in item.answers:
        _line(text, f"{day_in_words(said.received)}: {ANSWER_WORDS[said.answer]}.")
    for reply in item.replies:
        _line(text, f"{day_in_words(reply.received)}: {visible(reply.words)}")
    for state in item.disputes:
        _line(text, _dispute(state), WARN if state.is_open else "")
    if not item.replies and not item.disputes and not item.answers:
        _line(text, "has said nothing on this item.", QUIET)
    if item.source is not None and item.source.event.kind == "source":
        _line(text, f"At the source, {day_in_words(item.source.at)}: {item.source.event.state}.")


def _dispute(state: DisputeState) -> str:
    dispute = state.dispute
    ending = "open" if state.is_open else f"settled, {state.how}: {visible(state.reason or '')}"
    return f"{dispute.id}, {dispute.matter}, {day_in_words(dispute.received)}: {visible(dispute.reason)} ({ending})"


def _verdicts(text: Text, item: ItemState) -> None:
    _head(text, "\nVerdicts")
    if item.mine is None:
        _line(text, "You have none yet: press v. Others' are shown after yours.", QUIET)
        if item.wanted:
            _line(text, f"To let it count, fill in: {', '.join(f'{w.kind} ({w.rule})' for w in item.wanted)}.", QUIET)
        return
    _verdict(text, "you", item.mine)
    for who, verdict in item.others.items():
        _verdict(text, who, verdict)


def _verdict(text: Text, who: str, verdict: Review) -> None:
    grade = f", {OUTCOME_TITLES[verdict.grade].lower()}" if verdict.grade is not None else ""
    _line(text, f"{who}: {verdict.verdict}{grade}. {visible(verdict.reason)}")


def _section(text: Text, title: str, lines: Iterable[str], otherwise: str) -> None:
    _head(text, f"\n{title}")
    listed = list(lines)
    for line in listed:
        _line(text, f"- {line}")
    if not listed:
        _line(text, otherwise, QUIET)


def _figure(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.2f}"


def _head(text: Text, line: str) -> None:
    text.append(f"{line}\n", HEAD)


def _line(text: Text, line: str, style: str = "") -> None:
    text.append(f"{line}\n", style)
