"""Who may say yes: the authorisation on file, asked again before every request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from footprint.clock import Clock
from footprint.errors import InputError, RefusedError
from footprint.files import parse_record, read_bytes
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.policy import Policies
from footprint.policies.authorise import Facts, authorise, may_read, rules_in_force


class Authority:
    """Answers one question, as often as it is asked: may this be read now?

    The consent file is read again each time, so that a withdrawal written while a run is going on stops it before its
    next request (GDPR Art. 7(3); LAW 3.4, "re-check before every request").
    """

    def __init__(
        self,
        consent: Path,
        granted: Authorisation,
        candidate: Candidate,
        policies: Policies,
        clock: Clock,
        *,
        runs_used: int,
        last_seen: datetime | None,
    ) -> None:
        self.path = consent
        self.candidate = candidate
        self.policies = policies
        self.granted = granted
        """The authorisation as it stood when the run began."""
        self._clock = clock
        self._runs_used = runs_used
        self._last_seen = last_seen
        self._parsed: tuple[bytes, Authorisation] | None = None

    def admit(self) -> None:
        """Allow a run, or raise RefusedError with the rule, the reason and how to mend it."""
        self._ask(authorise)

    def check(self, source: str, identifier: str) -> None:
        """Allow one request for one identifier, or raise RefusedError."""
        self._ask(lambda facts: may_read(facts, source, identifier))

    def used_up(self) -> RefusedError:
        """Return the refusal of a run that another one, begun meanwhile, has taken."""
        (rule,) = (rule for rule in rules_in_force(self.granted, self.policies) if rule.test == "runs_are_left")
        return RefusedError(rule=rule.id, reason=rule.reason, mend=rule.mend)

    def _ask(self, question: Callable[[Facts], None]) -> None:
        now = self._clock.now()
        facts = Facts(
            authorisation=self._on_file(),
            candidate=self.candidate,
            policies=self.policies,
            at=now,
            runs_used=self._runs_used,
            last_seen_at=self._last_seen,
        )
        question(facts)
        self._last_seen = now

    def _read(self) -> Authorisation:
        """Return the record on file; the file is read each time, and parsed where its bytes are not those of the last time."""
        content = read_bytes(self.path)
        if self._parsed is None or self._parsed[0] != content:
            is_json = self.path.suffix.lower() == ".json"
            self._parsed = (content, parse_record(content, Authorisation, where=str(self.path), is_json=is_json))
        return self._parsed[1]

    def _on_file(self) -> Authorisation:
        """Return the record as it stands now; only new events may have come to it."""
        try:
            current = self._read()
        except InputError as error:
            raise RefusedError(
                rule="UK-7",
                reason="The consent record can no longer be read.",
                mend="Put the consent file back as it was, then resume.",
            ) from error
        known = len(self.granted.events)
        if current.but(events=self.granted.events) != self.granted or current.events[:known] != self.granted.events:
            raise RefusedError(
                rule="UK-7",
                reason="The consent record was changed during the run in more than its events.",
                mend="Events are only ever added to a consent; start a new run with the new record.",
            )
        return current
