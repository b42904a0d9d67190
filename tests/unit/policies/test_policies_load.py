"""Packs and policies as data: loaded, checked, composed."""

from datetime import date
from pathlib import Path

import pytest
from policies_samples import AUTHORISATION, ORGANISATION, POLICIES

from footprint.errors import InputError
from footprint.filters import legality, masking
from footprint.model.decision import Citation, Effect
from footprint.model.lexicon import Lexicon
from footprint.model.policy import JurisdictionPack, LegalityRule, RolePack
from footprint.policies import load
from footprint.policies.built_in import BUILT_IN_LEGALITY, LEGALITY_VERSION

ROLE = b"""
id = "x"
version = "1"
title = "X"
window_years = 5
sources = ["website"]
engagement = ["original"]
categories = [{ category = "threats-and-violence", necessity = "So." }]
"""
CITATION = Citation(article="An Act s.1", confirmed=False)
POLICY = """
id = "SMP-01"
version = "4.0"
title = "Social media policy"
owner = "Head of vetting"
approver = "Deputy chief"
effective = 2026-01-01
review_due = {review_due}

[[clauses]]
id = "3.1"
title = "Own sites"
text = "Own sites are read."
sources = ["website"]
"""


@pytest.fixture
def policy_file(tmp_path: Path) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(POLICY.format(review_due="2027-04-01"))
    return path


def pack(id: str, *includes: str, legality: tuple[LegalityRule, ...] = ()) -> JurisdictionPack:
    return JurisdictionPack(id=id, version="1.0", title=id, includes=includes, legality=legality)


def rule(effect: Effect, lexicon: str = "union") -> LegalityRule:
    return LegalityRule(id="R-1", effect=effect, test="topic", lexicon=lexicon, reason="So.", citation=CITATION)


def test_the_shipped_packs_are_available() -> None:
    """Twelve jurisdictions and eight roles ship."""
    assert load.available().jurisdictions == (
        "au", "ca-bc", "de", "eu", "fi", "fr", "uk", "uk-bs7858", "uk-police", "us", "us-ca", "us-nyc",
    )  # fmt: skip
    assert load.available().roles == (
        "care-worker", "driver", "executive", "finance-regulated", "office-default", "police-officer", "police-staff",
        "teacher",
    )  # fmt: skip


def test_every_shipped_pack_is_valid() -> None:
    """Every pack and lexicon that can be named can be loaded, and bears its own id."""
    shipped = load.available()

    assert tuple(load.jurisdiction(id).id for id in shipped.jurisdictions) == shipped.jurisdictions
    assert tuple(load.role(id).id for id in shipped.roles) == shipped.roles
    assert tuple(words.id for words in load.lexicons()) == shipped.lexicons


def test_the_uk_pack_excludes_and_seals_what_the_law_asks() -> None:
    """Children's words, likes, unions and whistleblowing are excluded; special categories and offences are sealed."""
    effects = {rule.id: (rule.effect, rule.test, rule.lexicon) for rule in load.jurisdiction("uk").legality}

    assert effects == {
        "EQ-AGE": (Effect.EXCLUDE, "under_age", None),
        "UK-5.1b-window": (Effect.EXCLUDE, "out_of_window", None),
        "UK-5.1d": (Effect.EXCLUDE, "undated", None),
        "UK-5.1c-like": (Effect.EXCLUDE, "like", None),
        "UK-5.1c-engagement": (Effect.EXCLUDE, "engagement", None),
        "TU-1": (Effect.EXCLUDE, "topic", "union"),
        "WB-1": (Effect.EXCLUDE, "topic", "whistleblowing"),
        "UK-9-health": (Effect.SEAL, "topic", "health"),
        "UK-9-religion-belief": (Effect.SEAL, "topic", "religion-belief"),
        "UK-9-politics": (Effect.SEAL, "topic", "politics"),
        "UK-9-sexual-orientation": (Effect.SEAL, "topic", "sexual-orientation"),
        "UK-9-ethnicity": (Effect.SEAL, "topic", "ethnicity"),
        "UK-10": (Effect.SEAL, "topic", "criminal-offence"),
    }


def test_a_confirmed_citation_says_where_it_was_read() -> None:
    """No rule claims that its text was read without the address."""
    packs = [load.jurisdiction(id) for id in load.available().jurisdictions]
    citations = [rule.citation for pack in packs for rule in (*pack.authorisation, *pack.legality)]

    assert all(citation.address.startswith("https://") for citation in citations if citation.confirmed)
    assert any(citation.confirmed for citation in citations)


