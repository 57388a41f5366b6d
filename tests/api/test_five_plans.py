"""The whole way on five real plans: files, claims, graph, store, and the answer with its sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five plans (../shared/seeds) are not here")


def run(*arguments, code=0):
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    address = f"sqlite:///{tmp_path_factory.mktemp('store')}/plans.db"
    run("ingest", SEEDS, "--store", address)
    return address


@pytest.fixture(scope="module")
def answers(store):
    return json.loads(run("implementers", "33/CT-TTg 2021", "--format", "json", "--store", store))


def only(answers, **known):
    (found,) = [one for one in answers if all(one[name] == value for name, value in known.items())]
    return found


@pytest.mark.parametrize(
    ("known", "tier", "held", "status", "hop"),
    [
        ({"sign": "781/KH-UBND", "province": "Nghệ An"}, "made_for", False, "cited", ("implements", "cited_title")),
        ({"province": "Quảng Bình", "held": True}, "based_on", True, "unnumbered", ("based_on", "preamble")),
        ({"commune": "Xuân Thành", "held": True}, "task", True, "unnumbered", ("implements", "body")),
        ({"sign": "780/KH-UBND", "province": "Bắc Kạn"}, "inferred", False, "cited", ("implements", None)),
        ({"sign": "21/KH-UBND", "province": "Bắc Kạn"}, "related", True, "issued", ("disseminates", "body")),
    ],
)
def test_who_implements_the_directive(answers, known, tier, held, status, hop):
    found = only(answers, **known)
    assert (found["tier"], found["held"], found["status"]) == (tier, held, status)
    (one,) = found["chain"]
    assert one["relation"] == hop[0]
    assert hop[1] in (None, one["stated_in"])
    assert one["source"] == found["id"]


def test_each_stated_hop_quotes_the_sentence_that_names_the_directive(answers):
    for one in answers:
        for hop in one["chain"]:
            if hop["origin"] == "stated" and hop["target"] == one["chain"][-1]["target"]:
                assert "33/CT-TTg" in hop["quote"]


def test_ingesting_again_changes_nothing_and_says_so(store):
    before = run("dump", "--store", store)
    assert "Nothing changed" in run("ingest", SEEDS, "--store", store)
    assert run("dump", "--store", store) == before


def test_one_sign_of_two_provinces_is_two_documents(store):
    result = CliRunner().invoke(app, ["show", "08-NQ/TU", "--store", store])
    assert result.exit_code == 1
    assert "08-nq.tu~tinh.bac-kan~2021, 08-nq.tu~tinh.quang-binh~2022" in result.stderr


def test_three_dates_of_one_document_are_a_conflict(store):
    facts = json.loads(run("show", "23-QĐ/TW", "--format", "json", "--store", store))["facts"]
    dates = [fact for fact in facts if fact["field"] == "date"]
    assert len(dates) == 3
    assert all(fact["conflicts"] for fact in dates)


@pytest.mark.parametrize("written", ["25-NQ/TW 2013", "25/NQ-TW@2013", "nghị quyết số 25-nq/tw năm 2013"])
def test_a_sign_written_in_two_orders_is_one_document(store, written):
    found = json.loads(run("show", written, "--format", "json", "--store", store))
    assert (found["sign"], found["date"]) == ("25-NQ/TW", "2013-06-03")


def test_search_with_and_without_diacritics(store):
    plain = run("search", "cong tac dan van", "--format", "json", "--store", store)
    assert json.loads(plain)
    assert run("search", "Công tác DÂN VẬN", "--format", "json", "--store", store) == plain


@pytest.mark.parametrize("form", ["turtle", "graphml", "gexf", "json"])
def test_exports_hold_the_directive(store, form):
    assert "33/CT-TTg" in run("export", "33/CT-TTg 2021", "--format", form, "--store", store)
