"""What assistive technology sees and does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.outside.conftest import Assistive, Screen

pytestmark = pytest.mark.outside


def test_a_name_is_written_a_button_pressed_and_the_answer_read(
    screen: Screen, reader_for: Callable[[str], Assistive]
) -> None:
    screen.start_python("tests/outside/small_window.py")
    screen.wait_for_window("Küçük pencere")
    reader = reader_for("smallwindow")
    reader.write("Şükrü Işık", name="Ad Soyad", role="text")
    reader.press(name="Giriş yap")
    reader.wait(name="Şükrü Işık içeride", role="label")

    assert reader.read(handle="name") == "Şükrü Işık"
    assert reader.read(handle="status") == "Şükrü Işık içeride"
    assert {"Ad Soyad", "Giriş yap"} <= {control["name"] for control in reader.tree()}


def test_the_calendar_is_rooms_and_bookings_not_one_picture(
    screen: Screen, reader_for: Callable[[str], Assistive], tmp_path: Path
) -> None:
    screen.start_python("-m", "tests.outside.small_calendar", tmp_path / "desk.db")
    screen.wait_for_window("Küçük takvim")
    reader = reader_for("smallcalendar")
    reader.wait(name="Ihlamur Salonu · 120 kişi · engelsiz erişim")
    reader.wait(name="12:00–13:00 · Ihlamur Salonu · Kent ve iklim · Toplantı · Kesin")
    said = [control["name"] for control in reader.tree()]

    assert {
        "Salon takvimi",
        "Çınar Odası · 16 kişi · engelsiz erişim",
        "24 Kasım Salı. Başka gün seçin",
    } <= set(said)
