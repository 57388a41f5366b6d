"""The registry of offices that sign documents."""

from __future__ import annotations

import pytest

from graph.errors import RegistryError
from graph.registry import load
from graph.registry.offices import offices


def test_longer_names_come_first() -> None:
    names = [office.name for office in offices()]
    assert names.index("Phó Chủ tịch Thường trực") < names.index("Phó Chủ tịch") < names.index("Chủ tịch")


def test_only_heads_issue_documents_in_their_own_name() -> None:
    issuing = {office.name for office in offices() if office.issues}
    assert {"Chủ tịch", "Bộ trưởng", "Thủ tướng"} <= issuing
    assert not any(name.startswith(("Phó", "Thứ trưởng", "Giám đốc", "Bí thư")) for name in issuing)


def test_an_office_that_stands_twice_is_refused(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("registry")
    (folder / "offices.yaml").write_text("- {name: Bí thư}\n- {name: Bí thư}\n", "utf-8")
    monkeypatch.setattr(load, "files", lambda _package: folder)
    with pytest.raises(RegistryError, match="twice"):
        offices.__wrapped__()
