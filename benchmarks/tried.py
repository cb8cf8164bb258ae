"""Solvers that were tried once and are no part of every run, and what came of it."""

TRIED = (
    "AMICI 1.0.1, from source with OpenBLAS, HDF5 and SWIG of the package index in place: SuiteSparse, "
    "SUNDIALS and its own library were built; its Python wrapper was not done after 25 minutes on two busy "
    "cores. Not measured here.",
    "bngsim 0.16 with doses in a loop: 7 to 12 ms a dose around its public call, before any step. Around its "
    "core (0.2 to 0.5 ms a dose) the whole costs as much as doses as events do, although with events half of "
    "its time goes into equations in an interpreter, at each step, to look at the triggers.",
    "bngsim with KLU on 35 states: slower than with dense elimination; both are in every run.",
    "COPASI on the own model without a bound on its step: at some tolerances it leaps a day after a dose "
    "and stops with an invalid state; it runs with steps of 2 h at most, and may stop still.",
    "numbalsoda builds from source once a Fortran compiler is there; its LSODA is called through ctypes.",
)
