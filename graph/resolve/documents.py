"""From clusters to documents: the values that are chosen, all values with their counts, and identifiers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from graph.identifiers import UNKNOWN, Identifier, territory
from graph.model import Branch, Document, Fact, Field, Header, Level, Status
from graph.registry import document_types
from graph.registry.bodies import Body, body_of_issuer, body_of_letters, party_body_of_issuer
from graph.registry.places import place_named
from graph.resolve.block import Cluster, clusters
from graph.resolve.places import level_of
from graph.resolve.records import Signature, Tally, sign_of
from graph.ruling import Correctable, DecisionKind, Ruling

FIELDS = tuple(field.value for field in Field)
"""The fields of a signature that become facts, in the order in which a document lists them."""
_values = attrgetter(*FIELDS)
_Given = tuple[int, int, str]
"""How often claims state a value, in how many of their own headers, and the smallest written form of those claims."""
_CUT = (len("2021"), len("2021-11"))
"""The lengths of dates without month or day."""
_FIRST_STATUS = (Status.ISSUED, Status.UNNUMBERED, Status.DRAFT, Status.CITED)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document and the signatures that speak of it."""

    document: Document
    signatures: tuple[Signature, ...]


def resolve_block(tallies: Iterable[Tally]) -> list[Resolved]:
    """The documents of one block from its signatures with counts, each signature once; sorted by identifier."""
    return documents_of(clusters(tallies))


def documents_of(found: Sequence[Cluster]) -> list[Resolved]:
    """The documents of all clusters of a block, or of all those of one territory in it, sorted by identifier.

    Identifiers name the territory, so that those of two territories never collide.
    """
    facts = [facts_of(cluster.members, cluster.rulings) for cluster in found]
    identifiers = _identifiers(found, facts)
    resolved = [
        Resolved(_document(cluster, known, identifier), _signatures(cluster))
        for cluster, known, identifier in zip(found, facts, identifiers, strict=True)
    ]
    return sorted(resolved, key=lambda one: one.document.id)


def _signatures(cluster: Cluster) -> tuple[Signature, ...]:
    return tuple(said for each in cluster.members for said in each.signatures)


def facts_of(members: Sequence[Tally], rulings: Iterable[Ruling] = ()) -> tuple[Fact, ...]:
    """Every value that the signatures of one document give for every field, and that decisions do.

    The chosen one is that of the last of `rulings` that corrects the field, else the own header's, else the most
    frequent, else the smallest. A date without its day or month is chosen only where none goes on from it.
    """
    given: dict[str, dict[str, _Given]] = {field: {} for field in FIELDS}
    for each in members:
        said = each.signature
        for field, value in zip(FIELDS, _values(said), strict=True):
            if value:
                times = 0 if field in said.filled else each.count
                owned, known = int(bool(said.own and times)), given[field].get(value)
                if known:
                    given[field][value] = known[0] + times, known[1] + owned, min(known[2], each.quote)
                else:
                    given[field][value] = times, owned, each.quote
    corrected = {one.field: one for one in rulings if one.kind is DecisionKind.CORRECT}
    return tuple([fact for field, values in given.items() for fact in _ranked(field, values, corrected.get(field))])


def _ranked(field: str, given: dict[str, _Given], ruling: Ruling | None) -> Iterator[Fact]:
    """The facts of one field, the chosen one first. A date gives way to those that it is cut from."""
    decided = ruling.value if ruling else ""
    if decided:
        given.setdefault(decided, (0, 0, ""))
    cut = {value[:length] for value in given for length in _CUT if len(value) > length} if field == Field.DATE else ()
    order = sorted(given, key=lambda value: (value != decided, -given[value][1], value in cut, -given[value][0], value))
    for rank, value in enumerate(order):
        times, owned, quote = given[value]
        yield Fact(field, value, times, owned > 0, rank == 0, quote, ruling if value == decided else None)


def agrees(document: Document, facts: Sequence[Fact]) -> bool:
    """Whether a document has the values that these facts of it choose."""
    chosen = {fact.field: fact.value for fact in facts if fact.chosen}
    sign = chosen.get("sign")
    values = sign, chosen.get("type") or _type_of(sign), chosen.get("title") or chosen.get("name")
    mine = document.sign, document.type, document.title, document.issuer, document.date
    return mine == (*values, chosen.get("issuer"), chosen.get("date"))


def slack_of(facts: Iterable[Fact]) -> int | None:
    """How many more claims cannot change what is chosen for any field; None where no number can."""
    facts = tuple(facts)
    chosen = {fact.field: fact for fact in facts if fact.chosen}
    gaps = [
        max(chosen[fact.field].count - fact.count, 0)
        for fact in facts
        if not fact.chosen and fact.own == chosen[fact.field].own and not chosen[fact.field].ruling
        and not (fact.field == Field.DATE and chosen[fact.field].value.startswith(fact.value))
    ]
    return min(gaps, default=None)


