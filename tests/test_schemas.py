"""The published schemas are what the models say, and the models take what they allow."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

if TYPE_CHECKING:
    from types import ModuleType

TOP = Path(__file__).resolve().parent.parent


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("schemas", TOP / "scripts" / "schemas.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()


def _profile() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((TOP / "schemas" / "profile.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", sorted(SCRIPT.PUBLISHED))
def test_a_published_schema_is_what_its_model_says(name: str) -> None:
    text = (TOP / "schemas" / f"{name}.json").read_text("utf-8")
    assert text == SCRIPT.published(SCRIPT.PUBLISHED[name]), "run: python scripts/schemas.py"
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


def test_an_editor_can_hold_a_profile_against_its_schema() -> None:
    profile = tomllib.loads("[landlord]\nname = 'Harrowmere'\n[timescales]\nstage1 = 8\n")
    jsonschema.validate(profile, _profile())
    profile["timescales"]["stage_1"] = 8
    with pytest.raises(jsonschema.ValidationError, match="stage_1"):
        jsonschema.validate(profile, _profile())


def test_the_schema_of_the_profile_offers_no_place_for_a_password() -> None:
    assert "password" not in _profile()["$defs"]["Database"]["properties"]
