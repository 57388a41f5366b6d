from __future__ import annotations

from collections import Counter
from contextlib import closing

from benchmarks.hub_page import DIRECTIVE, plans
from graph.store import open_store
from queries.implementers import implementers
from queries.tiers import Tier


def test_every_generated_plan_answers_to_the_directive_one_in_five_through_another(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path / 'hub.db'}")) as store:
        store.put(plans(100))
        answers = implementers(store, DIRECTIVE)
    assert len(answers) == 100
    assert Counter(len(one.chain) for one in answers) == {1: 80, 2: 20}
    assert {one.tier for one in answers} == set(Tier) - {Tier.INFERRED}
