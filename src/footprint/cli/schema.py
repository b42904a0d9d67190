"""`footprint schema`: the JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import click
from pydantic import BaseModel

from footprint.cli.options import print_json
from footprint.cli.review import Decisions
from footprint.collectors.interface import Manifest
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.policy import JurisdictionPack, OrganisationPolicy, RolePack
from footprint.report.render import schema as report_schema
from footprint.store.workspace import Settings

INPUTS: dict[str, type[BaseModel]] = {
    "profile": Candidate,
    "consent": Authorisation,
    "policy": OrganisationPolicy,
    "jurisdiction": JurisdictionPack,
    "role": RolePack,
    "manifest": Manifest,
    "settings": Settings,
    "decisions": Decisions,
}


@click.command()
@click.argument("name", type=click.Choice([*INPUTS, "report"]))
def schema(name: str) -> None:
    """Print the JSON Schema of NAME: a profile, a consent, a policy, a pack, a manifest, the settings, the decisions of
    a review or the report."""
    print_json(report_schema() if name == "report" else INPUTS[name].model_json_schema())