def test_the_police_pack_brings_the_uk_pack_and_the_marking() -> None:
    """The included pack comes first, and the marking is the police's."""
    packs = load.resolve(("uk-police",), load.jurisdiction)

    assert [pack.id for pack in packs] == ["uk", "uk-police"]
    assert packs[-1].marking == "OFFICIAL-SENSITIVE"


def test_compose_gives_packs_role_and_policy(policy_file: Path) -> None:
    """What governs a case are the packs with what they include, the role, and the organisation's policy."""
    policies = load.compose(AUTHORISATION, policy_file)

    assert [pack.id for pack in policies.jurisdictions] == ["uk", "uk-police"]
    assert (policies.role.id, policies.organisation.id) == ("police-officer", "SMP-01")


@pytest.mark.parametrize("name", ["atlantis", "../uk", "uk.toml", ""])
@pytest.mark.parametrize("kind", [load.jurisdiction, load.role, load.lexicon])
def test_an_unknown_id_lists_the_known_ones(kind, name: str) -> None:
    """An id that does not exist, or that would be a path, is an input error that lists what exists."""
    with pytest.raises(InputError, match="known are"):
        kind(name)


def test_a_consent_that_names_an_unknown_pack_is_an_input_error(policy_file: Path) -> None:
    """A pack or role that does not ship is explained with the known ones."""
    with pytest.raises(InputError, match="known are au, ca-bc"):
        load.compose(AUTHORISATION.but(packs=("atlantis",)), policy_file)
    with pytest.raises(InputError, match="known are care-worker, driver"):
        load.compose(AUTHORISATION.but(role="astronaut"), policy_file)


def test_packs_that_include_each_other_are_an_input_error() -> None:
    """A circle of packs is refused, and the circle is shown."""
    packs = {"a": pack("a", "b"), "b": pack("b", "c"), "c": pack("c", "b")}

    with pytest.raises(InputError, match="b > c > b"):
        load.resolve(("a",), packs.__getitem__)


def test_a_pack_included_twice_comes_once() -> None:
    """A pack that two others include comes once, before both."""
    packs = {"a": pack("a", "c"), "b": pack("b", "c"), "c": pack("c")}

    assert [found.id for found in load.resolve(("a", "b", "a"), packs.__getitem__)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("first", "second"),
    [(Effect.SEAL, Effect.EXCLUDE), (Effect.EXCLUDE, Effect.SEAL), (Effect.EXCLUDE, Effect.EXCLUDE)],
)
def test_the_stricter_of_two_equal_rules_stands(first: Effect, second: Effect) -> None:
    """Where two packs hold the same rule, the stricter effect stands, in either order."""
    policies = POLICIES.but(jurisdictions=(pack("a", legality=(rule(first),)), pack("b", legality=(rule(second),))))

    ((stands, version), *_) = load.legality_rules(policies)

    assert (stands.effect, version) == (Effect.EXCLUDE, "1.0")


def test_the_built_in_rules_stand_where_no_pack_asks_as_strictly() -> None:
    """A pack without rules has the built-in ones; of a pack that asks the same, only its own stand."""
    bare = load.legality_rules(POLICIES.but(jurisdictions=(pack("a"),)))
    shipped = load.legality_rules(POLICIES)

    assert [rule.id for rule, _ in bare] == [rule.id for rule in BUILT_IN_LEGALITY]
    assert {version for _, version in bare} == {LEGALITY_VERSION}
    assert LEGALITY_VERSION not in {version for _, version in shipped}


def test_pack_versions_name_everything_that_governs() -> None:
    """Packs, role, policy and lexicons are listed with the digest of their canonical form."""
    versions = load.pack_versions(POLICIES)

    kinds = [version.kind for version in versions]
    assert kinds[:4] == ["jurisdiction", "jurisdiction", "role", "organisation"]
    assert set(kinds[4:]) <= {"lexicon"}
    assert versions[3].sha256 == ORGANISATION.digest()


def test_a_policy_reviewed_before_it_takes_effect_is_an_input_error(tmp_path: Path) -> None:
    """A review date before the effective date is a mistake in the file."""
    path = tmp_path / "policy.toml"
    path.write_text(POLICY.format(review_due="2025-12-31"))

    with pytest.raises(InputError) as caught:
        load.organisation(path)

    assert caught.value.field == "review_due"


def test_the_organisations_policy_is_read_with_its_dates(policy_file: Path) -> None:
    """Dates of TOML become dates."""
    assert load.organisation(policy_file).review_due == date(2027, 4, 1)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (ROLE.replace(b"= 5", b"= 40"), "window_years"),
        (ROLE.replace(b"= 5", b'= "five"'), "window_years"),
        (ROLE.replace(b"threats-and-violence", b"bad-taste"), "categories[0].category"),
        (b"colour = 1\n" + ROLE, "colour"),
        (b"id = [", ""),
    ],
)
def test_a_wrong_pack_is_explained_with_file_and_field(content: bytes, field: str) -> None:
    """An error in a pack names the file, and the field where there is one."""
    with pytest.raises(InputError) as caught:
        load.parse_pack(content, RolePack, kind="role", id="x")

    assert caught.value.where == "role pack x.toml"
    assert caught.value.field == field


