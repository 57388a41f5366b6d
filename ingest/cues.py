"""Which words before a citation govern it, and the relation they state (the rules of the annotation guide).

All functions take flat text (`graph.text.flatten`) that ends right before the citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from graph.frozen import quick
from graph.model import Relation
from graph.registry.cues import cue_groups
from ingest.patterns import by_first_letter, each_of, look_back, spaced, word_of

_STRENGTH = (
    *("replaces", "repeals", "amends", "guides", "implements", "based_on", "monitors", "draws_on", "disseminates"),
    *("cites", "theo"),
)
_CITING = ("draws_on", "theo")
"""Groups of words that cite, with no relation of their own."""


def _listed(group: str) -> list[str]:
    return each_of(cue_groups()[group].words)


def _any(group: str) -> str:
    return "|".join(_listed(group))


def _words(group: str, not_after: Iterable[str] = ()) -> re.Pattern[str]:
    return word_of(cue_groups()[group].words, not_after)


def _every_cue() -> tuple[re.Pattern[str], list[str]]:
    """All cues, and the kind of each of the pattern's groups. Where cues of several kinds stand at one place, the first
    of `_STRENGTH` is found."""
    by_letter: dict[str, dict[str, str]] = {}
    for kind in _STRENGTH:
        for letter, rests in by_first_letter(_listed(kind)).items():
            by_letter.setdefault(letter, {})[kind] = f"({'|'.join(rests)})"
    branches = (f"{look_back(letter)}(?:{'|'.join(kinds.values())})" for letter, kinds in by_letter.items())
    return re.compile(f"(?:{'|'.join(branches)})(?!\\w)"), [kind for kinds in by_letter.values() for kind in kinds]


_CUE, _KINDS = _every_cue()
_DOING = _words("implements")
_OTHER_VERB = _words("other_verb", (*cue_groups()["nominal"].words, "được"))
_BRIDGE = spaced(rf"(?<!\w)(?:{_any('bridge')}|\d+ (?:nam|thang))(?!\w)")
_SERIES = re.compile(rf"[\s,]*(?:(?:{_any('series')})[\s,]+)*+")
_APPOSITION = re.compile(rf"(?<!\w)(?:(?:{_any('apposition')})(?!\w)|sau\s*(?:day)?\s*:)")
_FINISHING = re.compile(r"hoan\s")
_BODY_NAME = _words("body_name")
_DRAFTED = _words("drafted")
_PROPOSED = _words("proposed")
_CHECKING = ("monitors", "disseminates", "guides", "draws_on")
CHANGES = (Relation.AMENDS, Relation.REPLACES, Relation.REPEALS)
_ISSUED_WITH = spaced(r"(?<!\w)kem\s*$")
_OWN_SCOPE = re.compile(r"(?<!\w)nay\s*$")
_HAVING = spaced(r"(?<!\w)(?:co|nhan|nhan duoc)\s*$")
_ENTRY_INTO_FORCE = spaced(
    r"[kt](?<!\w[kt])(?:(?<=k)e t|(?<=t))u ngay "
    r"(?:[^.;:]{0,60}?(?<!\w)co hieu luc(?: thi hanh)?(?!\w)|\d[^.;:]{0,30}(?=[.;:]))"
    r"|c(?<!\wc)o hieu luc thi hanh(?!\w)"
)
_FORCE_WORDS = re.compile(r"hieu\s+luc|tu\s+ngay")
_STATE_OF = re.compile(r"(?<!\w)(?:tinh\s+hinh|ket\s+qua)\s*$")
_ACCORDING_TO_RULES = spaced(
    r"quy dinh(?: cua| tai| trong)?\W|(?:tai|cua) (?:diem|khoan|dieu|muc|chuong|phu luc)"
)
_LAID_DOWN = spaced(r"(?:quy dinh|neu|ghi) (?:tai|trong|o)\b")
_LAID_DOWN_IN = spaced(
    r"[^\W\d_]+(?<!dung)(?<!cac)(?<!nhung)(?<!nghiem)(?<!tot)(?<!du)[\s,]+"
    r"(?:duoc )?(?:quy dinh|neu|ghi) (?:tai|trong|o)\b"
)
"""What is done is "nhiệm vụ quy định tại X", not X; but "thực hiện đúng quy định tại X" does X."""
_WORDING = spaced(r"(?: (?:mot so|cac))? (?:cum tu|tu ngu|tu)\b(?! ngay| khi| nam| thang)")
"""Who replaces or strikes words of a document amends it."""
_RULES_TOLD = "huong dan"
"""After "theo" it is as "quy định": what a document tells to do, not the document, is followed."""
_WHEN = re.compile(r"(?<!\w)khi\s*$")
_CONDITION = spaced(r"[\s*_]*(?:truong hop|neu)(?!\w)")
_CLAUSE_BREAK = re.compile(r"[;]|[.:](?=\s|$)")
_CLAUSE_END = re.compile(r"[;.](?:(?<=;)|(?=\s|$))")
_PHRASE = 80
_LONGEST_CLAUSE = 2_000  # only tables go on longer; and a quote is sought anew from each mark that opens one
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_TURNED = (
    r"(?:da )?(?:(?:duoc|bi) |(?=[sbthd][^.;]{1,30}\sboi\s*$))"
    r"(?P<verb>sua doi|bo sung|thay the|bai bo|huy bo|dieu chinh)\b"
    r"[^.;]{0,80}?(?:boi|theo|thao|tai?|bang)\s*(?:(?:diem|khoan|dieu) [\w,\s]{1,30}?(?:cua )?)?"
    r"(?:mot so dieu )?(?:theo|thao|boi|tai?|cua)?\s*(?:luat )?$"
)
_PASSIVE = spaced(rf"^[\s,;(]*+(?:va )?{_TURNED}")
_PASSIVE_AFTER_TITLE = spaced(rf"^[^.;]{{0,600}}?(?<!\w){_TURNED}")
_ENDED_AFTER = spaced(
    r"(?<!\w)(?:(?P<repeals>het hieu luc|(?:bi bai bo|duoc bai bo|bi huy bo)(?! (?:trong|thuoc|tai|cua|linh vuc)\b))"
    r"|(?P<replaces>(?:duoc|bi) thay the bang))(?!\w)"
)
_DOCUMENT_NOUN = spaced(
    r"[\s,;]*(?:va )?(?:cac )?"
    r"(?:chuong trinh|ke hoach|de an|du an|quy che|nghi quyet|chi thi|phuong an|thong bao)(?!\w)[^.;:]{0,120}$"
)


class Grip(StrEnum):
    """How firmly a cue governs what follows it: the kinds of relation in the registry of scores."""

    DIRECT = "direct"
    THEO = "theo"
    NONE = "none"


@quick
@dataclass(frozen=True, slots=True)
class Cue:
    """The governing words and the relation that they state; `words` is empty for a bare citation."""

    relation: Relation
    words: str = ""
    grip: Grip = Grip.NONE


BARE = Cue(Relation.CITES)


def governing(before: str, *, norm: bool = False) -> Cue | None:
    """The cue in `before`, which runs from the end of the last citation or the start of the statement.

    `norm` tells that the words are a title or recital, where "hướng dẫn thực hiện X" guides and "về tình hình thực hiện
    X" monitors; elsewhere they are of a task of implementing. None where `before` has no verb of its own, so that an
    earlier cue goes on governing.
    """
    before = before[-_LONGEST_CLAUSE:]
    clause = _last_clause(before)
    cue = _governing_phrase(clause) if len(clause) <= _PHRASE else _governing(clause)
    if cue is None:
        return None
    if cue.relation in CHANGES and (
        _DRAFTED.search(before) or (not norm and _PROPOSED.search(before, 0, before.rfind(cue.words) + len(cue.words)))
    ):
        return replace(cue, relation=Relation.CITES)
    if norm:
        told = cue.relation is Relation.IMPLEMENTS and _STATE_OF.search(before, 0, max(before.rfind(cue.words), 0))
        return replace(cue, relation=Relation.MONITORS) if told else cue
    if cue.relation is Relation.GUIDES and not _OWN_SCOPE.search(before, 0, max(before.rfind(cue.words), 0)):
        task = _DOING.search(cue.words)
        return replace(cue, relation=Relation.IMPLEMENTS if task else Relation.CITES)
    return cue


def opening(before: str, *, norm: bool = False) -> Cue | None:
    """The cue at the head of a statement, as `governing`; a list may begin with what has no number, "Thực hiện Hướng
    dẫn của Mặt trận tỉnh; Kế hoạch số …", whose verb governs what follows too."""
    cue = governing(before, norm=norm)
    if cue is not None or not before.rstrip().endswith(";"):
        return cue
    closed = _masked(before).rstrip().removesuffix(";")
    first = _first(closed[_last_break(closed) :])
    return None if first is BARE else first


