"""Files as editors, spreadsheets, phones and copies leave them: good ones, and ones that need a word."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass

PERSON = (
    "# Frau Müller, 62 Jahre: naïve Größe\n[person]\nsex = \"female\"\nage_years = 62\n"
    "[labs]\n\"25OHD\" = \"55 nmol/L\"\n[diet]\nK1 = \"110 µg\"\n"
)  # fmt: skip
PLAN = '# für Oma\n[[supplement]]\nproduct = "MK-7 180 µg softgel"\n'
DIARY = (
    "date;time;food;grams\n2026-03-02;08:00;natto;40\n2026-03-03;12:00;Lièvre, viande crue;30\n"
    "2026-03-04;;tofu;100\n"
)
OBSERVED = "time_d,outcome,value,sd,unit,note\n0,dp-ucMGP,520,40,pmol/L,naïve\n84,25OHD,22,,ng/mL,Größe\n"
TABLE = "lane,ka\nJosé,0.5\nMüller,1.5\n"
TEXTS = {"person": PERSON, "plan": PLAN, "diary": DIARY, "observed": OBSERVED, "run": TABLE}

# How a text reaches the disk; every one of these says the same.
WRITERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode("utf-8"),
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "windows line ends": lambda text: text.replace("\n", "\r\n").encode("utf-8"),
    "line ends of an old mac": lambda text: text.replace("\n", "\r").encode("utf-8"),
    "mixed line ends": lambda text: text.replace("\n", "\r\n", 2).replace("\r\n", "\r", 1).encode("utf-8"),
    "utf-16 little with a mark": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16 big with a mark": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-16 little bare": lambda text: text.encode("utf-16-le"),
    "utf-16 big bare": lambda text: text.encode("utf-16-be"),
    "utf-16 with windows line ends": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "utf-32": lambda text: text.encode("utf-32"),
    "latin-1": lambda text: text.encode("latin-1"),
    "windows-1252 with windows line ends": lambda text: text.replace("\n", "\r\n").encode("cp1252"),
    "no line end at the end": lambda text: text.rstrip("\n").encode("utf-8"),
    "empty lines at the end": lambda text: (text + "\n\n\n").encode("utf-8"),
}
# Those of an encoding that was guessed or is rare are said in a note.
NOTED = {
    name: note
    for note, names in {
        "UTF-16": [name for name in WRITERS if name.startswith("utf-16")],
        "UTF-32": ["utf-32"],
        "Windows-1252": ["latin-1", "windows-1252 with windows line ends"],
    }.items()
    for name in names
}


@dataclass(frozen=True)
class Wrong:
    """A file that needs a word: its kind, bytes, the line, what is said and the spelling that is shown."""

    name: str
    kind: str
    content: bytes
    line: int | None
    said: str
    shown: str = ""


def _person(line: str) -> bytes:
    return f'[person]\nsex = "female"\nage_years = 62\n{line}\n'.encode()


def _sex(line: str) -> bytes:
    return f"[person]\n{line}\nage_years = 62\n".encode()


WRONG = [
    Wrong("curly", "person", _sex("sex = “female”"), 2, "is curly (“ ”)", 'sex = "female"'),
    Wrong("curly at the end", "person", _sex('sex = "female”'), 2, "is curly (”)", 'sex = "female"'),
    Wrong("curly single", "person", _sex("sex = ‘female’"), 2, "is curly (‘ ’)", 'sex = "female"'),
    Wrong("german marks", "person", _sex("sex = „female“"), 2, "is curly („ “)", 'sex = "female"'),
    Wrong("french marks", "person", _sex("sex = «female»"), 2, "is curly («", 'sex = "female"'),
    Wrong("curly key", "person", _person("[labs]\n“25OHD” = “55 nmol/L”"), 5, "curly",
          '"25OHD" = "55 nmol/L"'),
    Wrong("apostrophe inside", "person", _person("[medicines]\ntaken = [“baker’s yeast”]"), 5, "curly",
          'taken = ["baker\'s yeast"]'),
    Wrong("curly in windows-1252", "plan", "[[supplement]]\nproduct = “MK-7 180 mcg”\n".encode("cp1252"), 2,
          "is curly (“ ”)", 'product = "MK-7 180 mcg"'),
    Wrong("drive path", "person", _person('[diet]\ndiary = "C:\\Users\\me\\week.csv"'), 5, "a backslash",
          "diary = 'C:\\Users\\me\\week.csv'"),
    Wrong("path of known escapes", "person", _person('[diet]\ndiary = "C:\\new\\table.csv"'), 5,
          "a backslash",
          "diary = 'C:\\new\\table.csv'"),
    Wrong("path that ends so", "person",
          _person('[diet]\ndiary = "C:\\me\\"'), 5, "a backslash", "diary = 'C:\\me\\'"),
    Wrong("relative path", "person", _person('[diet]\ndiary = "data\\bone.csv"'), 5, "a backslash",
          'diary = "data/bone.csv"'),
    Wrong("path with an apostrophe", "person", _person("[diet]\ndiary = \"C:\\O'Brien\\w.csv\""), 5,
          "a backslash",
          "diary = \"C:/O'Brien/w.csv\""),
    Wrong("path as copied from its window", "person", _person('[diet]\ndiary = "\u202aC:\\me\\w.csv"'), 5,
          "U+202A",
          "diary = 'C:\\me\\w.csv'"),
    Wrong("curly path", "person", _person("[diet]\ndiary = “C:\\me\\w.csv”"), 5, "curly",
          "diary = 'C:\\me\\w.csv'"),
    Wrong("nul", "person", _sex('sex = "female\x00"'), 2, "U+0000", 'sex = "female"'),
    Wrong("bell in a comment", "person", _person("# \x07 rings"), 4, "U+0007", "#  rings"),
    Wrong("escape sign", "plan", b'[[supplement]]\nproduct = "\x1bMK-7 180 mcg"\n', 2, "U+001B",
          'product = "MK-7 180 mcg"'),
    Wrong("no-break space", "person", _sex('sex\u00a0= "female"'), 2, "U+00A0, no-break space",
          'sex = "female"'),
    Wrong("indented by such", "person", _sex('\u00a0\u00a0sex = "female"'), 2, "no-break space",
          'sex = "female"'),
    Wrong("ideographic space", "person", _sex('sex\u3000= "female"'), 2, "ideographic space",
          'sex = "female"'),
    Wrong("zero width in a text", "person", _sex('sex = "fem\u200bale"'), 2, "zero width space",
          'sex = "female"'),
    Wrong("zero width in a name", "person", _sex('se\u200bx = "female"'), 2, "zero width space",
          'sex = "female"'),
    Wrong("soft hyphen", "person", _sex('sex = "fe\u00admale"'), 2, "soft hyphen", 'sex = "female"'),
    Wrong("a second mark", "person", "\ufeff".encode() + _sex('\ufeffsex = "female"'), 2, "U+FEFF",
          'sex = "female"'),
    Wrong("line separator", "person", _sex('sex = "female"\u2028'), 2, "line separator", 'sex = "female"'),
    Wrong("written as a number", "person", _sex('sex = "female\\u200b"'), 2, "zero width space", "sex ="),
    Wrong("a letter was lost", "person", _person('[medicines]\ntaken = ["M\ufffdller 5 mg"]'), 5,
          "a letter was lost"),
    Wrong("wide signs", "person", _sex('sex ＝ "female"'), 2, "of double width", 'sex = "female"'),
    Wrong("wide digits", "person", b'[person]\nsex = "female"\nage_years = \xef\xbc\x96\xef\xbc\x92\n', 3,
          "double",
          "age_years = 62"),
    Wrong("dash for a minus", "person", b'[person]\nsex = "female"\nage_years = \xe2\x80\x9362\n', 3,
          "a dash",
          "age_years = -62"),
    Wrong("diary curly", "diary", "date;food;grams\n2026-03-02;“natto”;40\n".encode(), 2, "is curly (“ ”)",
          '2026-03-02;"natto";40'),
    Wrong("diary zero width", "diary", "date;food;grams\n2026-03-02;nat\u200bto;40\n".encode(), 2,
          "zero width space",
          "2026-03-02;natto;40"),
    Wrong("diary nul", "diary",
          b"date;food;grams\n2026-03-02;natto\x00;40\n" + b"2026-03-02;natto;40\n" * 3, 2,
          "U+0000", "2026-03-02;natto;40"),
    Wrong("observed soft hyphen", "observed",
          "time_d,outcome,value,unit\n0,dp-uc\u00adMGP,5,pmol/L\n".encode(), 2,
          "soft hyphen", "0,dp-ucMGP,5,pmol/L"),
    Wrong("run curly headings", "run", "“lane”,“ka”\na,1\n".encode(), 1, "is curly", '"lane","ka"'),
    Wrong("run control sign", "run", b"lane,ka\na,1\nb\x01,2\n" + b"c,3\n" * 20, 3, "U+0001", "b,2"),
    Wrong("half a letter", "person", PERSON.encode() + b"# M\xc3\n", 9, "not whole letters of UTF-8"),
    Wrong("half a letter under a mark", "plan", codecs.BOM_UTF8 + PLAN.encode() + b"# \xe2\x82\n", 4,
          "not whole letters"),
    Wrong("neither", "person", PERSON.encode("latin-1") + b"# \x81\n", 9,
          "neither of UTF-8 nor of Windows-1252"),
    Wrong("half a sign of utf-16", "diary", DIARY.encode("utf-16")[:-1], None, "not text in UTF-16"),
    Wrong("spreadsheet", "diary", b"PK\x03\x04" + b"\x00" * 40, None, "a spreadsheet",
          "save the sheet as CSV"),
    Wrong("old spreadsheet", "observed", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None, "an old spreadsheet",
          "CSV"),
    Wrong("rtf", "person", b"{\\rtf1\\ansi sex = female}", None, "RTF", "save it as plain text"),
    Wrong("pdf", "person", b"%PDF-1.7 ...", None, "a PDF"),
    Wrong("picture", "diary", b"\x89PNG\r\n\x1a\n\x00\x00", None, "a picture"),
    Wrong("web page", "plan", b"<!DOCTYPE html><html>...", None, "a web page", "not the page"),
    Wrong("bytes", "person", bytes(range(32)) * 4, None, "not text"),
]  # fmt: skip