def test_a_pack_bears_the_name_of_its_file() -> None:
    """A pack with another id than its file is an input error."""
    words = (
        b'id="y"\nversion="1"\ntitle="Y"\nsource="own"\n[groups]\na=["b"]\n[[rules]]\nid="r"\nneeds=["a"]\nreason="So."'
    )

    assert load.parse_pack(words, Lexicon, kind="lexicon", id="y").id == "y"
    with pytest.raises(InputError, match="name of the file"):
        load.parse_pack(words, Lexicon, kind="lexicon", id="x")


def test_every_pack_names_tests_and_masks_that_exist() -> None:
    """The filters know every legality test and every class of mask that a shipped pack names."""
    for id in load.available().jurisdictions:
        shipped = load.jurisdiction(id)

        assert {rule.test for rule in shipped.legality} <= set(legality.TESTS)
        assert set(shipped.masks) <= masking.CLASSES


OWN = """
id = "harbour"
version = "1.0"
title = "Harbour"
includes = [{includes}]

[[authorisation]]
id = "HARBOUR-1"
test = "is_declared"
values = ["harbour-form"]
reason = "The harbour's form is not on the record."
mend = "Declare harbour-form."
citation = {{ article = "Harbour rules s.1", confirmed = false }}
"""


def own(policy_file: Path, kind: str, id: str, text: str) -> Path:
    """Put a pack of the organisation's own beside its policy."""
    path = policy_file.parent / "packs" / kind / f"{id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_pack_of_the_organisation_adds_to_one_that_ships(policy_file: Path) -> None:
    """A pack in the workspace's folder can be named in a consent, and brings the shipped pack that it includes."""
    path = own(policy_file, "jurisdiction", "harbour", OWN.format(includes='"uk"'))
    policies = load.compose(AUTHORISATION.but(packs=("harbour",)), policy_file)

    assert [found.id for found in policies.jurisdictions] == ["uk", "harbour"]
    assert load.own_packs(policy_file.parent) == (path,)


def test_a_pack_of_the_organisation_stands_on_one_that_ships(policy_file: Path) -> None:
    """A consent that names only an organisation's own rules is an input error."""
    own(policy_file, "jurisdiction", "harbour", OWN.format(includes=""))

    with pytest.raises(InputError, match="at least one pack that ships"):
        load.compose(AUTHORISATION.but(packs=("harbour",)), policy_file)


@pytest.mark.parametrize(("kind", "id"), [("jurisdiction", "uk-police"), ("role", "police-officer")])
def test_a_pack_that_ships_cannot_be_replaced(kind: str, id: str, policy_file: Path) -> None:
    """A file with the name of a shipped pack is an input error, not a new law."""
    own(policy_file, kind, id, OWN.format(includes='"uk"'))

    with pytest.raises(InputError, match="ships and cannot be replaced"):
        load.compose(AUTHORISATION, policy_file)


def test_a_role_of_the_organisation_is_checked_as_the_others(policy_file: Path) -> None:
    """A role in the workspace's folder needs its necessity like any other."""
    text = ROLE.decode().replace('id = "x"', 'id = "pilot"')
    own(
        policy_file,
        "role",
        "pilot",
        text.replace("So.", "A pilot boards ships alone; a threat bears on the crew's safety."),
    )
    assert load.compose(AUTHORISATION.but(role="pilot"), policy_file).role.id == "pilot"

    own(policy_file, "role", "pilot", text)
    with pytest.raises(InputError, match="necessity"):
        load.compose(AUTHORISATION.but(role="pilot"), policy_file)


@pytest.mark.parametrize("id", ["..", "a.b", "x:y"])
def test_an_id_never_becomes_a_path(id: str, policy_file: Path) -> None:
    """An id with dots or colons is looked for nowhere."""
    with pytest.raises(InputError, match="known are"):
        load.compose(AUTHORISATION.but(packs=(id,) if id != ".." else ("a..b",)), policy_file)


def test_packs_that_contradict_are_refused_on_composing(policy_file: Path) -> None:
    """A consent under the police pack and the employers' standard can never be satisfied, so it is an input error."""
    with pytest.raises(InputError, match="no record can pass"):
        load.compose(AUTHORISATION.but(packs=("uk-police", "uk-bs7858")), policy_file)
