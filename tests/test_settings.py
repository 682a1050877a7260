from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from civicdesk import settings
from civicdesk.settings import Settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of the test's own; this computer's stays as it is."""
    file = tmp_path / "config" / "settings.toml"
    monkeypatch.setattr(settings, "FILE", file)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CIVICDESK_{name.upper()}", raising=False)
    return file


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_what_was_saved_is_there_at_the_next_start(file: Path, tmp_path: Path) -> None:
    Settings().with_(language="en", scale=1.5, theme="dark", database=tmp_path / "Işık.db").save()

    loaded, aside = Settings.load()
    assert (loaded.language, loaded.scale, loaded.theme) == ("en", 1.5, "dark")
    assert loaded.database == tmp_path / "Işık.db"
    assert aside is None


def test_only_what_differs_is_written(file: Path) -> None:
    Settings().with_(language="en").save()

    assert file.read_text(encoding="utf-8") == 'language = "en"\n'


def test_the_environment_goes_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(file, 'language = "en"\n')
    monkeypatch.setenv("CIVICDESK_LANGUAGE", "tr")

    assert Settings.load()[0].language == "tr"


@pytest.mark.parametrize(
    "broken", ["language = \n", "\x00\x00", "[[[", 'language = "tr"\nlanguage = "en"', "scale"]
)
def test_a_file_that_is_no_toml_is_kept_aside_and_the_usual_settings_stand_in(
    file: Path, broken: str
) -> None:
    written(file, broken)
    loaded, aside = Settings.load()

    assert loaded == Settings()
    assert aside is not None
    assert aside.name == "settings.toml.bad"
    assert aside.read_text(encoding="utf-8") == broken


def test_a_file_in_another_encoding_is_answered_in_the_same_way(file: Path) -> None:
    written(file, "")
    file.write_bytes('desk = "Giriş masası"'.encode("utf-16"))
    loaded, aside = Settings.load()

    assert (loaded.desk, aside) == ("desk-1", file.with_name("settings.toml.bad"))


def test_one_wrong_value_does_not_cost_the_others(file: Path, tmp_path: Path) -> None:
    written(file, f'scale = 9.0\nlanguage = "en"\ndatabase = "{tmp_path}/ours.db"\nreader_gap_ms = "slow"\n')
    loaded, aside = Settings.load()

    assert (loaded.scale, loaded.language, loaded.reader_gap_ms) == (1.0, "en", 35)
    assert loaded.database == tmp_path / "ours.db"
    assert aside is not None


def test_the_next_start_has_nothing_to_tell_any_more(file: Path) -> None:
    written(file, "scale = 9.0\n")
    Settings.load()

    assert Settings.load() == (Settings(), None)


def test_a_file_is_not_blamed_for_a_wrong_variable(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(file, 'language = "en"\n')
    monkeypatch.setenv("CIVICDESK_SCALE", "9")
    with pytest.raises(ValidationError):
        Settings.load()

    assert file.read_text(encoding="utf-8") == 'language = "en"\n'
    assert not file.with_name("settings.toml.bad").exists()


def test_a_wrong_variable_without_a_file_is_told_as_what_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIVICDESK_SCALE", "huge")
    with pytest.raises(ValidationError, match="scale"):
        Settings.load()


def test_keys_of_a_newer_version_do_not_stop_this_one(file: Path) -> None:
    written(file, 'language = "en"\nhologram = true\n')

    assert Settings.load()[0].language == "en"
