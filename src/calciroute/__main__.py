"""``python -m calciroute``."""

from calciroute.cli import main

main()
