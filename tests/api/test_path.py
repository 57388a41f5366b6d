"""The shortest chain between two documents, as people read it."""

from __future__ import annotations

from typer.testing import CliRunner

from api.cli import app


def told(store: str, *asked: str) -> list[str]:
    result = CliRunner().invoke(app, ["path", *asked], env={"CANCU_STORE": store})
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_each_step_with_its_sentence(demo_store: str) -> None:
    lines = told(demo_store, "19/KH-UBND", "33/CT-TTg 2021")
    assert lines[0] == "Chuỗi ngắn nhất có 2 bước."
    heads = [line.split(" · ")[0].strip() for line in lines if line.startswith("  ●") or line.startswith("  ○")]
    assert [head.split()[-1] for head in heads] == ["19/KH-UBND", "15/KH-UBND", "33/CT-TTg"]
    assert sum("→ thực hiện →" in line for line in lines) >= 1
    assert any("“" in line for line in lines)


def test_no_chain_leads_back(demo_store: str) -> None:
    said = told(demo_store, "33/CT-TTg 2021", "19/KH-UBND")
    assert said == ["Không có chuỗi quan hệ nào dẫn từ văn bản này đến văn bản kia."]
