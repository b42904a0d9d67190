"""Sentences for the topics that only some places ask for. All people and sentences are invented."""

from __future__ import annotations

PLACE_ROWS: dict[str, dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "genetic": {
        "genetic.test": (
            ("My genetic test came back today.", "We sent our DNA kit off on Monday."),
            ("A lecture on genetic testing in cattle.", "The lab offers genetic tests."),
        ),
        "genetic.gene": (
            ("I carry BRCA1 and so does my aunt.", "My sister has the faulty gene."),
            ("A novel about the faulty gene we have in us.", "Lynch syndrome was described in 1966."),
        ),
        "genetic.family": (
            ("Heart disease runs in our family.", "There is a family history of dementia, I am told."),
            ("Red hair runs in our family.", "Heart disease figures fell."),
        ),
    },
    "concerted-activity": {
        "concerted.demand": (
            (
                "My coworkers and I are asking for a raise.",
                "We all signed a letter about the schedule and walked out over unpaid overtime.",
            ),
            ("I asked for tea.", "They demand higher wages in the film.", "We compared recipes."),
        ),
        "concerted.grievance": (
            ("My boss treats us like dirt.", "This company pays us peanuts."),
            ("The film treats us to a fine ending.", "My boss has a boat.", "The referee was unfair."),
        ),
    },
    "off-duty-conduct": {
        "offduty.drink": (
            ("I had three pints after the match.", "Still hungover from Saturday."),
            (
                "I had three pints on duty.",
                "Ginger beer for me, I said.",
                "The brewery makes beer.",
                "I was hit by a drunk driver.",
            ),
        ),
        "offduty.smoke": (
            ("I smoked a joint on the beach.", "My edibles finally came."),
            ("I smoked weed at work.", "Cannabis reform passed the senate."),
        ),
        "offduty.leisure": (
            ("I went to the casino with my aunt.", "Got a tattoo of a leek."),
            ("I played poker at my desk.", "The casino has closed."),
        ),
    },
}
"""By lexicon and rule: what must match, what must not."""
