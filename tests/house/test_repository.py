"""The repository's own files: pinned dependencies, one version, a changelog in form, no foreign traces."""

from __future__ import annotations

import configparser
import re
from typing import Final

from tests.house.source import files, text_files
from tests.support.surroundings import ROOT

_PINNED: Final = re.compile(r"^[a-z0-9-]+(\[[a-z,]+\])? ==[0-9][0-9a-z.]*$")
_HEAD: Final = re.compile(r"^## (\d+\.\d+\.\d+) - (?:unreleased|\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_KINDS: Final = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
# Written in pieces, so that this file does not contain what it looks for.
_TRACES: Final = (
    r"pypi\." + "org",
    "python" + "hosted",
    r"npmjs\." + "(?:org|com)",
    "registry" + r"\.npm",
    r"deb\." + "debian",
    "mirrors" + r"\.",
    r"(?<![\w.])/wo" + "rk/",
    r"(?<![\w.])/ro" + "ot/",
    r"(?<![\w.])/ho" + r"me/[a-z]+/",
    r"\.\./\.lib" + "rary",
)


def _setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_dependency_is_pinned() -> None:
    setup = _setup()
    lists = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    lines = [line for listed in lists for line in listed.split("\n") if line]
    assert len(lines) > 20
    assert [line for line in lines if not _PINNED.match(line)] == []


def test_a_dependency_named_twice_has_one_version() -> None:
    extras = _setup()["options.extras_require"]
    assert set(extras["postgresql"].split("\n")) <= set(extras["test"].split("\n"))


def test_the_version_is_the_changelogs_newest() -> None:
    heads = _HEAD.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert heads[0] == _setup()["metadata"]["version"]


def test_the_changelog_keeps_its_form() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# Changelog"
    assert {line.removeprefix("### ") for line in lines if line.startswith("### ")} <= _KINDS
    assert [line for line in lines if line.startswith("## ") and not _HEAD.match(line)] == []


def test_no_file_names_a_registrys_host_or_a_path_of_somebodys_machine() -> None:
    trace = re.compile("|".join(_TRACES))
    wrong = [
        f"{path}:{number}"
        for path, text in text_files()
        for number, line in enumerate(text.splitlines(), 1)
        if trace.search(line)
    ]
    assert wrong == []


def test_what_a_repository_needs_is_there() -> None:
    expected = {
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "README.md",
        "README.zh.md",
        "Makefile",
    }
    assert expected <= {str(path) for path in files()}
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
