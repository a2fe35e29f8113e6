"""`python -m cobijo.web …` is `cobijo manage …`."""

from __future__ import annotations

import sys

from cobijo.web.manage import main
from cobijo.web.operations.troubles import in_sentences

if __name__ == "__main__":
    sys.exit(in_sentences(lambda: sys.exit(main(sys.argv[1:]))))
