"""How large an input may be: beyond these sizes a file is refused with a sentence instead of filling the memory."""

MAX_FILE_BYTES = 200 * 1024 * 1024
"""Of any file as it lies on the disk."""

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""Of a text or html file; of the text taken from any other file."""

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
"""Of all parts of a zip container (docx, xlsx) together."""

MAX_RATIO = 200
"""Unpacked over packed size of one part larger than `RATIO_MATTERS_BYTES`; office files stay below 50."""

RATIO_MATTERS_BYTES = 20 * 1024 * 1024

MAX_CELLS = 2_000_000
"""Of all sheets of a workbook together."""

MAX_PAGES = 3000
"""Of a pdf."""

MAX_PICTURE_PIXELS = 60_000_000
"""Of a picture or scanned page given to character recognition."""
