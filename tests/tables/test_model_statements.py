"""Model texts taken apart without a compiler."""

from __future__ import annotations

from calciroute.tables.model_statements import read_statements

TEXT = """
// wall.ant: "quotes" in a comment; and a semicolon
model wall
  compartment V_wall = 1;  V_wall has litre;
  substanceOnly species X_wall in V_wall;  X_wall has nmol;  // a remark; X_wall has ug
  $supply has dimensionless;
  var takes_a, takes_b;
  X_wall is "a thing; with // marks";
  X_wall = X_rest;
  X_rest := a*b + \\
      c;
  drain: X_wall => ; k_drain*X_wall;
  grown' = rate;
  at (time >= next): X_wall = 0;
end
"""


def _by(kind):
    return {s.id: s for s in read_statements(TEXT)[0] if s.kind == kind}


def test_every_statement_has_its_kind_and_its_line():
    found = [(s.line, s.kind, s.id) for s in read_statements(TEXT)[0]]
    assert found == [
        (4, "place", "V_wall"),
        (4, "unit", "V_wall"),
        (5, "place", "X_wall"),
        (5, "unit", "X_wall"),
        (6, "borrowed", "$supply"),
        (8, "meaning", "X_wall"),
        (9, "start value", "X_wall"),
        (10, "assignment", "X_rest"),
        (12, "reaction", "drain"),
        (13, "rate of change", "grown"),
        (14, "event", ""),
    ]


def test_a_quoted_semicolon_and_a_commented_one_do_not_part_statements():
    assert _by("meaning")["X_wall"].rest == '"a thing; with // marks"'


def test_a_formula_runs_on_after_a_backslash_and_keeps_its_first_line():
    rule = _by("assignment")["X_rest"]
    assert (rule.line, rule.rest) == (10, "a*b + c")
    assert rule.words == {"a", "b", "c"}


def test_a_reaction_keeps_its_rate_law():
    assert _by("reaction")["drain"].words == {"X_wall", "k_drain"}


def test_what_has_no_form_is_returned_with_its_line():
    assert read_statements("model m\n  X_wall was nM;\nend")[1] == ((2, "X_wall was nM"),)
    assert read_statements("drain: X => \nend")[1] == ()  # the next piece is its rate law
    assert read_statements("drain: X =>")[1] == ((1, "drain: X =>"),)
