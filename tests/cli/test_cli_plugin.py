"""A plug-in package: built and installed, off until the workspace turns it on, held to the contract, read like any source."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from footprint.contract.server import Asked, Given
from loopback_thread import Web

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "footprint-collector-example"
FIXTURES = EXAMPLE / "src" / "footprint_paperboat" / "fixtures" / "x-paperboat"
SOURCE = "x-paperboat"
REASON = "The club's secretary was asked; the log is public."


def installed(source: Path, target: Path) -> Path:
    """Build a package and install it into a folder, without the network."""
    copy = target / "source"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    words = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", *words, "--target", target / "site", copy],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return target / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, installed."""
    return installed(EXAMPLE, tmp_path_factory.mktemp("plug-in"))


@pytest.fixture
def plugged(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example on the path of this process."""
    monkeypatch.syspath_prepend(str(site))


@pytest.fixture
def place(tmp_path: Path, call, plugged: None) -> Path:
    """A workspace whose role pack, policy, consent and profile name the plug-in's source."""
    folder = tmp_path / "w"
    call("init", folder)
    role = ROOT / "src" / "footprint" / "policies" / "packs" / "role" / "police-officer.toml"
    (folder / "packs" / "role").mkdir(parents=True)
    pack = re.sub(
        r"^sources = \[.*?\]", f'sources = ["website", "{SOURCE}"]', role.read_text("utf-8"), flags=re.M | re.S
    )
    (folder / "packs" / "role" / "boats.toml").write_text(pack.replace('id = "police-officer"', 'id = "boats"'))
    policy = folder / "policy.toml"
    policy.write_text(policy.read_text("utf-8").replace('sources = ["mastodon"]', f'sources = ["{SOURCE}"]'))
    profile = (folder / "example-profile.toml").read_text("utf-8").partition("[[identifiers]]")[0]
    (folder / "profile.toml").write_text(
        f'{profile}\n[[identifiers]]\nkind = "{SOURCE}"\nvalue = "maraquill"\nhost = "boats.example"\n'
    )
    consent = (folder / "example-consent.toml").read_text("utf-8")
    consent = re.sub(r"^sources = .*$", f'sources = ["website", "{SOURCE}"]', consent, flags=re.M)
    consent = consent.replace('role = "police-officer"', 'role = "boats"')
    (folder / "consent.toml").write_text(
        consent.replace('  "website:https://maraquill.example/",', f'  "{SOURCE}:maraquill@boats.example",')
    )
    return folder


def answer(asked: Asked) -> Given:
    """The invented service, from the plug-in's own fixtures."""
    if asked.target == "/api/members/harbourmaster":
        return Given(200, "application/json", b'{"name": "harbourmaster", "about": "The service itself."}')
    files = {"/api/members/maraquill": "member.json", "/api/members/maraquill/voyages?limit=50": "voyages.json"}
    name = files.get(asked.target)
    if name is not None:
        return Given(200, "application/json", (FIXTURES / name).read_bytes())
    return Given(200, "application/json", b"[]") if asked.target.startswith("/api/members/harbour") else Given(404)


def test_the_example_keeps_the_contract(call, plugged: None) -> None:
    """Every case holds; progress goes to stderr."""
    done = call("sources", "check", "--contract", "footprint-collector-example")

    assert done.code == 0, done.out
    assert len(done.out.splitlines()) == 13
    assert all(line.endswith(" holds") for line in done.out.splitlines())
    assert "x-paperboat: malformed" in done.err


def test_the_contract_can_be_read_by_programs(call, plugged: None) -> None:
    """One object a case."""
    lines = json.loads(call("sources", "check", "--contract", "footprint-collector-example", "--json").out)

    assert len(lines) == 13
    assert lines[-1] == {"source": SOURCE, "case": "malformed", "problems": []}


def test_it_is_off_until_the_workspace_turns_it_on(place: Path, call) -> None:
    """Installed is not enough: the plan leaves it out, and nothing of its code is run to say so."""
    sys.modules.pop("footprint_paperboat.collector", None)
    drawn = call("plan", place / "profile.toml", "--consent", place / "consent.toml", "--workspace", place)

    assert drawn.code == 3
    assert f"footprint sources on {SOURCE}" in drawn.err
    assert f"{SOURCE}      off" in call("sources", "list", "--workspace", place).out
    assert "footprint_paperboat.collector" not in sys.modules


def test_turned_on_it_is_checked_planned_and_read(place: Path, call, tmp_path: Path) -> None:
    """Through the same gate as any source: canaries, plan, report, coverage."""
    words = (place / "profile.toml", "--consent", place / "consent.toml", "--workspace", place)
    assert call("sources", "on", SOURCE, "--reason", REASON, "--workspace", place).code == 0
    assert "GET https://boats.example/api/members/maraquill" in call("plan", *words).out
    with Web(["boats.example"], answer, tmp_path / "ca.pem") as web:
        done = call("screen", *words, "--json", *web.words)
        checked = call("sources", "check", SOURCE, "--workspace", place, *web.words)

    assert (checked.code, checked.out.split()[:2]) == (0, [SOURCE, "passed"])
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert (told["observations"], told["unknown"]) == (3, {})


def test_a_package_that_is_not_installed_is_bad_input(call, plugged: None) -> None:
    """The message says what was looked for."""
    done = call("sources", "check", "--contract", "no-such-package")

    assert done.code == 2
    assert "an installed package with an entry point" in done.err


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """The example with one file changed."""
    copy = tmp_path / "example"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return copy


COLLECTOR = "src/footprint_paperboat/collector.py"
MANIFEST = "src/footprint_paperboat/x-paperboat.toml"
BROKEN = [
    (COLLECTOR, "import AsyncIterator\n", "import AsyncIterator\nfrom pathlib import Path\n", 4, "import pathlib"),
    (MANIFEST, 'id = "x-paperboat"', 'id = "x-steamboat"', 2, "consumes"),
    (MANIFEST, 'access = "open"', 'access = "free"', 2, "access"),
]


@pytest.mark.parametrize(("name", "old", "new", "code", "said"), BROKEN, ids=["wall", "id", "access"])
def test_a_package_that_does_not_keep_the_contract_says_where(
    tmp_path: Path, call, monkeypatch: pytest.MonkeyPatch, name, old, new, code, said
) -> None:
    """An import that leads outside, a manifest under another name, a manifest that does not hold."""
    monkeypatch.syspath_prepend(str(installed(changed(tmp_path, name, old, new), tmp_path)))
    for module in [module for module in sys.modules if module.startswith("footprint_paperboat")]:
        monkeypatch.delitem(sys.modules, module)
    done = call("sources", "check", "--contract", "footprint_collector.example")

    assert done.code == code
    assert said in done.out + done.err


def test_the_commands_of_the_page_are_true(place: Path, call, tmp_path: Path) -> None:
    """Every command of docs/collector.md runs as it stands there, but for the workspace and the web it asks."""
    page = (ROOT / "docs" / "collector.md").read_text("utf-8")
    commands = [line.removeprefix("footprint ") for line in page.splitlines() if line.startswith("footprint ")]
    with Web(["boats.example"], answer, tmp_path / "ca.pem") as web:
        for command in commands:
            words = [word.replace("WORKSPACE", str(place)) for word in shlex.split(command)]
            if words[:3] == ["sources", "check", SOURCE]:
                words += web.words
            done = call(*words)
            assert done.code == 0, (command, done.err)

    assert len(commands) == 4
    assert f"examples/{EXAMPLE.name}\n" in page