def _last_clause(before: str) -> str:
    """The words of `before` that decide what governs: those after its last stop or semicolon, unless a quotation may
    hold that, or an apposition names what stands before it."""
    if _has_quotes(before):
        return before
    last = 0
    for match in _CLAUSE_END.finditer(before):
        last = match.end()
    return before if last and _APPOSITION.search(before, last) else before[last:]


@lru_cache(maxsize=8192)
def _governing_phrase(before: str) -> Cue | None:
    """As `_governing`, remembered: texts repeat "Căn cứ", "và", "Triển khai thực hiện" before many citations."""
    return _governing(before)


def _kind(cue: re.Match[str]) -> str:
    """The group of the registry that a match of `_CUE` is of."""
    return _KINDS[(cue.lastindex or 0) - 1]


def _governing(before: str) -> Cue | None:
    masked = _masked(before)
    start = _last_break(masked)
    clause = masked[start:]
    if start and not clause.strip(" \t\n,*_#()\"“”-–+"):
        return None
    cues = list(_CUE.finditer(clause))
    if not cues:
        if _APPOSITION.search(clause):
            return _first(masked)
        own = _OTHER_VERB.search(clause) or _HAVING.search(clause) or _CONDITION.match(clause)
        return BARE if own else None
    if apposition := _APPOSITION.search(clause, cues[-1].end()):
        return _cue_at(cues, _outside_modifier(clause, cues, apposition.start()), clause)
    if _kind(cues[-1]) == "theo":
        return _according_to(clause, cues)
    return _direct(clause, cues)


