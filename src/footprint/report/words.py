"""Plain words for everything that the report counts or names by a code."""

from __future__ import annotations

from typing import NamedTuple

from footprint.model.attribution import Answer, Tier
from footprint.model.authorisation import ConsentState, ControllerType
from footprint.model.decision import Effect
from footprint.model.evidence import UnknownReason
from footprint.model.finding import BesideKind, ContextKind
from footprint.model.observation import Engagement
from footprint.model.outcome import Outcome
from footprint.model.report import StopReason
from footprint.model.review import (
    AttributionVerdict,
    DisputeMatter,
    RelevanceVerdict,
    Settlement,
    SourceState,
)
from footprint.model.suggestion import Band
from footprint.model.worksheet import BeliefResult


class Words(NamedTuple):
    """A short name and one sentence for a reader who does not know the code."""

    title: str
    sentence: str


UNKNOWN_WORDS = {
    UnknownReason.ROBOTS: Words(
        "Robots rule", "The site's robots.txt asks automatic readers to stay away from the address. It was not read."
    ),
    UnknownReason.WALL: Words(
        "Not public", "A log-in, a payment or a challenge stands before it. Not accessible; not attempted further."
    ),
    UnknownReason.OPTED_OUT: Words(
        "Opted out", "The account or page asks not to be indexed or archived. That was respected."
    ),
    UnknownReason.ABSENT: Words(
        "Not there",
        "The address answered that nothing is there. Whether it was deleted, moved or never existed cannot be told.",
    ),
    UnknownReason.OFF_PLAN: Words(
        "Not in the plan", "The address was not among those planned before the run, so it was not asked."
    ),
    UnknownReason.OFF_HOST: Words(
        "Led elsewhere", "The answer pointed to a site that the plan does not name. It was not followed."
    ),
    UnknownReason.ADDRESS: Words(
        "Private address", "The name leads to a private or reserved network address. No connection was made."
    ),
    UnknownReason.RATE_LIMITED: Words(
        "Asked to slow down", "The source limits how often it may be asked, and the wait was too long."
    ),
    UnknownReason.SERVER_ERROR: Words("Source failed", "The source reported a fault of its own."),
    UnknownReason.TIMEOUT: Words("No answer in time", "The source did not answer within the time allowed."),
    UnknownReason.TRANSPORT: Words(
        "No safe connection", "No connection could be made, it broke, or its certificate did not hold."
    ),
    UnknownReason.OVERSIZE: Words("Too large", "The answer was larger than the plan allows."),
    UnknownReason.CANARY: Words(
        "Cannot be believed", "The site did not tell an account that exists from one that does not."
    ),
    UnknownReason.MALFORMED: Words("Unreadable", "The answer was not of the kind that the source documents."),
    UnknownReason.INTERRUPTED: Words("Interrupted", "The run was stopped while the answer was awaited."),
    UnknownReason.BUDGET: Words("Visits used up", "The number of visits or requests that was agreed was used up."),
}
"""Why something could not be checked."""

STOP_WORDS = {
    StopReason.DONE: Words("Complete", "Everything planned was asked."),
    StopReason.STOPPED: Words("Stopped by source", "The source did not let us read on; it was not attempted further."),
    StopReason.LIMIT: Words("Limit reached", "The number of requests planned was reached, and there was more."),
}
"""Why a source was asked no more."""

ENGAGEMENT_WORDS = {
    Engagement.ORIGINAL: Words("Original post", "Written at this account, in its own words."),
    Engagement.REPLY: Words(
        "Reply", "Written in answer to someone else. What it answers is shown where the page gave it."
    ),
    Engagement.QUOTE: Words(
        "Repost with comment", "Another's words passed on with a comment. Only the comment is the account's own."
    ),
    Engagement.REPOST: Words("Repost", "Another's words passed on without comment. Passing on is not agreeing."),
    Engagement.LIKE: Words("Like", "A mark on another's words. It is not a statement."),
    Engagement.BY_OTHERS: Words(
        "Written by others",
        "Someone else wrote this about the candidate, or on the candidate's site. It is not the candidate's statement.",
    ),
}
"""How the candidate relates to the text."""

