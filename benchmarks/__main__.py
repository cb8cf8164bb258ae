"""``python -m benchmarks``: run every benchmark and store its small text file."""

from benchmarks.demo_parts import main

main()
