"""What holds for every page: the policy, no script, no style in place, no other host, the language."""

from __future__ import annotations

import re

import pytest

from tests.support.seed import Court
from tests.web.addresses import addresses
from tests.web.driving import completed, propose, started

_HTML = "text/html"
_INLINE = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
_LOADING = re.compile(r'(?:src|href|action|srcset|poster|data)="([^"]*)"')
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
WHO = ("handler", "leader", "office", "inspector", "administrator", "nobody")


@pytest.fixture
def busy(seeded: Court) -> Court:
    """The court with tasks on their way, so that pages have something to show."""
    started(seeded, seeded.tasks[0])
    completed(seeded, seeded.tasks[0])
    started(seeded, seeded.tasks[3])
    propose(seeded, "handler", seeded.tasks[1], "acknowledge", {"text": "不应由本部门牵头"})
    return seeded


@pytest.mark.parametrize("login", WHO)
def test_no_page_carries_what_the_policy_forbids(busy: Court, login: str) -> None:
    client, wrong = busy.visitor(login), []
    for address in addresses(busy):
        if address.method != "GET":
            continue
        answer = client.get(address.url)
        if answer.headers["Content-Security-Policy"] != _POLICY:
            wrong.append((address.url, "policy"))
        if answer.headers["X-Content-Type-Options"] != "nosniff":
            wrong.append((address.url, "sniffing"))
        if answer.mimetype != _HTML:
            continue
        wrong += [(address.url, found) for found in _INLINE.findall(answer.text)]
        wrong += [(address.url, place) for place in _LOADING.findall(answer.text) if _leads_out(place)]
        wrong += (
            [] if answer.status_code == 302 or '<html lang="zh-CN">' in answer.text else [(address.url, "")]
        )
        wrong += [] if answer.headers["Cache-Control"] == "no-store" else [(address.url, "kept")]
    assert wrong == []


def _leads_out(place: str) -> bool:
    return place.startswith(("http:", "https:", "//", "data:", "javascript:"))


@pytest.mark.parametrize("login", WHO)
def test_every_page_is_there_in_english_too(busy: Court, login: str) -> None:
    client, wrong = busy.visitor(login), []
    client.post("/language", data={"language": "en"})
    for address in addresses(busy):
        if address.method != "GET":
            continue
        answer = client.get(address.url)
        if answer.status_code >= 500 or answer.headers["Content-Language"] != "en":
            wrong.append((address.url, answer.status_code))
    assert wrong == []


def test_no_stylesheet_loads_from_another_host(seeded: Court) -> None:
    client = seeded.app.test_client()
    for name in ("zhenggai.css", "task.css", "print.css"):
        with client.get(f"/static/{name}") as answer:
            text = answer.get_data(as_text=True)
        assert re.findall(r"url\(([^)]*)\)", text) == re.findall(r'url\(("[a-z]+\.svg")\)', text)
        assert "@import" not in text


def test_bootstrap_is_served_here(seeded: Court) -> None:
    client = seeded.app.test_client()
    place = re.search(r'href="(/bootstrap[^"]+)"', client.get("/login").text)
    assert place is not None
    with client.get(place[1]) as answer:
        assert answer.status_code == 200
        assert "max-age" in answer.headers["Cache-Control"]
        assert len(answer.data) > 100_000


def test_the_health_of_the_product_can_be_asked(seeded: Court) -> None:
    answer = seeded.app.test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
