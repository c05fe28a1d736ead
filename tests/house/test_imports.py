"""Who may know whom: the table of layers, read from every import statement wherever it stands."""

from __future__ import annotations

import graphlib
import importlib.util
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.house.source import PACKAGES, Module, files, modules
from tests.support.surroundings import ROOT

_LAYERS: Final = {
    "engine": {"engine"},
    "workflows": {"engine", "workflows"},
    "storage": {"engine", "workflows", "storage"},
    "web": {"engine", "workflows", "storage", "web"},
    "scheduler": {"engine", "workflows", "storage", "scheduler"},
    "cli": {"engine", "workflows", "storage", "web", "scheduler", "cli"},
}
# Third-party code by the place that may know it; a longer place speaks for itself alone.
_OUTSIDE: Final[dict[str, set[str]]] = {
    "engine.machine": {"transitions"},
    "workflows": {"babel", "chinese_calendar", "docx", "lxml", "openpyxl", "segno"},
    "workflows.documents.pdf_program": {"pypdf"},
    "storage": {"sqlalchemy", "alembic", "psycopg"},
    "storage.signing": {"cryptography"},
    "web": {
        "flask",
        "flask_login",
        "flask_wtf",
        "flask_bootstrap",
        "wtforms",
        "werkzeug",
        "jinja2",
        "markupsafe",
    },
    "scheduler": {"apscheduler"},
    "cli": {"click"},
    "cli.serve": {"gunicorn"},
    "cli.demo": {"aiosmtpd", "flask", "werkzeug", "markupsafe"},
}
# Of the standard library: what opens a line to another machine.
_NETWORK: Final = {"smtplib", "socket", "http.client", "urllib.request", "ftplib", "imaplib", "poplib", "ssl"}
_SENDERS: Final = "workflows.notices.senders"
_MAY_SEND: Final = ("scheduler", "cli.doctor", _SENDERS)
_NAMES: Final = sorted(module.name for module in modules())


def _by_name(name: str) -> Module:
    return next(module for module in modules() if module.name == name)


def _is_in(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def _resolved(target: str) -> str | None:
    """The module of ours that an imported name is or stands in."""
    names = set(_NAMES)
    while target and target not in names:
        target = target.rpartition(".")[0]
    return target or None


@pytest.mark.parametrize("name", _NAMES)
def test_a_module_knows_only_the_layers_below_it(name: str) -> None:
    layer = name.split(".", maxsplit=1)[0]
    known = {target.split(".")[0] for target in _by_name(name).imported} & {
        *_LAYERS,
        "tests",
        "bench",
        "trials",
    }
    assert known <= _LAYERS[layer]


@pytest.mark.parametrize("name", _NAMES)
def test_a_module_knows_only_the_foreign_code_of_its_place(name: str) -> None:
    allowed = set().union(*(_OUTSIDE[place] for place in _OUTSIDE if _is_in(name, place)))
    tops = {target.split(".")[0] for target in _by_name(name).imported}
    # The type checker's own names exist at no run time.
    assert tops - set(_LAYERS) - sys.stdlib_module_names - {"_typeshed"} <= allowed


def test_of_workflows_storage_knows_the_records_and_the_ports_alone() -> None:
    wrong = [
        f"{module.path}: {target}"
        for module in modules()
        if _is_in(module.name, "storage")
        for target in module.imported
        if _is_in(target, "workflows") and not {"records", "ports"} & set(target.split("."))
    ]
    assert wrong == []


def test_no_page_and_no_command_knows_a_table() -> None:
    wrong = [
        f"{module.path}: {target}"
        for module in modules()
        if module.name.split(".")[0] in {"web", "cli", "scheduler"}
        for target in module.imported
        if _is_in(target, "storage") and {"tables", "schema"} & set(target.split("."))
    ]
    assert wrong == []


def test_only_the_senders_open_a_line_and_only_the_scheduler_and_the_doctor_know_them() -> None:
    wrong = []
    for module in modules():
        inner = module.name.split(".")[0] in {"engine", "workflows", "web"}
        for target in module.imported:
            opens = (
                inner and any(_is_in(target, line) for line in _NETWORK) and not _is_in(module.name, _SENDERS)
            )
            knows = _is_in(target, _SENDERS) and not any(_is_in(module.name, place) for place in _MAY_SEND)
            if opens or knows:
                wrong.append(f"{module.path}: {target}")
    assert wrong == []


def test_no_module_imports_itself_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for module in modules():
        targets = {_resolved(target) for target in module.imported} - {None, module.name}
        # A module is always imported after the packages it lies in; naming them adds nothing.
        graph[module.name] = {target for target in targets if target and not _is_in(module.name, target)}
    graphlib.TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("name", [*PACKAGES, "scheduler", "tests", "bench", "trials"])
def test_a_top_level_name_is_ours_and_not_a_package_of_the_same_name(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)
    assert name not in sys.stdlib_module_names


def test_every_folder_of_python_files_is_a_package() -> None:
    folders = {path.parent for path in files() if path.suffix == ".py" and path.parent != Path()}
    missing = [str(folder) for folder in folders if not (ROOT / folder / "__init__.py").exists()]
    # A program that is run by its path, as the bundle's builder, lies in no package.
    assert [folder for folder in missing if not folder.startswith("deploy")] == []
