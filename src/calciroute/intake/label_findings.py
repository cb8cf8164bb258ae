"""The rules of ``supplements.csv`` on one label: what was found, how grave, what next, and the source."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calciroute.intake.label import Label
from calciroute.intake.label_amounts import LabelAmount
from calciroute.intake.label_dates import best_before
from calciroute.intake.label_day import amount_words
from calciroute.intake.label_line import Line
from calciroute.intake.label_shares import agrees_with_share
from calciroute.intake.substance_amount import printed
from calciroute.tables.label_rules import SEVERITY_ORDER, LabelRule, read_label_rules
from calciroute.tables.label_words import find_label_words
from calciroute.tables.products import read_substances

_MENAQUINONES = ("MK4", "MK7", "MK8", "MK9")
_VITAMIN_K = ("K1", *_MENAQUINONES)
_ANY_K = ("K", "K2", *_VITAMIN_K)
_ALLERGENS = {
    "soy": "soy or natto",
    "milk": "milk",
    "fish": "fish",
    "gelatine": "gelatine",
    "gluten": "gluten",
}
# A clause ends at these signs: "free from soy. Contains milk".
_CLAUSE = re.compile(r"[.;()]")


@dataclass(frozen=True)
class Who:
    """What the rules of a label ask about a person; all False where nothing is known.

    Parameters
    ----------
    age_years : float or None
        None is not known.
    pregnant : bool
        Pregnant, or a pregnancy is possible or planned.
    postmenopausal, retinoid, antagonist : bool
        After the last period; takes such a medicine.
    kidney : bool
        Dialysis, eGFR below 30, or kidney disease with an eGFR that is not known.
    allergies : frozenset of str
        Of soy, milk, fish, gelatine, gluten.
    """

    age_years: float | None = None
    pregnant: bool = False
    postmenopausal: bool = False
    retinoid: bool = False
    antagonist: bool = False
    kidney: bool = False
    allergies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """A rule that matched.

    Parameters
    ----------
    rule, severity : str
        Of ``supplements.csv``.
    found, next_step : str
        One sentence each, without a full stop.
    label : int
        From 1; 0 for all products together.
    line : int
        Where it stands; 0 where it is missing or is about the whole label.
    source, verified : str
        Of the rule.
    """

    rule: str
    severity: str
    found: str
    next_step: str
    label: int
    line: int
    source: str
    verified: str


def finding_of(rule: LabelRule, label: int = 0, line: int = 0, /, **words: object) -> Finding:
    """A finding with the words of its rule filled in.

    Parameters
    ----------
    rule : LabelRule
        With places in braces.
    label, line : int, optional
        Where.
    **words : object
        For the places.

    Returns
    -------
    Finding
    """
    shown = {name: str(word) for name, word in words.items()}
    return Finding(
        rule.rule, rule.severity, rule.found.format_map(shown), rule.next_step.format_map(shown), label, line,
        rule.source, rule.verified,
    )  # fmt: skip


def by_severity(findings: list[Finding]) -> tuple[Finding, ...]:
    """Findings, the most harmful first, each once."""
    order = {severity: number for number, severity in enumerate(SEVERITY_ORDER)}
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: (order[one.severity], one.label, one.line)))


def findings_of(label: Label, number: int, who: Who, today: datetime.date) -> tuple[Finding, ...]:
    r"""What the rules say about one label.

    Parameters
    ----------
    label : Label
        As read.
    number : int
        Its place among the labels, from 1.
    who : Who
        Facts about the person; ``Who()`` for nobody in particular.
    today : date
        Against which a date on the pack is held.

    Returns
    -------
    tuple of Finding
        The most harmful first.

    Examples
    --------
    >>> from calciroute.intake.label import read_labels
    >>> label = read_labels("MK-7 100 mcg per softgel\nClears plaque from arteries")[0]
    >>> [one.rule for one in findings_of(label, 1, Who(), datetime.date(2026, 11, 1))][:2]
    ['S054', 'S055']
    """
    rules = read_label_rules()
    found = [
        *_of_amounts(label, number, rules),
        *_of_words(label, number, who, rules),
        *_of_questions(label, number, rules),
        *_of_dates(label, number, today, rules),
        *_of_person(label, number, who, rules),
    ]
    return by_severity(found)


Rules = Mapping[tuple[str, str], LabelRule]


def _of_amounts(label: Label, number: int, rules: Rules) -> Iterator[Finding]:
    for one in label.amounts:
        words = {"name": printed(one.substance), "amount": amount_words(one.amount, one.unit)}
        if one.substance == "MK7":
            low, high = _band(rules["S058", ""])
            if not low <= one.amount <= high and not one.per.kind.startswith("100"):
                band = {"low": f"{low:g}", "high": f"{high:g}"}
                yield finding_of(rules["S058", ""], number, one.line, **words, **band)
            if not label.has("trans"):
                yield finding_of(rules["S024", ""], number, one.line)
            yield finding_of(rules["S026", ""], number, one.line)
            if not label.has("coated") and any(label.amount_of(name) for name in ("calcium", "magnesium")):
                yield finding_of(rules["S027", ""], number, one.line)
        if one.substance == "MK4" and one.amount >= rules["S007", ""].limit("dose_ug"):
            yield finding_of(rules["S007", ""], number, one.line, **words)
        elif one.substance == "MK4" and one.amount < rules["S006", ""].limit("dose_ug"):
            yield finding_of(rules["S006", ""], number, one.line, **words)
        if one.substance == "K1":
            yield finding_of(rules["S008", ""], number, one.line, **words)
        if one.substance == "calcium" and one.amount > rules["S014", ""].limit("Ca_mg"):
            limit = f"{rules['S014', ''].limit('Ca_mg'):g} mg"
            yield finding_of(rules["S014", ""], number, one.line, **words, limit=limit)
        if one.substance == "iron":
            yield finding_of(rules["S064", ""], number, one.line)
        if one.printed_unit == "IU":
            rule = rules["S036" if one.substance in {"D3", "D2"} else "S038", ""]
            yield finding_of(rule, number, one.line, **words, written=_quote(one.written))
        if one.share is not None and one.printed_unit != "%":
            fits = agrees_with_share(one.substance, one.amount, one.share, label.market, None)
            if fits is False:
                yield finding_of(
                    rules["S039", "apart"],
                    number,
                    one.line,
                    **words,
                    written=_quote(one.written),
                    share=f"{one.share:g}",
                )
        yield from _vitamin_e(one, rules, number)
    omega = _omega3(label)
    if omega is not None and omega > rules["S016", ""].limit("EPA_DHA_mg"):
        limit = f"{rules['S016', ''].limit('EPA_DHA_mg'):g} mg"
        yield finding_of(rules["S016", ""], number, amount=amount_words(omega, "mg"), limit=limit)
    if label.amounts:
        per = label.amounts[0].per
        if per.kind == "unknown":
            yield finding_of(rules["S040", "unknown"], number)
        elif per.kind in {"serving", "piece"} and (per.count or 1.0) > 1.0:
            yield finding_of(rules["S040", ""], number, per.line, per=per)


def _band(rule: LabelRule) -> tuple[float, float]:
    match = re.search(r"outside ([0-9.]+)-([0-9.]+)", rule.check_rule)
    if match is None:
        raise ValueError(f"{rule.rule} has no band")
    return float(match[1]), float(match[2])


def _vitamin_e(one: LabelAmount, rules: Rules, number: int) -> Iterator[Finding]:
    if one.substance not in {"E", "natural E", "synthetic E"}:
        return
    per_iu = {row.id: row.unit_per_iu for row in read_substances().values() if row.unit_per_iu}
    # A form that is not named is taken for the natural one: more mass an IU, so fewer IU.
    units = one.amount / per_iu.get(one.substance, per_iu["natural E"])
    limit = rules["S067", ""].limit("E_IU")
    if units >= limit * 0.995:
        yield finding_of(
            rules["S067", ""], number, one.line, amount=amount_words(one.amount, one.unit), iu=f"{limit:g}"
        )


def _omega3(label: Label) -> float | None:
    whole = label.amount_of("omega3")
    if whole is not None:
        return whole.amount
    parts = [one.amount for one in label.amounts if one.substance in {"EPA", "DHA"}]
    return sum(parts) if parts else None


def _of_words(label: Label, number: int, who: Who, rules: Rules) -> Iterator[Finding]:
    k2 = any(label.amount_of(name) for name in _MENAQUINONES) or any(
        name.meaning in (*_MENAQUINONES, "K2") for line in label.lines for name in line.names
    )
    vitamin_k = k2 or label.amount_of("K1") is not None
    for line in label.lines:
        claims = {word.meaning for word in line.words("claim")}
        warns = line.has("warns", "doctor")
        if "artery" in claims and not warns:
            yield finding_of(rules["S054", ""], number, line.number)
        if "cure" in claims:
            yield finding_of(rules["S054", "cure"], number, line.number)
        if "heart" in claims and "artery" not in claims and not warns:
            yield finding_of(rules["S031", ""], number, line.number)
    for kind, rule in (("redyeast", "S065"), ("nattokinase", "S065"), ("natto", "S012"), ("green", "S066"),
                       ("liposomal", "S004"), ("coated", "S003")):  # fmt: skip
        holding = next((line for line in label.lines if line.has(kind)), None)
        if holding is not None:
            yield finding_of(rules[rule, ""], number, holding.number)
    blend = next((line for line in label.lines if line.has("blend")), None)
    if blend is not None and not (k2 and label.amounts):
        yield finding_of(rules["S046", ""], number, blend.number)
    if any(name.meaning == "dihydro-K1" for line in label.lines for name in line.names):
        yield finding_of(rules["S044", ""], number)
    equivalents = next((line for line in label.lines if line.has("pkeq")), None)
    if equivalents is not None:
        word = equivalents.words("pkeq")[0]
        named = equivalents.lower[word.start : word.end]
        rule = "S041" if named.startswith(("mk", "menaquinone")) else "S042"
        yield finding_of(rules[rule, ""], number, equivalents.number)
    if vitamin_k and not label.has("warns"):
        yield finding_of(rules["S055", ""], number)
    if k2:
        if label.has("dry") and not label.has("oil"):
            name = next((printed(one) for one in _MENAQUINONES if label.amount_of(one)), "K2")
            yield finding_of(rules["S005", ""], number, name=name)
        if not label.has("seal"):
            yield finding_of(rules["S056", ""], number)
    child = next((line for line in label.lines if line.has("child") and not line.has("reach")), None)
    if child is not None:
        yield finding_of(rules["S057", ""], number, child.number)
    yield from _of_allergens(label, number, who, rules)


def _of_allergens(label: Label, number: int, who: Who, rules: Rules) -> Iterator[Finding]:
    named: dict[str, Line] = {}
    free: set[str] = set()
    for line in label.lines:
        free |= {word.meaning for word in line.words("freeword")}
        for clause in _clauses(line.lower):
            words = find_label_words(clause, "freeword", "free", "allergen")
            denies = False
            for word in words:
                denies = denies or word.kind == "free"
                if word.kind == "allergen" and denies:
                    free.add(word.meaning)
                elif word.kind == "allergen":
                    named.setdefault(word.meaning, line)
    for allergen, line in named.items():
        if allergen in free and not (allergen == "soy" and line.has("natto")):
            continue
        case = "allergy" if allergen in who.allergies else ""
        rule = rules["S048", case]
        severity = rule.severity if case else "info"
        made = finding_of(rule, number, line.number, allergen=_ALLERGENS[allergen])
        yield Finding(**{**made.__dict__, "severity": severity})
    if label.amount_of("MK7") is not None and "soy" not in named and "soy" not in free:
        made = finding_of(rules["S048", "silent"], number)
        severity = "fail" if "soy" in who.allergies else "info"
        yield Finding(**{**made.__dict__, "severity": severity})


def _clauses(text: str) -> Iterator[str]:
    """Pieces of a line up to a full stop; "Free from: soy, milk" is one of them."""
    start = 0
    for match in _CLAUSE.finditer(text):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


# Why something was asked -> the rule behind it.
_BEHIND = {
    "thousandfold": ("S034", ""), "iu": ("S037", ""), "share": ("S039", ""), "salt": ("S043", ""),
    "split": ("S046", "split"), "form": ("S045", ""), "menadione": ("S011", ""),
}  # fmt: skip


def _of_questions(label: Label, number: int, rules: Rules) -> Iterator[Finding]:
    """Rules behind what was asked: the thousandfold error, IU of K, a share alone, a salt, a missing form."""
    for question in label.questions:
        if question.kind in _BEHIND:
            rule = rules[_BEHIND[question.kind]]
            yield finding_of(rule, number, question.line, question=question.problem.found)


def _of_dates(label: Label, number: int, today: datetime.date, rules: Rules) -> Iterator[Finding]:
    last = best_before(label.lines)
    if last is not None and last[0] < today:
        yield finding_of(rules["S053", ""], number, last[1].number, date=last[0].isoformat())
    made = best_before(label.lines, "made")
    if made is not None and label.amount_of("MK7") is not None:
        months = (today.year - made[0].year) * 12 + today.month - made[0].month
        limit = rules["S025", ""].limit("age_months")
        if months > limit:
            yield finding_of(rules["S025", ""], number, made[1].number, limit=f"{limit:g}")


def _of_person(label: Label, number: int, who: Who, rules: Rules) -> Iterator[Finding]:
    if who.antagonist:
        k = next((one for one in label.amounts if one.substance in _VITAMIN_K), None)
        # What is asked about is in the product all the same.
        named = {line.number for line in label.lines for name in line.names if name.meaning in _ANY_K}
        asked = next((one.line for one in label.questions if one.line in named), 0)
        if k is not None or label.totals or asked:
            yield finding_of(rules["S018", ""], number, k.line if k else asked)
    retinol = label.amount_of("A")
    if retinol is not None:
        amount = amount_words(retinol.amount, retinol.unit)
        if who.pregnant:
            yield finding_of(rules["S052", "pregnant"], number, retinol.line, amount=amount)
        if who.retinoid:
            yield finding_of(rules["S052", "retinoid"], number, retinol.line)
    magnesium = label.amount_of("magnesium")
    if magnesium is not None and who.kidney:
        made = finding_of(rules["S051", "kidney"], number, magnesium.line)
        # The row is moderate for the sum; for the kidney it says fail.
        yield Finding(**{**made.__dict__, "severity": "fail"})


def _quote(written: str) -> str:
    return f"'{written}'"
