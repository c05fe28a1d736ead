"""Settings are read once, checked, and a wrong one is named in one sentence that gives no secret away."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cli import settings
from cli.errors import Unusable
from cli.secret import secret_key


def test_nothing_set_means_sqlite_in_the_data_folder_and_court_time() -> None:
    read = settings.read({})
    assert read.data_dir == Path.cwd() / "data"
    assert read.database_url == f"sqlite:///{Path.cwd()}/data/zhenggai.db"
    assert read.timezone.key == "Asia/Shanghai"
    assert read.base_url == "http://127.0.0.1:8000"
    assert (read.smtp_url, read.mail_from, read.secret_key) == (None, None, None)
    assert (read.allow_clock, read.allow_http, read.uses_tls) == (False, False, False)


def test_everything_set_is_taken_as_it_stands(tmp_path: Path) -> None:
    read = settings.read(
        {
            "ZHENGGAI_DATABASE_URL": "postgresql://office:pw@db/zhenggai",
            "ZHENGGAI_DATA_DIR": str(tmp_path),
            "ZHENGGAI_SMTP_URL": "smtp+starttls://mail.example:587",
            "ZHENGGAI_MAIL_FROM": "整改办 <zhenggai@court.example>",
            "ZHENGGAI_BASE_URL": "https://zhenggai.example/",
            "ZHENGGAI_SECRET_KEY": "k" * 32,
            "ZHENGGAI_TIMEZONE": "Asia/Urumqi",
            "ZHENGGAI_ALLOW_CLOCK": "1",
            "ZHENGGAI_ALLOW_HTTP": "0",
            "ZHENGGAI_TEST_DATABASE_URL": "for the tests alone",
        }
    )
    assert read.database_url == "postgresql+psycopg://office:pw@db/zhenggai"
    assert read.data_dir == tmp_path
    assert read.base_url == "https://zhenggai.example"
    assert read.uses_tls
    assert (read.allow_clock, read.allow_http) == (True, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHENGGAI_DATABASE_URL", "mysql://u:hunter2hunter2@h/d"),
        ("ZHENGGAI_DATABASE_URL", "postgresql://u:hunter2hunter2@h"),
        ("ZHENGGAI_DATABASE_URL", "postgresql://u:hunter2hunter2@h:port/d"),
        ("ZHENGGAI_DATABASE_URL", "sqlite://"),
        ("ZHENGGAI_DATABASE_URL", "sqlite:///:memory:"),
        ("ZHENGGAI_DATA_DIR", __file__),
        ("ZHENGGAI_DATA_DIR", "what?"),
        ("ZHENGGAI_SMTP_URL", "mail.example:25"),
        ("ZHENGGAI_SMTP_URL", "smtp://"),
        ("ZHENGGAI_SMTP_URL", "smtp://u:hunter2hunter2@mail.example:0x19"),
        ("ZHENGGAI_MAIL_FROM", "nobody"),
        ("ZHENGGAI_MAIL_FROM", "a@b.example\nBcc: c@d.example"),
        ("ZHENGGAI_BASE_URL", "zhenggai.example"),
        ("ZHENGGAI_BASE_URL", "https://zhenggai.example/?a=b"),
        ("ZHENGGAI_SECRET_KEY", "hunter2hunter2"),
        ("ZHENGGAI_TIMEZONE", "Asia/Nowhere"),
        ("ZHENGGAI_TIMEZONE", "../../etc/passwd"),
        ("ZHENGGAI_TIMEZONE", "Asia"),
        ("ZHENGGAI_ALLOW_CLOCK", "yes"),
        ("ZHENGGAI_ALLOW_HTTP", "true"),
    ],
)
def test_a_malformed_setting_is_named_and_its_value_is_not_repeated(name: str, value: str) -> None:
    with pytest.raises(Unusable) as caught:
        settings.read({name: value})
    assert name in caught.value.message
    assert "hunter2" not in caught.value.message
    assert caught.value.exit_code == 2


def test_a_misspelt_setting_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(Unusable, match="ZHENGGAI_DATABASE_URL"):
        settings.read({"ZHENGGAI_DATABSE_URL": "sqlite:////tmp/x.db"})


def test_a_mail_server_without_a_sender_is_refused() -> None:
    with pytest.raises(Unusable, match="ZHENGGAI_MAIL_FROM"):
        settings.read({"ZHENGGAI_SMTP_URL": "smtp://127.0.0.1"})


def test_an_empty_variable_counts_as_not_set() -> None:
    assert settings.read({"ZHENGGAI_SECRET_KEY": "", "ZHENGGAI_TIMEZONE": " "}) == settings.read({})


def test_reading_the_settings_creates_nothing(tmp_path: Path) -> None:
    settings.read({"ZHENGGAI_DATA_DIR": str(tmp_path / "data")})
    assert list(tmp_path.iterdir()) == []


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    read = settings.read({"ZHENGGAI_DATA_DIR": str(tmp_path / "data")})
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(read), range(32)))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    (path,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_secret_key_that_is_given_is_not_written_down(tmp_path: Path) -> None:
    given = {"ZHENGGAI_DATA_DIR": str(tmp_path / "data"), "ZHENGGAI_SECRET_KEY": "k" * 40}
    assert secret_key(settings.read(given)) == "k" * 40
    assert list(tmp_path.iterdir()) == []
