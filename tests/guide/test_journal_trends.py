"""What a journal shows, and when it says that it cannot tell."""

from __future__ import annotations

import datetime
import random

import pytest

from calciroute.guide.journal_entry import Entry, Revision
from calciroute.guide.journal_trends import NOT_ENOUGH, summarise
from calciroute.guide.journal_words import understand
from calciroute.tables.journal_rules import read_journal_rules

DAY = datetime.date(2026, 1, 1)


def entry(number, kind, text, day, taken=None):
    content = understand(kind, text, DAY + datetime.timedelta(day), taken=taken)
    return Entry(number, str(number), kind, (Revision(1, "2026-03-01 08:00:00", "kept", None, content),))


def doses(pattern, text="MK-7 180 mcg softgel"):
    return [
        entry(day, "dose", text, day, taken=sign == "t") for day, sign in enumerate(pattern) if sign != "."
    ]


def test_missed_counts_as_missed_and_silence_as_not_known():
    (shown,) = summarise(doses("ttmt..tttm"))
    assert shown.last == 6 / 8
    assert "6 of 8 doses that were written down were taken" in shown.sentence
    assert "2 days without an entry are not known" in shown.sentence


@pytest.mark.holds("journal_rules")
def test_fewer_doses_than_the_rule_are_not_enough():
    least = read_journal_rules()["adherence"].least_entries
    (few,) = summarise(doses("t" * (least - 1)))
    (enough,) = summarise(doses("t" * least))
    assert (few.verdict, few.last) == (NOT_ENOUGH, None)
    assert (enough.verdict, enough.last) == ("", 1.0)


def test_only_the_last_thirty_days_count():
    (shown,) = summarise(doses("m" * 30 + "t" * 30))
    assert shown.last == 1.0
    assert shown.entries == 30


def test_one_product_in_two_spellings_is_one_line():
    mine = doses("tttt")
    mine.append(entry(9, "dose", "MK-7  180 mcg  Softgel", 5, taken=True))
    assert len(summarise(mine)) == 1


def pressures(days, level, start=0, each=2, scatter=0.0, seed=1):
    noise = random.Random(seed)
    return [
        entry(
            1_000 * start + 10 * day + n, "pressure", f"{level + noise.gauss(0, scatter):.0f}/80", start + day
        )
        for day in range(days)
        for n in range(each)
    ]


def systolic(entries):
    return next(one for one in summarise(entries) if one.measure == "SBP")


def test_eleven_readings_or_three_days_are_not_enough_and_the_need_is_named():
    assert systolic(pressures(7, 140) + pressures(5, 130, start=30)[:-1]).verdict == NOT_ENOUGH
    assert systolic(pressures(3, 140, each=6) + pressures(7, 130, start=30)).verdict == NOT_ENOUGH
    few = systolic(pressures(1, 140))
    assert "Needed: 12 entries of 4 days" in few.sentence
    assert few.first is None


def test_the_first_window_stays_where_it_is():
    shown = systolic(
        pressures(7, 140, scatter=3)
        + pressures(20, 100, start=8)
        + pressures(7, 140, start=40, scatter=3, seed=2)
    )
    assert shown.verdict == "within what chance moves"
    assert shown.first == pytest.approx(140, abs=3)


def test_a_difference_beyond_the_scatter_is_told_without_a_cause():
    shown = systolic(pressures(7, 140, scatter=2) + pressures(7, 120, start=30, scatter=2, seed=2))
    assert shown.verdict == "more than chance moves"
    assert "A journal does not tell why" in shown.sentence
    assert "−" in shown.sentence


def test_a_person_without_any_change_is_told_of_one_at_most_one_time_in_twenty():
    wrong = sum(
        systolic(
            pressures(7, 140, scatter=8, seed=n) + pressures(7, 140, start=30, scatter=8, seed=9_000 + n)
        ).verdict
        == "more than chance moves"
        for n in range(100)
    )
    assert wrong <= 8  # 5 expected at most; the factor is that of the fewest days, so it is rarer here


def test_two_scans_stand_beside_what_a_rescan_moves():
    near = [entry(1, "lab", "coronary_calcium 45 AU", 0), entry(2, "lab", "coronary_calcium 60 AU", 40)]
    far = [entry(1, "lab", "coronary_calcium 45 AU", 0), entry(2, "lab", "coronary_calcium 145 AU", 40)]
    assert summarise(near)[0].verdict == "within what chance moves"
    assert summarise(far)[0].verdict == "more than chance moves"
    assert "sevrukov2005" in summarise(far)[0].sentence


def test_where_no_source_tells_chance_it_is_not_known():
    shown = summarise([entry(1, "lab", "25OHD 50 nmol/L", 0), entry(2, "lab", "25OHD 80 nmol/L", 40)])
    assert shown[0].verdict == "chance is not known"


def test_a_limit_is_no_value_and_one_day_is_not_two():
    limits = [entry(1, "lab", "CRP <0.6 mg/L", 0), entry(2, "lab", "CRP 1.5 mg/L", 40)]
    same_day = [entry(1, "lab", "CRP 1.2 mg/L", 0), entry(2, "lab", "CRP 1.5 mg/L", 0)]
    assert summarise(limits)[0].verdict == NOT_ENOUGH
    assert summarise(same_day)[0].verdict == NOT_ENOUGH


def test_removed_entries_count_nowhere():
    gone = entry(1, "weight", "66 kg", 0)
    revision = gone.revisions[0]
    gone = Entry(
        1, "1", "weight", (revision, Revision(2, revision.recorded, "removed", None, revision.content))
    )
    assert summarise([gone]) == ()