CONTEXT_WORDS = {
    ContextKind.QUOTATION: Words(
        "Quotation", "The words stand in quotation marks or are marked as someone else's. Quoting is not saying."
    ),
    ContextKind.COUNTER_SPEECH: Words(
        "Counter-speech", "The words may answer or condemn what others said; then they mean the opposite."
    ),
    ContextKind.FIGURATIVE: Words(
        "Figurative language", "The words are often used in jest, in games or as a figure of speech."
    ),
    ContextKind.REPOST_WITH_COMMENT: Words(
        "Repost with comment", "The words that matched may be another's; the comment may be critical of them."
    ),
    ContextKind.NEGATION: Words("Negation", "The sentence denies or refuses what the words alone would say."),
    ContextKind.REPORT: Words("Report", "The sentence tells of an event or of what another did. Telling is not doing."),
    ContextKind.RECLAIMED: Words(
        "Reclaimed or named", "A slur may be used by the people it was made for, or named as a word. That is not abuse."
    ),
    ContextKind.FICTION: Words("Fiction or song", "The words may be of a story, a film or a song."),
    ContextKind.SARCASM: Words(
        "Sarcasm", "A mark of sarcasm stands in the text; then the words may mean the opposite."
    ),
    ContextKind.HOMONYM: Words(
        "Another sense", "The word is abuse in one sense and harmless in another, which may be meant."
    ),
    ContextKind.REPLY_TO_ABUSE: Words("Reply to abuse", "The text that it answers is abusive itself."),
}
"""Why a finding may need a second look."""

TIER_WORDS = {
    Tier.A: Words("Tier A", "An account or site that the candidate declared, and nothing speaks against it."),
    Tier.B: Words(
        "Tier B", "The same name and at least one identifier independent of the name, and nothing speaks against it."
    ),
    Tier.C: Words("Tier C", "Undetermined: the name alone."),
    Tier.NONE: Words("No tier", "Someone else, or contradicted."),
}
"""How sure it is that a statement is the candidate's."""

EFFECT_WORDS = {
    Effect.PERMIT: "let it pass",
    Effect.REVIEW: "look at the context first",
    Effect.MASK: "masked",
    Effect.SEAL: "sealed",
    Effect.EXCLUDE: "left out",
}
"""What a rule asked for."""

CONTROLLER_WORDS = {
    ControllerType.POLICE_FORCE: "Police force",
    ControllerType.PUBLIC_AUTHORITY: "Public authority",
    ControllerType.EMPLOYER: "Employer",
}

CONSENT_WORDS = {
    ConsentState.REQUESTED: "Consent requested",
    ConsentState.DEFERRED: "Decision on consent deferred",
    ConsentState.GIVEN: "Consent given",
    ConsentState.RENEWED: "Consent renewed",
    ConsentState.REFUSED: "Consent refused",
    ConsentState.WITHDRAWN: "Consent withdrawn",
    ConsentState.REVOKED: "Consent revoked",
    ConsentState.EXPIRED: "Consent expired",
    ConsentState.INVALIDATED: "Consent declared invalid",
    ConsentState.UNKNOWN: "State of consent unknown",
}

NEVER = (
    "No log-in, no account, no cookie, no message, no friend request, no follow, no like.",
    "No false identity: every request named this tool and the controller's contact.",
    "No way around a wall: no bypass of log-ins, payments, challenges, robots rules or rate limits.",
    "No list of friends, followers or members of a household was read or made.",
    "No search by face or picture, and no picture was judged.",
    "No inference of emotion, personality, health, belief, origin or sexuality.",
    "No score, no ranking and no comparison of people.",
    "No monitoring: one run in an agreed window, with a limit on visits.",
)
"""What this tool never does; each line holds for every report (DESIGN, "What it never does")."""

