"""Wrong tables of the USDA, wrong archives, what is no food table at all; each with words of its refusal."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from typing import Any

from food_table_files import FDC, FRIDA, SR28, sr28, workbook, written, xml_files


@dataclass(frozen=True)
class Wrong:
    """A wrong file: how it is made, and words that the message has to hold."""

    make: Any
    words: tuple[str, ...]


def _sr(**changed):
    return lambda folder: sr28(folder / "sr28", **changed)


def _nut(old, new):
    return _sr(NUT_DATA=(SR28 / "NUT_DATA.txt").read_bytes().replace(old, new, 1))


def _def(old, new):
    return _sr(NUTR_DEF=(SR28 / "NUTR_DEF.txt").read_bytes().replace(old, new, 1))


def _fdc(name, old, new):
    return lambda folder: written(folder / "fdc", {**FDC, name: FDC[name].replace(old, new, 1)})


def _bytes(name, content):
    def make(folder):
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _zip(*members, mode=0, name="table.zip"):
    def make(folder):
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members:
                info = zipfile.ZipInfo(member)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = mode << 16
                archive.writestr(info, content)
        return folder / name

    return make


def _renamed(folder):
    path = workbook(folder / "frida.xlsx", FRIDA)
    return path.rename(folder / "frida.csv")


def _swapped(folder):
    food, nutrients = (SR28 / name for name in ("FOOD_DES.txt", "NUT_DATA.txt"))
    return sr28(folder / "sr28", FOOD_DES=nutrients.read_bytes(), NUT_DATA=food.read_bytes())


def _swapped_fdc(folder):
    return written(folder / "fdc", {**FDC, "food.csv": FDC["nutrient.csv"], "nutrient.csv": FDC["food.csv"]})


def _damaged_zip(folder):
    path = _zip(*((path.name, path.read_bytes()) for path in SR28.iterdir()))(folder)
    content = bytearray(path.read_bytes())
    content[200:260] = b"x" * 60
    path.write_bytes(content)
    return path


def _broken_name(folder):
    path = _zip(("é.csv", b"x"))(folder)
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\x8b\x8b"))
    return path


def _other_download(folder):
    rows = FDC["food_nutrient.csv"].replace('"90000', '"80000')
    return written(folder / "fdc", {**FDC, "food_nutrient.csv": rows})


def _lying_zip(folder):
    path = _zip(*((path.name, path.read_bytes()) for path in SR28.iterdir()))(folder)
    content = path.read_bytes()
    # The directory at the end states another length than the member has.
    at = content.rindex(b"PK\x01\x02")
    return _bytes("lie.zip", content[: at + 24] + b"\x01\x00\x00\x00" + content[at + 28 :])(folder)


WRONG = {
    # --- which file it is
    "nothing there": Wrong(lambda folder: folder / "no.csv", ("does not exist",)),
    "an empty folder": Wrong(lambda folder: written(folder / "empty", {}), ("no files", "NUT_DATA.txt")),
    "a folder of other things": Wrong(
        lambda folder: written(folder / "x", {"a.pdf": "x", "b.pdf": "y"}), ("a.pdf", "Ciqual")
    ),
    "an empty table": Wrong(_bytes("ciqual.csv", b""), ("first line is ''", "alim_code")),
    "a list of foods of one's own": Wrong(_bytes("t.csv", b"food,K1\nkale,300\n"), ("food,K1", "Frida")),
    "a web page": Wrong(_bytes("ciqual.csv", b"<html>alim_code</html>"), ("web page",)),
    "a picture": Wrong(_bytes("t.csv", b"\x89PNG\r\n" + b"\x00\x01" * 50), ("first line is",)),
    "a workbook under the name of a text": Wrong(_renamed, ()),
    "one file of SR alone": Wrong(
        lambda folder: _bytes("NUT_DATA.txt", (SR28 / "NUT_DATA.txt").read_bytes())(folder),
        ("FOOD_DES.txt, NUTR_DEF.txt is missing", "one folder"),
    ),
    "SR without its dictionary": Wrong(_sr(NUTR_DEF=None), ("NUTR_DEF.txt is missing",)),
    "FoodData Central without nutrient.csv": Wrong(
        lambda folder: written(folder / "f", {k: v for k, v in FDC.items() if k != "nutrient.csv"}),
        ("FoodData Central", "nutrient.csv is missing"),
    ),
    "XML without compo": Wrong(
        lambda folder: written(folder / "x", {k: v for k, v in xml_files().items() if "compo" not in k}),
        ("compo_*.xml is missing",),
    ),
    # --- archives
    "a member that leads out": Wrong(_zip(("../NUT_DATA.txt", b"x")), ("../NUT_DATA.txt", "leads out")),
    "an absolute member": Wrong(_zip(("/etc/food.csv", b"x")), ("leads out",)),
    "a member with a drive": Wrong(_zip(("C:/food.csv", b"x")), ("leads out",)),
    "a member with backslashes": Wrong(_zip(("..\\food.csv", b"x")), ("leads out",)),
    "a member that is a link": Wrong(
        _zip(("food.csv", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777), ("link",)
    ),
    "a bomb": Wrong(_zip(("food.csv", b"0" * 30_000_000)), ("times its size", "at most 400 times")),
    "a name twice": Wrong(
        _zip(*((f"a/{name}", text) for name, text in FDC.items()), ("b/food.csv", "fdc_id")),
        ("'food.csv' stands in it twice",),
    ),
    "too many members": Wrong(_zip(*((f"{place}.txt", b"") for place in range(2_001))), ("2001 members",)),
    "a member whose name is no text": Wrong(_broken_name, ("ZIP archive", "damaged")),
    "no archive": Wrong(_bytes("sr28.zip", b"PK\x03\x04 and no more"), ("ZIP archive",)),
    "a damaged member": Wrong(_damaged_zip, ("damaged",)),
    "an archive that lies about a length": Wrong(_lying_zip, ("lie.zip",)),
    "an archive of other things": Wrong(_zip(("readme.md", b"x")), ("readme.md",)),
    # --- SR
    "files swapped": Wrong(_swapped, ("FOOD_DES.txt:1", "18 fields, as NUT_DATA.txt has", "14 fields")),
    "K1 and dihydro-K1 swapped in the dictionary": Wrong(
        _def(
            b"~430~^~\xb5g~^~VITK1~^~Vitamin K (phylloquinone)~",
            b"~430~^~\xb5g~^~VITK1D~^~Dihydrophylloquinone~",
        ),
        ("nutrient 430 is called 'Dihydrophylloquinone'", "Vitamin K (phylloquinone)"),
    ),
    "K1 in milligrams": Wrong(
        _def(b"~430~^~\xb5g~", b"~430~^~mg~"), ("nutrient 430 has the unit 'mg'", "Expected: ug")
    ),
    "K1 missing from the dictionary": Wrong(_def(b"~430~", b"~431~"), ("nutrient 430 is missing",)),
    "a code twice": Wrong(_def(b"~429~", b"~430~"), ("nutrient 430 stands there twice",)),
    "a decimal comma in SR": Wrong(
        _nut(b"~430~^7.0^", b"~430~^7,0^"), ("'7,0' has a decimal comma", "point")
    ),
    "a thousandfold K1": Wrong(
        _nut(b"~430~^7.0^", b"~430~^70000.0^"), ("70000 ug in 100 g", "at most 20000")
    ),
    "a negative amount": Wrong(_nut(b"~430~^7.0^", b"~430~^-7.0^"), ("'-7.0' is not a number",)),
    "words for a number": Wrong(
        _nut(b"~430~^7.0^", b"~430~^lots^"), ("NUT_DATA.txt:", "'lots' is not a number")
    ),
    "not a number": Wrong(_nut(b"~430~^7.0^", b"~430~^nan^"), ("'nan'",)),
    "infinite": Wrong(_nut(b"~430~^7.0^", b"~430~^inf^"), ("'inf'",)),
    "a field too few": Wrong(_nut(b"~430~^7.0^", b"~430~^"), ("17 fields", "18 fields")),
    "a food without a name": Wrong(
        _nut(b"~01001~^~430~", b"~99999~^~430~"), ("99999", "not in FOOD_DES.txt")
    ),
    "a row twice": Wrong(_nut(b"~01002~^~429~", b"~01002~^~430~"), ("food 01002 has nutrient 430 twice",)),
    "SR parted by tabs": Wrong(
        _sr(NUTR_DEF=(SR28 / "NUTR_DEF.txt").read_bytes().replace(b"^", b"\t")), ("1 fields", "parted by ^")
    ),
    "no food": Wrong(_sr(FOOD_DES=b""), ("0 foods",)),
    # --- FoodData Central
    "files swapped in FDC": Wrong(_swapped_fdc, ("column 'unit_name' is missing", "nutrient.csv")),
    "a heading renamed": Wrong(
        _fdc("food_nutrient.csv", '"amount"', '"amount_per_100g"'),
        ("column 'amount' is missing", "amount_per_100g", "changed, or is another release"),
    ),
    "a heading missing": Wrong(
        _fdc("nutrient.csv", '"unit_name",', '"x",'), ("column 'unit_name' is missing",)
    ),
    "a heading twice": Wrong(
        _fdc("food.csv", '"publication_date"', '"fdc_id"'), ("'fdc_id' stands there twice",)
    ),
    "K1 under the id of MK-4": Wrong(
        _fdc("nutrient.csv", "Vitamin K (Menaquinone-4)", "Vitamin K (phylloquinone)"),
        ("nutrient 1183 is called 'Vitamin K (phylloquinone)'", "Menaquinone-4"),
    ),
    "an id of its own": Wrong(_fdc("nutrient.csv", '"1185"', '"9185"'), ("nutrient 1185 is missing",)),
    "K1 in mg in FDC": Wrong(
        _fdc("nutrient.csv", '"Vitamin K (phylloquinone)","UG"', '"Vitamin K (phylloquinone)","MG"'),
        ("nutrient 1185 has the unit 'MG'",),
    ),
    "a decimal comma in FDC": Wrong(
        _fdc("food_nutrient.csv", "389.6", "389,6"), ("'389,6' has a decimal comma",)
    ),
    "a thousands mark": Wrong(_fdc("food_nutrient.csv", "389.6", "1,389.6"), ("'1,389.6' is not a number",)),
    "parted by semicolons with commas inside": Wrong(
        lambda folder: written(
            folder / "f", {k: v.replace('","', '";"').replace(".", ",") for k, v in FDC.items()}
        ),
        ("decimal comma",),
    ),
    "a row cut short": Wrong(
        _fdc("food_nutrient.csv", '"254","","1","","","",""', '"254"'),
        ("food_nutrient.csv:4", "4 cells", "10"),
    ),
    "an open quote": Wrong(_fdc("food_nutrient.csv", '"254",', '"254'), ("food_nutrient.csv",)),
    "files of two downloads": Wrong(_other_download, ("9 of 9 rows name foods", "one download")),
    "only branded foods": Wrong(
        lambda folder: written(
            folder / "f",
            {
                **FDC,
                "food.csv": FDC["food.csv"]
                .replace("sr_legacy_food", "branded_food")
                .replace("foundation_food", "branded_food")
                .replace("survey_fndds_food", "sample_food"),
            },
        ),
        ("0 foods of the kinds foundation_food",),
    ),
    "a food twice": Wrong(_fdc("food.csv", '"900002"', '"900001"'), ("food '900001' stands there twice",)),
}
