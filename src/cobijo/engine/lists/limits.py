"""How much of a file is read before it is refused: a list from outside must never eat the machine."""

from __future__ import annotations

#: Rows handled at once. Big enough for fast columns, small enough that a block of wide text stays near 100
#: MB.
BLOCK_ROWS = 65_536

#: A block also ends when its cells hold this many characters.
BLOCK_CHARACTERS = 64_000_000

#: More rows than any national list; the canonical records of so many still fit in memory.
MAX_ROWS = 10_000_000

#: Excel's own limit is 16,384 columns; a list about people has some dozens.
MAX_COLUMNS = 2_000

#: One line of a text file, in characters.
MAX_LINE = 4_000_000

#: One quoted cell, in characters (the limit of Python's own reader).
MAX_CELL = 131_072

#: What the parts of a workbook that are read may hold once unpacked, in bytes.
MAX_UNPACKED = 2_000_000_000

#: Shared texts of a workbook are held in memory while it is read, so their limit is lower.
MAX_SHARED_TEXT = 400_000_000

#: Unpacked size over packed size. Real sheets pack 5 to 30 times; a zip bomb packs about 1,000 times.
MAX_RATIO = 150

#: Below this unpacked size a high ratio does no harm (a sheet of one repeated value packs well).
RATIO_FREE = 50_000_000

#: Columns whose text is longer than this are not values of that kind.
MAX_NAME = 120
MAX_VALUE = 500

#: Characters of a value that a problem repeats.
SHOWN = 200
