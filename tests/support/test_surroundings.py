"""The surroundings work: databases are fresh, a template is built once, and the browser draws Chinese."""

from __future__ import annotations

import psycopg
import pytest

from tests.support.postgres import Server
from tests.support.visitors import Visitors


def _rows(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute("SELECT word FROM thing").fetchall()


def _build(url: str) -> None:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE thing (word text)")
        connection.execute("INSERT INTO thing VALUES ('built')")


def test_a_database_made_from_a_template_starts_as_the_template_was(postgres_server: Server) -> None:
    name = postgres_server.template("surroundings", _build)
    with postgres_server.database(name) as first, postgres_server.database(name) as second:
        with psycopg.connect(first.replace("+psycopg", "")) as connection:
            connection.execute("DELETE FROM thing")
        assert _rows(first) == []
        assert _rows(second) == [("built",)]


def test_a_template_is_built_only_once(postgres_server: Server) -> None:
    postgres_server.template("surroundings", _build)

    def twice(url: str) -> None:
        pytest.fail(f"built again at {url}")

    assert postgres_server.template("surroundings", twice) == "zhenggai_template_surroundings"


def test_every_postgres_url_is_an_empty_database(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        tables = connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == []


@pytest.mark.browser
def test_the_browser_has_a_font_for_chinese(visitors: Visitors) -> None:
    page = visitors.open()
    page.set_content(
        '<b id="word" style="font-size:40px">整</b> <b id="none" style="font-size:40px">\U0010fffd</b>'
    )
    drawn = page.locator("#word").screenshot()
    missing = page.locator("#none").screenshot()
    assert drawn != missing
    box = page.locator("#word").bounding_box()
    assert box is not None
    assert box["width"] == 40


@pytest.mark.browser
def test_a_request_for_another_host_is_a_complaint(visitors: Visitors) -> None:
    page = visitors.open()
    page.set_content('<img src="http://192.0.2.1/picture.png">')
    assert any("192.0.2.1" in complaint for complaint in visitors.complaints)
    visitors.complaints.clear()
