"""Values of the journal in a copy of a person file: nothing lost, nothing guessed, and a run uses them."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from calciroute.errors import InputError
from calciroute.guide.journal_entry import Entry, Revision
from calciroute.guide.journal_labs import with_labs
from calciroute.guide.journal_words import understand
from calciroute.people.person import parse_person
from calciroute.tables.located_toml import parse_located_toml

PERSON = """# mine
[person]
sex = "female"
age_years = 62
as_of = 2026-06-01
"""
FIRST, LAST = datetime.date(2023, 3, 1), datetime.date(2026, 2, 20)


def entry(number, text, day, kind="lab", clock="", **words):
    content = understand(kind, text, day, clock, **words)
    return Entry(number, str(number), kind, (Revision(1, "2026-03-01 08:00:00", "kept", None, content),))


def two_scans():
    return [entry(1, "coronary_calcium 45 AU", FIRST), entry(2, "coronary_calcium 80 AU", LAST)]


def put(text, entries, tmp_path):
    return with_labs(parse_located_toml(text, "me.toml"), entries, tmp_path)


def read(text):
    return [(one.name, one.written, one.date, one.limit) for one in parse_person(text).lab_readings]


def test_two_scans_of_the_journal_narrow_growth_in_a_run(tmp_path):
    from calciroute.simulate import run_person

    written = put(PERSON, two_scans(), tmp_path)
    person = parse_person(written.text)
    assert [one.value for one in person.lab_readings] == [45.0, 80.0]
    (narrowed,) = run_person(person, years=0.1, draws=0, variants=()).narrowed
    assert "45 AU (2023-03-01) and 80 AU (2026-02-20)" in narrowed.sentences[0]
    assert "narrower" in narrowed.sentences[0]


def test_limits_assays_makers_and_printed_names_go_over_as_given(tmp_path):
    entries = [
        entry(1, "CRP <0,6 mg/L", LAST),
        entry(2, "25-OH Vitamin D 22 ng/mL", LAST, assay="LC-MS"),
        entry(3, "BMD_lumbar 0.95 g/cm2", LAST, maker="Hologic"),
    ]
    written = put(PERSON, entries, tmp_path)
    readings = {one.name: one for one in parse_person(written.text).lab_readings}
    assert readings["CRP"].limit == "<"
    assert (readings["25OHD"].assay, round(readings["25OHD"].value, 1)) == ("LC-MS", 54.9)
    assert readings["BMD_lumbar"].maker == "Hologic"


def test_what_the_file_had_stays_as_a_dated_reading_and_as_a_comment(tmp_path):
    text = (
        PERSON
        + '[labs]\ncoronary_calcium = "70 AU"  # of the hospital\nINR = 1.0\n[habits]\nsmoking = "never"\n'
    )
    written = put(text, two_scans(), tmp_path)
    assert '# was: coronary_calcium = "70 AU"  # of the hospital' in written.text
    assert [one for one in read(written.text) if one[0] == "coronary_calcium"] == [
        ("coronary_calcium", "45 AU", FIRST, ""),
        ("coronary_calcium", "80 AU", LAST, ""),
        ("coronary_calcium", "70 AU", datetime.date(2026, 6, 1), ""),
    ]
    assert parse_person(written.text).labs["INR"] == 1.0
    assert parse_person(written.text).habits.smoking == "never"
    assert any("had no date" in note for note in written.notes)


def test_a_list_over_several_lines_and_a_printed_name_are_joined(tmp_path):
    text = PERSON + (
        '[labs]\n"Kreatinin" = [\n    { date = 2025-01-01, value = "90 µmol/l" },  # one\n'
        '    { date = 2026-02-20, value = "88 µmol/l" },\n]\n'
    )
    written = put(text, [entry(1, "creatinine 1.0 mg/dL", LAST)], tmp_path)
    assert [(one[1], one[2].year) for one in read(written.text) if one[0] == "creatinine"] == [
        ("90 µmol/l", 2025),
        ("1.0 mg/dL", 2026),
    ]
    assert any("stands in both" in note for note in written.notes)


def test_a_value_without_any_date_is_asked_about(tmp_path):
    text = PERSON.replace("as_of = 2026-06-01\n", "") + '[labs]\ncoronary_calcium = "70 AU"\n'
    with pytest.raises(InputError, match=r"me.toml:6: coronary_calcium has no date"):
        put(text, two_scans(), tmp_path)


def test_the_day_of_the_file_and_the_age_move_with_a_later_value(tmp_path):
    text = PERSON.replace("2026-06-01", "2026-01-01")
    written = put(text, two_scans(), tmp_path)
    person = parse_person(written.text)
    assert person.as_of == LAST
    assert person.age_years == pytest.approx(62 + 50 / 365.25, abs=0.01)
    assert any("as_of moved" in note for note in written.notes)


def test_pressure_goes_over_as_the_mean_of_the_last_seven_days(tmp_path):
    days = [(150, 0), (140, 10), (136, 12), (132, 14)]
    entries = [
        entry(n, f"{level}/80", datetime.date(2026, 2, 1) + datetime.timedelta(day), kind="pressure")
        for n, (level, day) in enumerate(days, start=1)
    ]
    written = put(PERSON, entries, tmp_path)
    assert parse_person(written.text).labs["SBP"] == 136.0
    assert any("mean of 3 readings" in note for note in written.notes)


def test_of_two_values_of_one_day_the_later_entry_is_taken(tmp_path):
    entries = [entry(1, "INR 2.4", LAST, clock="08:00"), entry(2, "INR 2.6", LAST, clock="18:00")]
    written = put(PERSON, entries, tmp_path)
    assert parse_person(written.text).labs["INR"] == 2.6
    assert any("two values" in note for note in written.notes)


def test_more_readings_than_a_file_takes_are_told(tmp_path):
    entries = [entry(n, f"INR {2 + n % 3}.0", FIRST + datetime.timedelta(7 * n)) for n in range(60)]
    written = put(PERSON, entries, tmp_path)
    dates = [one[2] for one in read(written.text)]
    assert len(dates) == 40
    assert (dates[0], dates[-1]) == (FIRST, FIRST + datetime.timedelta(7 * 59))
    assert any("20 after the first are left out" in note for note in written.notes)


def test_a_journal_without_values_says_so(tmp_path):
    with pytest.raises(InputError, match="no laboratory value"):
        put(PERSON, [entry(1, "slept well", LAST, kind="note")], tmp_path)


@pytest.mark.parametrize(
    "text", ["labs.INR = 1.0\n" + PERSON, PERSON.replace("# mine", 'labs = { INR = "1.0" }')]
)
def test_labs_without_a_heading_are_refused_and_not_mangled(tmp_path, text):
    with pytest.raises(InputError, match="heading"):
        put(text, two_scans(), tmp_path)


def test_the_newest_weight_goes_over_with_its_day_and_the_old_one_beside_it(tmp_path):
    entries = [entry(1, "70 kg", FIRST, "weight"), entry(2, "66 kg", datetime.date(2026, 6, 20), "weight")]
    written = put(PERSON + "weight_kg = 71.5  # at home\n", entries, tmp_path)
    person = parse_person(written.text)
    assert person.weight_kg == 66.0
    assert "weight_kg = 66  # at home  # the journal's newest, of 2026-06-20; was 71.5" in written.text
    assert written.taken == {"weight_kg": 1}
    assert person.as_of == datetime.date(2026, 6, 20)
    assert "weight_kg is 66, the journal's newest, of 2026-06-20; it was 71.5" in written.notes
    assert "[labs]" not in written.text


def test_a_file_without_a_weight_gets_a_line_under_person(tmp_path):
    entries = [*two_scans(), entry(3, "66.5 kg", LAST, "weight")]
    written = put(PERSON + "[labs]\nCRP = '2 mg/L'\n", entries, tmp_path)
    person = parse_person(written.text)
    assert person.weight_kg == 66.5
    assert written.text.index("weight_kg = 66.5  # the journal's newest, of 2026-02-20") < written.text.index(
        "[labs]"
    )
    assert written.taken == {"coronary_calcium": 2, "weight_kg": 1}


def test_a_weight_of_the_file_that_is_newer_stays(tmp_path):
    old = entry(1, "70 kg", LAST, "weight")
    with pytest.raises(InputError, match="after the 70 kg of 2026-02-20: it stays"):
        put(PERSON + "weight_kg = 66\n", [old], tmp_path)
    written = put(PERSON + "weight_kg = 66\n", [old, *two_scans()[1:]], tmp_path)
    assert parse_person(written.text).weight_kg == 66.0
    assert any("it stays" in note for note in written.notes)


def test_a_removed_weight_is_passed_over_and_of_a_day_the_last_counts(tmp_path):
    gone = entry(3, "99 kg", datetime.date(2026, 6, 21), "weight")
    gone = Entry(3, "3", "weight", (dataclasses.replace(gone.revisions[0], state="removed"),))
    day = datetime.date(2026, 6, 20)
    entries = [entry(2, "67 kg", day, "weight", "20:00"), entry(1, "66 kg", day, "weight", "07:00"), gone]
    assert parse_person(put(PERSON, entries, tmp_path).text).weight_kg == 67.0


def test_a_person_in_braces_is_refused_and_not_half_written(tmp_path):
    text = 'person = { sex = "female", age_years = 62 }\n'
    with pytest.raises(InputError, match="no line fits"):
        put(text, [entry(1, "66 kg", LAST, "weight")], tmp_path)
