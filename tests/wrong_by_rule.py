"""Wrong diaries and labels made from good ones: one rule is one cause, and names what is to be said."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from wrong_input import WrongInput

_HEADING = ["date", "time", "food", "grams"]
_WEEKS = tuple(
    [[f"2026-03-{2 + place // 3:02d}", ("08:00", "12:30", "19:00")[place % 3], food, grams]
     for place, (food, grams) in enumerate(foods)]
    for foods in (
        (("natto", "40"), ("white rice", "150"), ("tofu", "100"),
         ("egg", "50"), ("spinach", "80"), ("tea", "200")),
        (("gouda", "40"), ("kale", "150"), ("butter", "10"),
         ("milk", "200"), ("apple", "130"), ("bread", "70")),
        (("chapati", "80"), ("ghee", "10"), ("spinach", "90"),
         ("milk", "150"), ("banana", "100"), ("egg", "50")),
    )
)  # fmt: skip
Rows = list[list[str]]


def _table(rows: Rows, heading: list[str] = _HEADING, sign: str = ",") -> str:
    return "".join(sign.join(row) + "\n" for row in [heading, *rows])


def _cell(column: int, change: str | Callable[[str], str]) -> Callable[[Rows, int], tuple[str, int]]:
    """Change one cell of the row at a place; the line that is told is that of the row."""

    def made(rows: Rows, place: int) -> tuple[str, int]:
        old = rows[place][column]
        rows[place][column] = change if isinstance(change, str) else change(old)
        return _table(rows), place + 2

    return made


def _heading(old: str, new: str) -> Callable[[Rows, int], tuple[str, int]]:
    return lambda rows, place: (_table(rows, [new if one == old else one for one in _HEADING]), 1)


def _row(change: Callable[[list[str]], list[str]]) -> Callable[[Rows, int], tuple[str, int]]:
    def made(rows: Rows, place: int) -> tuple[str, int]:
        rows[place] = change(rows[place])
        return _table(rows), place + 2

    return made


# A cause, how the good diary is changed at a row, a word of the message; no word: the cell is shown.
DIARY_RULES: tuple[tuple[str, Callable[[Rows, int], tuple[str, int]], str], ...] = (
    ("date of two figures", _cell(0, lambda old: old[2:]), "26-03-0"),
    ("date of another order", _cell(0, lambda old: "/".join(reversed(old.split("-")))), "may be"),
    ("month 13", _cell(0, "2026-13-02"), "2026-13-02"),
    ("30 February", _cell(0, "2026-02-30"), "2026-02-30"),
    ("date in the future", _cell(0, "2999-01-01"), "2999-01-01"),
    ("date of another age", _cell(0, "0026-03-02"), "0026-03-02"),
    ("date in words", _cell(0, "last Monday"), "last Monday"),
    ("time 25 o'clock", _cell(1, "25:00"), "25:00"),
    ("minute 75", _cell(1, "08:75"), "08:75"),
    ("time in words", _cell(1, "at noon or so"), "at noon or so"),
    ("food left out", _cell(2, ""), "empty"),
    ("cell of 200,000 letters", _cell(2, "x" * 200_000), "20000"),
    ("control sign in a food", _cell(2, "nat\x07to"), "signs"),
    ("amount left out", _cell(3, ""), "empty"),
    ("negative amount", _cell(3, lambda old: f"-{old}"), "-"),
    ("zero amount", _cell(3, "0"), "0"),
    ("NaN", _cell(3, "NaN"), "NaN"),
    ("infinity", _cell(3, "inf"), "inf"),
    ("1e999", _cell(3, "1e999"), "1e999"),
    ("number with two points", _cell(3, "1.5.5"), "1.5.5"),
    ("number with two minus signs", _cell(3, "--40"), "--40"),
    ("number with words", _cell(3, "some"), "some"),
    ("digits without end", _cell(3, "9" * 5_000), "more than 300 characters"),
    ("more than anybody eats", _cell(3, "90000"), "0.1 to 3000 g"),
    ("amount in milligrams", _cell(3, lambda old: f"{old} mg"), "mg"),
    ("amount in IU", _cell(3, lambda old: f"{old} IU"), "IU"),
    ("amount in kcal", _cell(3, lambda old: f"{old} kcal"), "kcal"),
    ("amount of an unknown unit", _cell(3, lambda old: f"{old} zorg"), "zorg"),
    ("formula for an amount", _cell(3, "=SUM(A1:A3)"), "=SUM"),
    ("cell too many", _row(lambda row: [*row, "x"]), "5 cells"),
    ("cell too few", _row(lambda row: row[:3]), "3 cells"),
    ("decimal comma in a table with commas", _cell(3, "12,5"), "5 cells"),
    ("quote left open", _row(lambda row: [row[0], row[1], '"' + row[2], row[3]]), "quot"),
    ("date renamed", _heading("date", "dat"), "dat"),
    ("food renamed", _heading("food", "fod"), "fod"),
    ("amount renamed", _heading("grams", "grms"), "grms"),
    ("heading twice", _heading("time", "food"), "stands 2 times"),
    ("heading empty", _heading("time", ""), "heading"),
    ("other separator in one row", _row(lambda row: [";".join(row)]), "cell"),
    ("heading alone", lambda rows, place: (_table([]), 0), "no "),
    ("zero byte", lambda rows, place: (_table(rows).replace(rows[place][2], "a\0b"), 0), "U+0000"),
    ("JSON for a diary", lambda rows, place: (json.dumps(rows, indent=place or None), 0), "'["),
    ("deep nesting", lambda rows, place: ("[" * (50_000 + place), 0), "[["),
)  # fmt: skip
_LINES = ("50 g natto", "2 slices gouda", "150 g spinach", "1 glass milk", "80 g white rice", "1 banana")
# The same for a diary in plain lines.
LINE_RULES: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("line with two commas in the number", lambda line: "1,5,5 g " + line, "1,5,5"),
    ("line with a negative amount", lambda line: "-" + line, "-"),
    ("line with a zero amount", lambda line: "0 g " + line.split(" ")[-1], "is 0 g"),
    ("line of milligrams", lambda line: "500 mg " + line.split(" ")[-1], "mg"),
    ("line of IU", lambda line: "500 IU " + line.split(" ")[-1], "IU"),
    ("line of kcal", lambda line: "200 kcal " + line.split(" ")[-1], "kcal"),
    ("line of an unknown food", lambda line: "50 g zorgblat", "zorgblat"),
    ("line of a measure that does not exist", lambda line: "3 zorgs " + line.split(" ")[-1], "zorgs"),
    ("line without a food", lambda line: "50 g", "food"),
    ("line beyond all plates", lambda line: "90000 g " + line.split(" ")[-1], "90000"),
    ("line of 200,000 letters", lambda line: line + "x" * 200_000, "2000"),
    ("line with a control sign", lambda line: line + "\x07", "sign"),
    ("line of markup", lambda line: f"<b>{line}</b><script>", "<b>"),
    ("line with a date of 30 February", lambda line: "2026-02-30\n" + line, "2026-02-30"),
)
_SUBSTANCES = (
    "MK-7 100 mcg", "Vitamin K1 80 mcg", "Vitamin D3 25 mcg", "Calcium 500 mg", "Magnesium 200 mg",
    "MK-4 1500 mcg",
)  # fmt: skip
# The same for the line of a label.
LABEL_RULES: tuple[tuple[str, Callable[[str], str], str], ...] = (
    ("label: unit dropped", lambda line: line.rsplit(" ", 1)[0], "no unit"),
    ("label: number with two commas", lambda line: _amount(line, "1,00,0"), "more than one way"),
    ("label: number with two points", lambda line: _amount(line, "1.0.0"), "1.0.0"),
    ("label: negative", lambda line: _amount(line, "-100"), "Look at the pack"),
    ("label: zero", lambda line: _amount(line, "0"), "zero"),
    ("label: far too large", lambda line: _amount(line, "900000000"), "at most"),
    ("label: far too small", lambda line: _amount(line, "0.0001"), "at least"),
    ("label: unit unknown", lambda line: line.rsplit(" ", 1)[0] + " mcgs", "mcgs"),
    ("label: unit in capitals", lambda line: line.rsplit(" ", 1)[0] + " MG", "MG"),
    ("label: given twice and apart", lambda line: f"{line}\n{_amount(line, '222')}", "several amounts"),
    ("label: no amount at all", lambda line: " ".join(line.split()[:-2]), "no amount"),
    ("label: NaN", lambda line: _amount(line, "NaN"), "no amount"),
    ("label: zero byte", lambda line: line + "\0", "no text"),
    ("label: control sign", lambda line: line + "\x07", "no text"),
    ("label: line of 200,000 letters", lambda line: line + "x" * 200_000, "200 kB"),
    ("label: half a letter", lambda line: line + "\ud800", "Look at the pack"),
    ("label: another language of machines", lambda line: json.dumps([["[" * 400]]), "line"),
    ("label: an empty second label", lambda line: line + "\n---\nnothing here", "no substance"),
)  # fmt: skip

_SAME = "03/03/2026"


def _amount(line: str, new: str) -> str:
    name, _, unit = line.rsplit(" ", 2)
    return f"{name} {new} {unit}"


def diaries_and_labels() -> Iterator[WrongInput]:
    """Every rule at every place of every good one."""
    for number, week in enumerate(_WEEKS):
        for cause, rule, said in DIARY_RULES:
            for place in (0, 2, 3, 5):
                text, line = rule([list(row) for row in week], place)
                why = "day and month are the same: both orders give one day" if _SAME in text else ""
                yield WrongInput("diary", f"{number}{place}.csv", cause, _bytes(text), (said,), line, why)
    for cause, change, said in LINE_RULES:
        for place, line in enumerate(_LINES):
            lines = [*_LINES[:place], change(line), *_LINES[place + 1 :]]
            why = "a sign that nobody sees changes no word" if cause == "line with a control sign" else ""
            yield WrongInput(
                "diary", f"{place}.txt", cause, _bytes("\n".join(lines)), (said,), place + 1, why
            )
    for cause, change, said in LABEL_RULES:
        for place, line in enumerate(_SUBSTANCES):
            text = f"Amount per capsule\n{change(line)}\n"
            yield WrongInput("label", f"{place}.txt", cause, _bytes(text), (said,), 0)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