def _masked(text: str) -> str:
    """`text` with blanks for quotations, names of bodies and entry into force, whose words govern nothing."""
    named = _BODY_NAME.sub(_blank, text)
    if _FORCE_WORDS.search(named):
        named = _ENTRY_INTO_FORCE.sub(_blank, named)
    return _QUOTED.sub(_blank, named) if _has_quotes(named) else named


def _has_quotes(text: str) -> bool:
    return "“" in text or '"' in text or "«" in text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def is_document_noun(before: str) -> bool:
    """Whether `before` opens with an unnumbered document ("; Chương trình hành động thực hiện X"), which then is what
    implements, not the document that names it."""
    return _DOCUMENT_NOUN.match(before) is not None


def _last_break(text: str) -> int:
    last = 0
    end = len(text.rstrip())
    for match in _CLAUSE_BREAK.finditer(text):
        last = match.end() if match.end() < end or match[0] != ":" else last
    return last


def _first(text: str) -> Cue:
    """The main verb of a statement whose object an apposition names."""
    cues = [match for match in _CUE.finditer(text) if _kind(match) != "theo"]
    return _cue_at(cues, 0, text) if cues else BARE


def _outside_modifier(clause: str, cues: list[re.Match[str]], end: int) -> int:
    """The index of the last cue before `end` that is no part of a noun's modifier ("văn bản về … và thực hiện …")."""
    about = re.search(r"(?<!\w)ve(?!\w)", clause[:end])
    limit = about.start() if about else end
    inside = [index for index, cue in enumerate(cues) if cue.start() < limit and _kind(cue) != "theo"]
    return inside[-1] if inside else 0


def _cue_at(cues: list[re.Match[str]], index: int, clause: str) -> Cue:
    cue = _cluster(clause, cues[: index + 1])
    return Cue(cue.relation, cue.words, Grip.DIRECT)