LINK_ONLY = ("Facebook", "Instagram", "LinkedIn", "TikTok", "X")
"""Networks that give no lawful public reading without a log-in (SOURCES): never read."""

ATTRIBUTION_VERDICTS = {
    AttributionVerdict.CONFIRM: "the candidate\u2019s",
    AttributionVerdict.REJECT: "not the candidate\u2019s",
    AttributionVerdict.UNSURE: "not certain whose it is",
}
RELEVANCE_VERDICTS = {
    RelevanceVerdict.UPHOLD: "it bears on the role",
    RelevanceVerdict.REJECT: "it does not bear on the role",
    RelevanceVerdict.OTHER: "it bears on the role in another way",
}
BELIEF_RESULTS = {
    BeliefResult.NOT_A_BELIEF: "not a belief that the law protects.",
    BeliefResult.PROTECTED: "protected; it must not be used.",
    BeliefResult.MANNER: "the manner may be weighed, in proportion; the belief may not.",
    BeliefResult.UNCLEAR: "it cannot be told; it must not be used.",
}
"""What came of a belief worksheet. Which belief it is stands nowhere (EQ-10)."""
DISPUTE_MATTERS = {
    DisputeMatter.ITEM: "Dispute",
    DisputeMatter.COMPLAINT: "Complaint",
    DisputeMatter.APPEAL: "Appeal",
}
SETTLEMENTS = {
    Settlement.UPHELD: "the candidate is right; it is not used",
    Settlement.CORRECTED: "partly right; it was corrected",
    Settlement.NOT_UPHELD: "not upheld",
    Settlement.WITHDRAWN: "withdrawn by the candidate",
}
SETTLEMENTS_TO_YOU = {
    Settlement.UPHELD: "you were right, and it is not used",
    Settlement.CORRECTED: "you were right in part, and we put it right",
    Settlement.NOT_UPHELD: "we see it in another way",
    Settlement.WITHDRAWN: "you took it back",
}
ANSWER_WORDS = {
    Answer.MINE: "it is theirs",
    Answer.NOT_MINE: "it is not theirs",
    Answer.UNSURE: "they do not know",
}
ANSWERS_TO_YOU = {
    Answer.MINE: "yes",
    Answer.NOT_MINE: "no",
    Answer.UNSURE: "you do not know",
}
"""What the candidate says of an item: is it theirs?"""
SOURCE_STATE_WORDS = {
    SourceState.LIVE: "still there",
    SourceState.EDITED: "edited since",
    SourceState.GONE: "no longer there",
    SourceState.UNKNOWN: "could not be checked",
}
"""What people decided, and what became of it, in words."""

RECRUITER_WORDS = {
    Outcome.NO_CONCERN: "There is nothing for you to do.",
    Outcome.NOTE: "A note was made in the vetting file. There is nothing for you to do.",
    Outcome.BRIEFING_AT_INDUCTION: "Speak about what stands below when the candidate starts, as you would with anyone.",
    Outcome.REFLECTIVE_CONVERSATION: "Hold a conversation about what stands below. Listen first.",
    Outcome.CLARIFY_AT_INTERVIEW: "Ask about what stands below at the interview. Listen first, and write the answer down.",
    Outcome.REFER_TO_VETTING_PANEL: "The vetting panel has the case. Wait for it; what it weighs is for the panel alone.",
}
"""What an outcome asks of the recruiter."""

BAND_WORDS = {
    Band.JUST: Words("Just over the threshold", "The model leans to it, and is often wrong."),
    Band.WELL: Words("Well over the threshold", "The model leans to it strongly, and can be wrong all the same."),
}

BESIDE_WORDS = {
    BesideKind.APOLOGY: "there are words of regret beside it.",
    BesideKind.WITHDRAWAL: "it was taken back or put right.",
    BesideKind.COMMUNITY_WORK: "there is work for others beside it.",
    BesideKind.SUPPORT: "there are words that stand up for the people concerned.",
}
"""What speaks for the candidate beside a finding."""
