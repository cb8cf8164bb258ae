"""Parts are joined by id: one owner, one unit, every constant with a number."""

import pytest

from calciroute.errors import TableError
from calciroute.sbml.consistency import libsbml_messages
from calciroute.sbml.merge import merge_parts
from calciroute.sbml.unit_check import check_units
from sbml.small_parts import GROWTH, PLASMA, growth, plasma


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_parts_join_in_either_order_without_a_complaint(order):
    parts = [plasma(), growth()]
    document = merge_parts([parts[index] for index in order], "whole")
    assert libsbml_messages(document) == []
    assert check_units(document.getModel()) == []
    assert document.getModel().getRule("effect_drug") is not None
    assert document.getModel().getRule("plaque").isRate()


def test_table_values_arrive_in_the_declared_unit():
    model = merge_parts([plasma(), growth()], "whole").getModel()
    assert model.getParameter("C_limit").getValue() == 1000.0  # 1 umol/L in nM
    assert model.getCompartment("V_drug").getSize() == 2.0


def test_two_owners_are_named():
    both = GROWTH.replace(
        "  $effect_drug has dimensionless;", "  effect_drug := 1;  effect_drug has dimensionless;"
    )
    with pytest.raises(TableError, match=r"'effect_drug' has two owners: plasma.ant, growth.ant"):
        merge_parts([plasma(), growth(both)], "whole")


def test_a_borrower_with_another_unit_is_named():
    other = GROWTH.replace("$effect_drug has dimensionless", "$effect_drug has nM")
    with pytest.raises(TableError, match="'effect_drug' has nM here and dimensionless elsewhere"):
        merge_parts([plasma(), growth(other)], "whole")


def test_nobody_owns_a_borrowed_id():
    with pytest.raises(TableError, match="'effect_drug' has no owner"):
        merge_parts([growth()], "whole")


def test_a_row_that_stands_in_no_equation_and_a_constant_without_a_row_come_together():
    less = (
        PLASMA.replace("  C_limit has nM;\n", "")
        .replace("C_limit", "C_other")
        .replace("C_other, w", "C_other, w")
    )
    less = less.replace("  width_limit has nM;", "  width_limit has nM;\n  C_other has nM;")
    with pytest.raises(TableError) as caught:
        merge_parts([plasma(less), growth()], "whole")
    words = str(caught.value)
    assert "'C_limit' stands in no equation" in words
    assert "'C_other' has no" in words


def test_a_printed_unit_of_another_kind_is_refused_with_file_and_line():
    with pytest.raises(TableError, match=r"plasma.csv:2: 'CL_drug' is printed in L and declared in"):
        merge_parts([plasma(CL_drug="L"), growth()], "whole")


def test_broken_text_names_the_line():
    broken = PLASMA.replace("CL_drug has L_per_hour;", "CL_drug has has;")
    with pytest.raises(TableError, match=r"plasma.ant.*line 6"):
        merge_parts([plasma(broken), growth()], "whole")