def _according_to(clause: str, cues: list[re.Match[str]]) -> Cue:
    """"theo X" implements after thực hiện or triển khai, monitors after its checking; what is issued "kèm theo X"
    changes with X.

    "theo quy định của X" cites, and so does a reference in brackets.
    """
    theo = cues[-1]
    after = clause[theo.end() :]
    told = theo[0].endswith(_RULES_TOLD) or _ACCORDING_TO_RULES.search(after)
    if told or re.match(r"\s*(?:de\s+nghi|to\s+trinh|y\s+kien|cong\s+van)", after):
        return Cue(Relation.CITES, theo[0], Grip.THEO)
    before = [cue for cue in cues[:-1] if _kind(cue) != "theo"]
    aside = clause[: theo.start()].rstrip().endswith("(")
    if not before or aside:
        return Cue(Relation.CITES, theo[0], Grip.THEO)
    main = _cluster(clause, before)
    if main.relation in CHANGES and _ISSUED_WITH.search(clause, before[-1].end(), theo.start()):
        return Cue(main.relation, f"{main.words} … {theo[0]}", Grip.THEO)
    between = clause[before[-1].end() : theo.start()]
    doing = _DOING.search(main.words) and not _FINISHING.match(main.words)
    if main.relation in (Relation.IMPLEMENTS, Relation.MONITORS) and doing and not _OTHER_VERB.search(between):
        return Cue(main.relation, f"{main.words} … {theo[0]}", Grip.THEO)
    return Cue(Relation.CITES, theo[0], Grip.THEO)


def _direct(clause: str, cues: list[re.Match[str]]) -> Cue:
    cue = _cluster(clause, cues)
    object_ = clause[cues[-1].end() :]
    if _OTHER_VERB.search(object_) or (_LAID_DOWN.search(object_) and _LAID_DOWN_IN.search(object_)):
        return BARE
    if _WHEN.search(clause, 0, cues[0].start()):
        return replace(cue, relation=Relation.CITES)
    if cue.relation in CHANGES and _WORDING.match(object_):
        return replace(cue, relation=Relation.AMENDS)
    return cue


def _cluster(clause: str, cues: list[re.Match[str]]) -> Cue:
    """The last cue with those coordinated with it: the strongest governs; what checks a doing is monitoring. What is
    "sửa đổi, bổ sung, bãi bỏ" loses some of its articles and lives on."""
    last = cues[-1]
    kinds = {_kind(last)}
    start = last.start()
    for cue in reversed(cues[:-1]):
        between = clause[cue.end() : start]
        bridge = _BRIDGE.search(clause, cue.start(), start)
        told = bridge and (_kind(cue) != "draws_on" or "," not in clause[bridge.end() : start])
        if told and len(between) < 80 and _kind(cue) in _CHECKING and "implements" in kinds:
            kinds = {_kind(cue)}
        elif not _SERIES.fullmatch(between):
            break
        else:
            kinds.add(_kind(cue))
        start = cue.start()
    if "monitors" in kinds:
        kinds.discard("guides")
    if "amends" in kinds:
        kinds -= {"replaces", "repeals"}
    for kind in _STRENGTH:
        if kind in kinds:
            relation = Relation.CITES if kind in _CITING else Relation(kind)
            return Cue(relation, clause[start : last.end()].strip(), Grip.DIRECT)
    return BARE


def passive(between: str, *, titled: bool = False) -> Relation | None:
    """The relation in "X, được sửa đổi, bổ sung bởi Y", from the words between X and Y; its source is Y.

    `titled` tells that these words are read as the title of X, so that the title may stand before the passive.
    """
    match = (_PASSIVE_AFTER_TITLE if titled else _PASSIVE).match(between)
    if not match:
        return None
    verb = match["verb"]
    if verb.startswith("thay"):
        return Relation.REPLACES
    return Relation.REPEALS if verb.startswith(("bai", "huy")) else Relation.AMENDS


def ended(after: str) -> Relation | None:
    """The relation in "X hết hiệu lực …", from the words that follow X in its sentence."""
    match = _ENDED_AFTER.search(after) if may_end(after) else None
    return Relation(match.lastgroup) if match and match.lastgroup else None


def may_end(after: str) -> bool:
    """Whether `ended` could find anything in `after`."""
    return "hieu" in after or "bai" in after or "huy" in after or "bang" in after