def _chosen(facts: Iterable[Fact], field: str) -> str | None:
    return next((fact.value for fact in facts if fact.field == field and fact.chosen), None)


def _identifiers(found: Sequence[Cluster], facts: Sequence[tuple[Fact, ...]]) -> list[str]:
    """Identifiers with the year, with the full date where that collides, with a running number where that does too."""
    years, full = [], []
    for cluster, known in zip(found, facts, strict=True):
        date = _chosen(known, "date") or UNKNOWN
        parts = (_stem(cluster, known), territory(cluster.place))
        years.append(str(Identifier(*parts, date if date == UNKNOWN else date[:4])))
        full.append(str(Identifier(*parts, date)))
    crowd = Counter(years)
    wanted = [year if crowd[year] == 1 else whole for year, whole in zip(years, full, strict=True)]
    crowds: dict[str, list[int]] = defaultdict(list)
    for index, identifier in enumerate(wanted):
        crowds[identifier].append(index)
    for identifier, indexes in crowds.items():
        if len(indexes) == 1:
            continue
        ordered = sorted(indexes, key=lambda index: min(each.signature.order for each in found[index].members))
        for number, index in enumerate(ordered[1:], 2):
            wanted[index] = f"{identifier}.{number}"
    return wanted


def _stem(cluster: Cluster, facts: Iterable[Fact]) -> str:
    """The stem of the chosen sign, or, where no signature of the cluster's own block has it, the smallest of theirs."""
    sign = _chosen(facts, "sign")
    own = [each.signature for each in cluster.members if not cluster.block or each.signature.block == cluster.block]
    said = [each.stem for each in own if sign is None or each.sign == sign]
    return min(said or [each.stem for each in own])


def _document(cluster: Cluster, facts: tuple[Fact, ...], identifier: str) -> Document:
    sign, issuer = _chosen(facts, "sign"), _chosen(facts, "issuer")
    own = [each for each in cluster.members if each.signature.own]
    header = _header(own)
    body = _body(sign, issuer)
    document = Document(
        id=identifier,
        sign=sign,
        type=_chosen(facts, "type") or _type_of(sign),
        title=_chosen(facts, "title") or _chosen(facts, "name"),
        issuer=issuer,
        branch=header.branch if header and header.branch else _branch(body, issuer),
        level=header.level if header and header.level else level_of(cluster.place) or (body.level if body else None),
        place=cluster.place,
        date=_chosen(facts, "date"),
        status=header.status if header else Status.ISSUED if own else Status.CITED,
        held=bool(own),
        matching=cluster.matching,
        signer=header.signer if header else None,
        signer_position=header.signer_position if header else None,
        mentions=sum(each.count for each in cluster.members if not each.signature.own),
        facts=facts,
        sources=tuple(sorted({each.signature.own for each in own})),
        parts=header.parts if header else (),
        rulings=cluster.rulings,
    )
    return _corrected(document) if cluster.rulings else document


def _corrected(document: Document) -> Document:
    """The document with what people say of it that is told by no claim; what claims tell is corrected in its facts.

    Its level follows its place, unless it is corrected itself.
    """
    given = {one.field: one.value for one in document.rulings if one.kind is DecisionKind.CORRECT}
    place = place_named(given.get(Correctable.PLACE, ""))
    level = given.get(Correctable.LEVEL) or (level_of(place) if place else document.level)
    return replace(
        document,
        place=place or document.place,
        level=Level(level) if level else None,
        signer=given.get(Correctable.SIGNER, document.signer),
        status=Status(given.get(Correctable.STATUS, document.status)),
    )


def _header(own: Iterable[Tally]) -> Header | None:
    """The header of the text that is most surely issued; of the smallest digest among equals."""
    headers = [(each.signature.own, each.header) for each in own if each.header]
    if not headers:
        return None
    return min(headers, key=lambda one: (_FIRST_STATUS.index(one[1].status), one[0]))[1]


def _body(sign: str | None, issuer: str | None) -> Body | None:
    lettered = body_of_letters(sign_of(sign).body) if sign else None
    if lettered and (lettered.branch or lettered.level):
        return lettered
    return (party_body_of_issuer(issuer) or body_of_issuer(issuer)) if issuer else None


def _branch(body: Body | None, issuer: str | None) -> Branch | None:
    """The branch of the letters, mixed where the issuers named with them are of another branch as well."""
    if body is None or body.branch is None:
        return None
    named = {known.branch for part in (issuer or "").split(" và ") if (known := body_of_issuer(part))} - {None}
    return Branch.MIXED if named | {body.branch} != {body.branch} else body.branch


def _type_of(sign: str | None) -> str | None:
    """The type that the code of a sign stands for, if it stands for one only."""
    code = sign_of(sign).code if sign else ""
    names = [kind.name for kind in document_types() if code in kind.codes] if code else []
    return names[0] if len(names) == 1 else None
