"""What the reports are made of: the scorer's own figures, a document at a time, a score at a time."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import accuracy
from benchmarks.scoring import Scorer, extract
from graph.errors import CancuError

SCORER = Path(__file__).parents[3] / "shared" / "tools" / "score"
TEXT = """ỦY BAN NHÂN DÂN
TỈNH BẮC KẠN
Số: 21/KH-UBND
Bắc Kạn, ngày 10 tháng 01 năm 2022

KẾ HOẠCH
Công tác dân vận năm 2022

Căn cứ Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ;
Thực hiện Nghị quyết số 25-NQ/TW ngày 03 tháng 6 năm 2013 của Ban Chấp hành Trung ương Đảng,
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
1. Các sở, ngành phối hợp.
"""

needs_scorer = pytest.mark.skipif(not SCORER.is_file(), reason="the scorer (../shared/tools/score) is not here")


@pytest.fixture
def folders(tmp_path):
    """Annotations, texts and extracts of one document in which the annotator saw one edge more than the extractor."""
    gold, texts, output = (tmp_path / name for name in ("gold", "texts", "output"))
    texts.mkdir()
    (texts / "plan.txt").write_text(TEXT, encoding="utf-8")
    gold.mkdir()
    (gold / "plan.json").write_text("{}", encoding="utf-8")
    extract(gold, texts, output)
    made = json.loads((output / "plan.json").read_text(encoding="utf-8"))
    first, second = (mention["entity"] for mention in made["mentions"])
    made["edges"].append(
        {"source": first, "relation": "guides", "target": second, "zone": "preamble", "optional": False}
    )
    (gold / "plan.json").write_text(json.dumps(made), encoding="utf-8")
    return gold, texts, output


@needs_scorer
def test_each_document_has_the_scorers_report(folders):
    gold, _, output = folders
    scored = Scorer(SCORER).scored(gold, output)
    assert scored.documents["plan"]["mentions_exact"]["f1"] == 1
    assert scored.documents["plan"]["edges"] == scored.whole["edges"]
    assert (scored.whole["edges"]["tp"], scored.whole["edges"]["fn"]) == (2, 1)


@needs_scorer
def test_right_by_score_counts_each_item_once(folders):
    gold, _, output = folders
    made = json.loads((output / "plan.json").read_text(encoding="utf-8"))
    made["edges"][0] |= {"relation": "repeals", "score": 0.25}
    (output / "plan.json").write_text(json.dumps(made), encoding="utf-8")
    reached = Scorer(SCORER).right_by_score(gold, output, "edges")
    assert reached[0.25] == (0, 1)
    assert sum(total for _, total in reached.values()) == 2
    assert sum(right for right, _ in reached.values()) == 1


@needs_scorer
def test_the_report_has_every_table(folders, capsys, monkeypatch):
    gold, texts, _ = folders
    monkeypatch.setattr(sys, "argv", ["accuracy", str(gold), str(texts)])
    accuracy.main()
    shown = capsys.readouterr().out
    assert "| edges F1, all edges | 0.800 |" in shown
    assert "| plan | 2 | 1.000 | 0.800 |" in shown
    assert "| guides | 0 | 0 | 1 | 0.000 |" in shown
    assert "| score of edges |" in shown


@needs_scorer
def test_a_failing_scorer_is_an_error_of_ours(folders):
    gold, _, output = folders
    (gold / "plan.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CancuError, match="score"):
        Scorer(SCORER).report(gold, output)


def test_a_missing_text_is_named(tmp_path):
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CancuError, match=r"plan\.txt"):
        extract(tmp_path, tmp_path, tmp_path / "output")
