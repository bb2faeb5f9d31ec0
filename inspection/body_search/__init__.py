"""Which body is meant by a few typed words: one set of rules for citizens and staff. Pure.

    finder = Finder([Searched(names=("冠县柳林镇", "柳林镇"), county="冠县", spelt=("llz",))])
    finder.find("柳林鎮")      # Found(places=(0,), is_sure=True)
    finder.traditional, finder.sounds   # the tables that the form's type-ahead carries

The type-ahead (finding.js) follows the same rules with these tables, so that what is typed stays
on the device; a test in a browser compares the two.
"""

from inspection.body_search.characters import SIMPLIFIED
from inspection.body_search.comparable import Searched
from inspection.body_search.finder import MAX_CHARACTERS, MOST_SIMILAR, Finder, Found

__all__ = ["MAX_CHARACTERS", "MOST_SIMILAR", "SIMPLIFIED", "Finder", "Found", "Searched"]
