"""The purpose line: one string, on every output."""

PURPOSE = "Education and research on populations; not for decisions about a patient."
