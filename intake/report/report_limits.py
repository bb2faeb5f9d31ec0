"""How much a report may hold, and how much of what is sent is read: the one place of each number.

The form, its script, the pages' words and the server's bounds are made from them, and a test holds
the documents against them. Lengths are in characters, sizes in bytes.
"""

from collections.abc import Mapping
from types import MappingProxyType

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE

# What a person writes, by the field of the form.
SHORTEST_NARRATIVE = 10
LONGEST: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("target", "place", "subject", "happened"), 200),
        "narrative": 10_000,
        "reporter_name": 50,
        "reporter_phone": 100,
        # The trap: what a browser put into it is given back once, to be told and emptied.
        "website": 1000,
    }
)

# What a person attaches.
MAX_FILES = 9
MAX_FILE_BYTES = 100 * MEGABYTE
MAX_TOTAL_BYTES = 200 * MEGABYTE

# The longest report without files, as it comes in parts or escaped: a character is four bytes, or
# each of them '%F0'; and so much for the names of its fields, ticks and empty places of files.
_NAMES = 8 * KILOBYTE
LONGEST_IN_PARTS = 4 * sum(LONGEST.values()) + _NAMES
LONGEST_ESCAPED = 3 * 4 * sum(LONGEST.values()) + _NAMES
LONGEST_WITHOUT_FILES = max(LONGEST_IN_PARTS, LONGEST_ESCAPED)

# All words of a form. More than the first is told as too long, and still given back to be made
# shorter; more than the second is not read.
LONGEST_WORDS = MEGABYTE
MOST_WORDS = 2 * MEGABYTE
MOST_FIELDS = 100
# More fields than any form has, and more files than anybody sends: the whole form is not read.
# Whoever picks a whole album is told so beside the text, though only a few files are ever kept.
MOST_FIELDS_READ = 1000
MOST_FILES_READ = 200
# Twice of what is taken, so that whoever chose somewhat too much is told so beside the text; what
# is larger is not even read.
LONGEST_REQUEST = 2 * (MAX_TOTAL_BYTES + MOST_WORDS)

# How much the server, and then the site, reads at once from a sender.
PIECE = 64 * KILOBYTE
# How much of a file comes at once where it comes ahead of its form.
PART = MEGABYTE
# Bodies under way in one process, and from one sender; what is more is not read.
MOST_BODIES = 448
MOST_BODIES_OF_ONE = 64
# Bytes of such bodies in memory at once in one process, and from one sender; past it files are
# dropped and long words are not read. A worker has 130 MB before anybody comes, and one sender's
# requests must not take it to 300.
MOST_BYTES = 256 * MEGABYTE
MOST_BYTES_OF_ONE = 32 * MEGABYTE
# All files of one request together stay in memory up to here; what is more goes to the disk.
SMALL_FILES = MEGABYTE
# What the requests of one process have there stays below a quarter of what is free beside it: of
# two processes together below a third of the disk's room, of four below a half. And of one sender
# below three of the largest forms.
SPOOLED_PART = 4
MOST_SPOOLED_OF_ONE = 3 * (MAX_TOTAL_BYTES + MEGABYTE)
