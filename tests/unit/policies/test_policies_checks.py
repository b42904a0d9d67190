"""What is wrong with a pack beyond its shape."""

import pytest

from footprint.errors import InputError
from footprint.filters import legality, masking
from footprint.model.decision import Citation, Effect
from footprint.model.policy import AuthorisationRule, JurisdictionPack, LegalityRule, RolePack
from footprint.policies import checks, load

CITATION = Citation(article="An Act s.1", confirmed=False)
WHY = "A constable meets people alone; a threat bears on their safety."


def pack(id: str = "a", *rules: AuthorisationRule, items: tuple[LegalityRule, ...] = ()) -> JurisdictionPack:
    return JurisdictionPack(id=id, version="1.0", title=id, authorisation=rules, legality=items)


def run(test: str = "stage_is_late", id: str = "R-1", **changes: object) -> AuthorisationRule:
    given = {"id": id, "test": test, "reason": "So.", "mend": "Do.", "citation": CITATION, **changes}
    return AuthorisationRule.model_validate(given)


def item(lexicon: str | None = "union", test: str = "topic", id: str = "I-1") -> LegalityRule:
    return LegalityRule(id=id, effect=Effect.SEAL, test=test, lexicon=lexicon, reason="So.", citation=CITATION)


def role(*pairs: tuple[str, str]) -> RolePack:
    return RolePack.model_validate(
        {
            "id": "x",
            "version": "1",
            "title": "X",
            "window_years": 5,
            "sources": ["website"],
            "engagement": ["original"],
            "categories": [{"category": category, "necessity": necessity} for category, necessity in pairs],
        }
    )


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (run("moon_is_full"), "authorisation[0].test"),
        (run(controllers=("police",)), "authorisation[0].controllers"),
        (run("window_is_within"), "authorisation[0].number"),
        (run("is_declared"), "authorisation[0].values"),
        (run("retention_is_set"), "authorisation[0].values"),
        (run("retention_is_set", values=("hired",)), "authorisation[0].values"),
        (run("retention_is_at_least", values=("appointed",)), "authorisation[0].number"),
    ],
)
def test_a_rule_that_could_never_be_asked_is_an_input_error(rule: AuthorisationRule, field: str) -> None:
    """An unknown test, controller or outcome, or a missing measure, is a mistake and not a rule."""
    with pytest.raises(InputError) as caught:
        checks.check_tests(pack("a", rule))

    assert caught.value.field == field


@pytest.mark.parametrize(
    "rule",
    [
        run(),
        run(controllers=("employer",)),
        run("window_is_within", number=7),
        run("retention_is_at_least", values=("appointed",), number=1),
    ],
)
def test_a_rule_that_can_be_asked_is_none(rule: AuthorisationRule) -> None:
    """A known test with what it measures by is a rule."""
    assert checks.check_tests(pack("a", rule)) is None


@pytest.mark.parametrize(("lexicon", "is_known"), [("union", True), ("unions", False), (None, False)])
def test_a_topic_rule_needs_a_lexicon_that_exists(lexicon: str | None, is_known: bool) -> None:
    """A topic rule without its lexicon would find nothing, so it is an input error."""
    wrong = pack(items=(item(lexicon),))

    if is_known:
        assert checks.check_lexicons(wrong, ("union",)) is None
    else:
        with pytest.raises(InputError, match="known are union"):
            checks.check_lexicons(wrong, ("union",))


def test_an_item_rule_names_a_test_that_exists() -> None:
    """The tests that this room knows are those of the filters."""
    assert set(checks.LEGALITY_TESTS) == set(legality.TESTS)
    assert checks.check_legality(pack(items=(item(),))) is None
    with pytest.raises(InputError, match="known are under_age"):
        checks.check_legality(pack(items=(item(None, "astrology"),)))


def test_a_mask_is_one_that_exists() -> None:
    """The classes that this room knows are those of the masking."""
    assert checks.MASKS == masking.CLASSES
    with pytest.raises(InputError, match="known are address"):
        checks.check_legality(pack().but(masks=("star-sign",)))


@pytest.mark.parametrize("necessity", ["So.", "Needed.", "It is needed for this", "threats threats threats threats"])
def test_a_category_needs_a_sentence(necessity: str) -> None:
    """A label, or words without an end, is no reason why a duty makes it necessary to look."""
    with pytest.raises(InputError) as caught:
        checks.check_necessity(role(("confidential-disclosure", WHY), ("threats-and-violence", necessity)))

    assert caught.value.field == "categories[1].necessity"
    assert checks.check_necessity(role(("threats-and-violence", WHY))) is None


def test_a_category_stands_once() -> None:
    """Of two reasons for one category neither would count."""
    with pytest.raises(InputError) as caught:
        checks.check_necessity(role(("threats-and-violence", WHY), ("threats-and-violence", WHY)))

    assert caught.value.field == "categories[1].category"


POLICE, AUTHORITY = "controller_is_a_police_force", "controller_is_not_an_authority"
LEAST = run("retention_is_at_least", values=("not_appointed",), number=48)
MOST = run("retention_is_at_most", "R-2", values=("not_appointed",), number=24)

CONTRADICTIONS = {
    "one id, two tests": (pack("a", run()), pack("b", run("impact_is_assessed"))),
    "one id, two measures": (
        pack("a", run("window_is_within", number=5)),
        pack("b", run("window_is_within", number=7)),
    ),
    "one id, two lexicons": (pack("a", items=(item(),)), pack("b", items=(item("health"),))),
    "one id, a run and an item": (pack("a", run(id="I-1")), pack("b", items=(item(),))),
    "only the police, and no authority": (pack("a", run(POLICE)), pack("b", run(AUTHORITY, "R-2"))),
    "no authority, and only the police": (pack("a", run(AUTHORITY)), pack("b", run(POLICE, "R-2"))),
    "keep for longer than may be kept": (pack("a", LEAST), pack("b", MOST)),
    "keep no longer than must be kept": (pack("a", MOST), pack("b", LEAST)),
}


@pytest.mark.parametrize("packs", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_packs_that_contradict_are_an_input_error(packs: tuple[JurisdictionPack, ...]) -> None:
    """One id means one rule, and some record must be able to pass all of them."""
    with pytest.raises(InputError, match="packs that do not contradict each other"):
        checks.check_composition(packs)


@pytest.mark.parametrize(
    "packs",
    [
        (pack("a", run()), pack("b", run())),
        (pack("a", items=(item(),)), pack("b", items=(item().but(effect=Effect.EXCLUDE),))),
        (pack("a", run(POLICE)), pack("b", run(AUTHORITY, "R-2", controllers=("employer",)))),
        (pack("a", LEAST.but(number=24)), pack("b", MOST)),
        (pack("a", LEAST.but(values=("appointed",))), pack("b", MOST)),
    ],
)
def test_packs_that_agree_are_none(packs: tuple[JurisdictionPack, ...]) -> None:
    """The same rule twice, a stricter effect, and rules for different controllers or outcomes do not contradict."""
    assert checks.check_composition(packs) is None


@pytest.mark.parametrize("id", load.available().roles)
def test_every_shipped_role_says_why(id: str) -> None:
    """Each category of each role has a sentence of its own that no other role has."""
    sentences = [entry.necessity for name in load.available().roles for entry in load.role(name).categories]

    for entry in load.role(id).categories:
        assert sentences.count(entry.necessity) == 1
        assert "bears on" in entry.necessity
