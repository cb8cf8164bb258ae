"""A tenth of the seeded faults in units; validation/unit_faults.py runs all."""

import libsbml

from calciroute.body.assembly import assemble
from calciroute.sbml.unit_check import check_units
from seeded_unit_faults import KINDS, Fault, broken, carries_unit, seeded_faults, who_catches

COUNT, SEED = 20, 1


def test_of_twenty_faults_at_most_one_is_missed():
    document = libsbml.readSBMLFromString(assemble().sbml)
    faults = seeded_faults(COUNT, SEED)
    missed = [str(fault) for fault in faults if not who_catches(document, fault)]
    assert len(missed) <= COUNT * 0.05, missed


def test_faults_are_faults_and_come_again_with_their_seed():
    faults = seeded_faults(COUNT, SEED)
    assert faults == seeded_faults(COUNT, SEED)
    assert {fault.kind for fault in faults} == set(KINDS)
    assert all(fault.right != fault.wrong and carries_unit(fault.right) for fault in faults)


def test_the_body_itself_is_found_without_fault_and_a_made_unit_is_seen():
    document = libsbml.readSBMLFromString(assemble().sbml)
    assert who_catches(document, Fault("dp_ucMGP_ref", "scale", "pM", "pM")) == ""
    thousand = Fault("dp_ucMGP_ref", "scale", "pM", "1000 pM", 1000.0)
    assert "dp_ucMGP" in str(check_units(broken(document, thousand).getModel())[0])
