"""`python -m cobijo.web …` is `cobijo manage …`."""

from __future__ import annotations

import sys

from cobijo.web.manage import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
