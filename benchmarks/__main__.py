"""``python -m benchmarks``: where the demo's time goes; ``python -m benchmarks targets``: against rivals.

``python -m benchmarks practical``: CPU of each command for every day.
"""

import sys

if sys.argv[1:2] == ["targets"]:
    from benchmarks.targets import main as targets_main

    sys.exit(targets_main(sys.argv[2:]))

if sys.argv[1:2] == ["practical"]:
    from benchmarks.practical import main as practical_main

    sys.exit(practical_main(sys.argv[2:]))

from benchmarks.demo_parts import main

main()
