"""Which amount belongs to which name of a line, and what the names of one amount mean together.

Labels write the name first (``Vitamin K2 (as MK-7) 180 mcg``) or the amount first (``180 mcg MK-7``).
Names of one family make one substance; names of two families that share an amount are asked about.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from calciroute.intake.label_clauses import Clause, clauses_of, foreign
from calciroute.intake.label_line import Amount, Line
from calciroute.intake.label_meaning import families_of
from calciroute.tables.label_words import LabelWord, find_label_words

_MINERALS = ("calcium", "magnesium")


@dataclass
class Group:
    """Names and the amounts that stand with them.

    ``compound`` holds amounts inside brackets that name a salt: the mass of the salt, not of its mineral;
    ``part`` tells of a share inside brackets that name a form of vitamin A; ``unsure`` of unknown words
    before the amount; ``loose`` of an amount behind the words of something unknown; ``words`` are those of a
    clause about a substance that no row knows.
    """

    names: list[LabelWord] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    shares: list[Amount] = field(default_factory=list)
    bare: list[Amount] = field(default_factory=list)
    compound: list[Amount] = field(default_factory=list)
    part: bool = False
    unsure: bool = False
    loose: bool = False
    words: str = ""


def group_line(line: Line) -> list[Group]:
    """Names of a line with their amounts.

    Parameters
    ----------
    line : Line
        From ``read_line``.

    Returns
    -------
    list of Group
        From left to right; a group may lack names or amounts.

    Examples
    --------
    >>> from calciroute.intake.label_line import read_line
    >>> found = group_line(read_line(1, "25 mcg vitamin D3 and 100 mcg K2 as MK-7"))
    >>> [([name.meaning for name in one.names], one.amounts[0].text) for one in found]
    [(['D3'], '25 mcg'), (['K2', 'MK7'], '100 mcg')]
    """
    inside = _brackets(line.plain)
    groups: list[Group] = []
    foreign_before = False
    for clause in clauses_of(line, inside):
        if clause.names:
            made = _joined(_clause_groups(clause, line, inside), line)
            _next_clause(groups, made, clause, foreign_before)
            groups += made
            foreign_before = False
        elif not (clause.amounts or clause.shares) and foreign(line, clause.start, clause.end):
            # "from lanolin" says more of the same; "biotin" is the next substance.
            foreign_before = foreign_before or not _says_more(clause, line)
        elif foreign(line, clause.start, clause.end) and clause.amounts:
            said = line.plain[clause.start : clause.end].strip()
            groups.append(Group(amounts=list(clause.amounts), words=said))
            foreign_before = True
        elif groups and groups[-1].names and foreign_before:
            groups[-1].loose = bool(clause.amounts) and not groups[-1].amounts
        else:
            if not groups:
                groups.append(Group())
            for token in clause.tokens:
                _put(groups[-1], token)
    return groups


def _says_more(clause: Clause, line: Line) -> bool:
    words = find_label_words(line.lower[clause.start : clause.end], "from")
    return any(not line.lower[clause.start : clause.start + word.start].strip() for word in words)


def _next_clause(groups: list[Group], made: list[Group], clause: Clause, foreign_before: bool) -> None:
    """What a clause with names has to do with the one before it."""
    if not groups or foreign_before:
        return
    last = groups[-1]
    first = made[0]
    if clause.equals and any(name.kind == "salt" for name in last.names) and not last.amounts:
        # "calcium carbonate equivalent to 600 mg of calcium": the amount is that of the mineral.
        return
    if not last.names and not (first.amounts or first.shares):
        # "25 mcg, vitamin D3"
        first.amounts, first.shares = last.amounts, last.shares
        groups.pop()
    elif last.names and not (last.amounts or last.shares) and _together([*last.names, *first.names]):
        # "Vitamin K2, as MK-7, 100 mcg"
        first.names[:0] = last.names
        first.bare[:0] = last.bare
        groups.pop()
    elif (
        last.names
        and len(made) == 1
        and not (first.amounts or first.shares or first.bare)
        and (clause.equals or last.amounts)
        and _together([*last.names, *first.names])
        and last.amounts
    ):
        # "Vitamin K2 100 mcg, as MK-7"
        last.names += first.names
        made.clear()


def _clause_groups(clause: Clause, line: Line, inside: list[int | None]) -> list[Group]:
    names = clause.names
    sources = {inside[name.start] for name in names if name.kind == "salt"} | _sources(line, inside)
    parts = {inside[name.start] for name in names if name.meaning in ("beta-carotene", "retinol")}
    minerals = {inside[name.start] for name in names if name.meaning in _MINERALS}
    tokens = clause.tokens
    first = next((token for token in tokens if not (isinstance(token, Amount) and not token.unit)), None)
    amount_first = isinstance(first, Amount)
    unsure = clause.unsure
    heads = [end for end in _heads(line) if first is not None and clause.start <= end <= first.start]
    if isinstance(first, Amount) and foreign(line, max(heads, default=clause.start), first.start):
        # "Calcitriol 0.25 mcg calcium 500 mg": the first amount is that of the word before it.
        amount_first = isinstance(tokens[-1], LabelWord)
        # Words before the first amount and behind the last one: either end may have lost something.
        unsure = unsure or (not amount_first and foreign(line, tokens[-1].end, clause.end))
        unsure = unsure or amount_first
    elif amount_first:
        unsure = unsure or _ends_in_amount(tokens, inside)
    else:
        unsure = unsure or _ends_in_name(tokens, inside) or _wrapped(clause, line)
    if amount_first:
        # "50 mcg chromium vitamin A": the amount is that of the word between.
        pairs = [(one, other) for one, other in itertools.pairwise(tokens) if isinstance(one, Amount)]
        unsure = unsure or any(
            isinstance(other, LabelWord) and one.unit not in ("", "%") and foreign(line, one.end, other.start)
            for one, other in pairs
        )
    groups: list[Group] = []
    for token in tokens:
        bracket = inside[token.start]
        share = isinstance(token, Amount) and token.unit == "%" and bracket is not None
        if share and groups and bracket in parts:
            groups[-1].part = True
            continue
        if isinstance(token, Amount) and token.unit not in ("", "%") and groups and bracket is not None:
            last = groups[-1]
            outside = [name for name in last.names if inside[name.start] != bracket]
            if (
                bracket in minerals
                and last.amounts
                and outside
                and all(name.kind == "salt" for name in outside)
            ):
                # "1250 mg calcium carbonate (500 mg of calcium)": the bracket has the mineral.
                last.compound, last.amounts = last.amounts, [token]
                continue
            if bracket in sources:
                last.compound.append(token)
                continue
        if not groups or _opens(groups[-1], token, amount_first, bracket, line):
            groups.append(Group(unsure=unsure))
        last = groups[-1]
        behind = last.bare and last.names and last.bare[-1].start > last.names[-1].start
        if isinstance(token, Amount) and token.unit and behind and not last.amounts:
            # "K2 22.5ugChromium 2 mcg": words behind a number without a unit may be the next substance.
            last.unsure = last.unsure or foreign(line, last.bare[-1].end, token.start)
        if isinstance(token, Amount) and last.names and not last.amounts and bracket is None:
            between = line.lower[last.names[-1].end : token.start]
            # "vitamin E and 150 mg" lost what stood before its name.
            last.unsure = last.unsure or (
                bool(_AND.search(between)) and bool(find_label_words(between, "and"))
            )
        _put(last, token)
    return groups


def _put(group: Group, token: LabelWord | Amount) -> None:
    if isinstance(token, LabelWord):
        group.names.append(token)
    elif token.unit == "%":
        group.shares.append(token)
    elif token.unit:
        group.amounts.append(token)
    else:
        group.bare.append(token)


def _opens(
    group: Group, token: LabelWord | Amount, amount_first: bool, bracket: int | None, line: Line
) -> bool:
    """Whether a sign begins the next group."""
    if isinstance(token, Amount):
        return amount_first and bool(group.names) and token.unit not in ("", "%") and bracket is None
    if amount_first:
        return False
    has_amount = bool(group.amounts or group.shares)
    if not has_amount:
        # "Vitamin D3, Vitamin K2 100 mcg": a name without an amount is not given the next one's.
        return bool(group.names) and not _together([*group.names, token]) and bracket is None
    return bracket is None or not _together([*group.names, token])


def _together(names: Sequence[LabelWord]) -> bool:
    return len(families_of(names)) < 2


def _joined(groups: list[Group], line: Line) -> list[Group]:
    """A name behind its amount, ``K2 100 mcg as MK-7``, goes to the amount before it."""
    joined: list[Group] = []
    for group in groups:
        before = joined[-1] if joined else None
        lonely = bool(group.names) and not (group.amounts or group.shares)
        if before is not None and lonely and before.amounts and _together([*before.names, *group.names]):
            between = line.lower[before.amounts[-1].end : group.names[0].start]
            if find_label_words(between, "from") or re.fullmatch(r"[^\w]*", between):
                before.names += group.names
                before.bare += group.bare
                continue
        joined.append(group)
    return joined


def _ends_in_amount(tokens: Sequence[LabelWord | Amount], inside: list[int | None]) -> bool:
    """Whether a clause begins and ends with an amount: "12 mg calcium 800 mg"; not so for two prints."""
    plain = [token for token in tokens if inside[token.start] is None]
    plain = [token for token in plain if isinstance(token, LabelWord) or token.unit not in ("", "%")]
    names = [token for token in plain if isinstance(token, LabelWord)]
    if not names or isinstance(plain[-1], LabelWord):
        return False
    units = {
        str(token.unit).upper().replace(".", "") in ("IU", "IE", "UI", "JM")
        for token in plain
        if isinstance(token, Amount)
    }
    return not (_together(names) and len(units) == 2)


def _wrapped(clause: Clause, line: Line) -> bool:
    """Whether several names without marks between them end in an amount and unknown words."""
    # A list that a narrow column broke, "calcium 2 mcg lutein", may have the amount before each name.
    if not clause.amounts or len(families_of(clause.names)) < 2:
        return False
    last = clause.tokens[-1]
    return isinstance(last, Amount) and foreign(line, last.end, clause.end)


def _ends_in_name(tokens: Sequence[LabelWord | Amount], inside: list[int | None]) -> bool:
    """Whether names stand at both ends of a clause: "vitamin D3 and 200 mcg vitamin A"."""
    plain = [token for token in tokens if inside[token.start] is None]
    plain = [token for token in plain if isinstance(token, LabelWord) or token.unit not in ("", "%")]
    if len(plain) < 3 or not isinstance(plain[0], LabelWord) or not isinstance(plain[-1], LabelWord):
        return False
    last = max((number for number, token in enumerate(plain) if isinstance(token, Amount)), default=-1)
    if last < 0 or plain[-1].meaning == "fish oil":
        return False
    before = [token for token in plain[:last] if isinstance(token, LabelWord)]
    behind = [token for token in plain[last:] if isinstance(token, LabelWord)]
    return not families_of(behind) <= families_of(before)


_AND = re.compile(r"^\s\w+\s$|^\s\w+\s\w+\s\w+\s$")
_SAYS = re.compile(r"\s?(?:\([^()]{0,40}\)\s*)?[:=]")


def _heads(line: Line) -> list[int]:
    """Ends of words that tell of the product: "a coated tablet contains", "content of a capsule:"."""
    ends = [word.end for word in line.words("contains")]
    for piece in line.words("piece"):
        says = _SAYS.match(line.plain, piece.end)
        ends += [says.end()] if says else []
    return ends


def without_sources(group: Group, line: Line) -> list[LabelWord]:
    """Names of a group without minerals that a bracket calls a source, ``iodine (as potassium iodide)``.

    Parameters
    ----------
    group : Group
        With names.
    line : Line
        Where it stands.

    Returns
    -------
    list of LabelWord
    """
    inside = _brackets(line.plain)
    said = {inside[match.start()] for match in _AS.finditer(line.lower)}
    head = [name for name in group.names if inside[name.start] is None]
    if not head or len(families_of(head)) > 1:
        return group.names
    return [
        name
        for name in group.names
        if families_of([name]) == families_of(head)
        or not (
            (inside[name.start] in said and (name.kind == "salt" or name.meaning in _CARRIERS))
            or (inside[name.start] is not None and name.meaning in ("potassium", "sodium"))
        )
    ]


# Parts of salts: in "vitamin C (as calcium ascorbate)" they are no second substance.
_CARRIERS = ("calcium", "magnesium", "potassium", "sodium", "zinc", "iron")
_AS = re.compile(r"[(\[]\s*(?:as|from|als|aus|uit|sous forme d|de|como|come|da|som|jako|w postaci|:)\b")
_FROM = re.compile(r"[(\[{]\s*(?:from|aus|uit|provenant de|procedente de|derivante da)\b")


def _sources(line: Line, inside: list[int | None]) -> set[int | None]:
    """Brackets that tell where something comes from: the amounts in them are those of the source."""
    return {inside[match.start()] for match in _FROM.finditer(line.lower)}


def _brackets(plain: str) -> list[int | None]:
    """For each place of a line the number of the innermost bracket around it."""
    inside: list[int | None] = []
    open_brackets: list[int] = []
    count = 0
    for sign in plain:
        if sign in "([{":
            count += 1
            open_brackets.append(count)
        inside.append(open_brackets[-1] if open_brackets else None)
        if sign in ")]}" and open_brackets:
            open_brackets.pop()
    return [*inside, None]


def salt_alone(group: Group, line: Line) -> bool:
    """Whether an amount stands with the salt, and its mineral is only named behind it.

    Parameters
    ----------
    group : Group
        With names and amounts.
    line : Line
        Where it stands.

    Returns
    -------
    bool
    """
    if not group.amounts or group.compound:
        return False
    inside = _brackets(line.plain)
    bracket = inside[group.amounts[0].start]
    if bracket is not None and any(
        inside[name.start] == bracket and name.kind != "salt" for name in group.names
    ):
        # "Calcium carbonate (400 mg calcium)"
        return False
    before = [name for name in group.names if name.start < group.amounts[0].start]
    return bool(before) and all(name.kind == "salt" for name in before)
