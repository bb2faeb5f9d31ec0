"""What the documents claim of the tests is true."""

import re

from tests.reading import ROOT

SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(test_\w+)`", SECURITY)


def names_of_all_tests() -> set[str]:
    """The names of all test functions."""
    files = [*(ROOT / "tests").rglob("test_*.py")]
    return {
        name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text(), re.M)
    }


def test_each_claim_names_a_test_that_exists():
    assert len(NAMED) > 60
    assert set(NAMED) - names_of_all_tests() == set()


def test_no_claim_stands_without_a_test():
    """Claims are the items of the lists, but for those that say what stands in clear."""
    claims = re.findall(r"^- (.*?)(?=\n- |\n\n)", SECURITY, re.M | re.S)
    without = [claim for claim in claims if not re.search(r"`test_\w+`", claim)]

    assert len(claims) > 50
    assert [claim for claim in without if not claim.startswith("of ")] == ["the published notice."]
