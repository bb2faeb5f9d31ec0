"""Names of files: cleaned, cut by bytes, told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.report.evidence import KINDS, clean_name, download_name, is_cut, numbers_of


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("账本.jpg", "账本.jpg"),
        ("C:\\Users\\李四\\账本.jpg", "账本.jpg"),
        ("../../etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("a\x00b\nc.txt", "ab c.txt"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("\u200b\ufeff名 \t  字.pdf", "名 字.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        ("目录/", "未命名"),
        ("e\u0301.txt", "é.txt"),
        ("\ud800.txt", "txt"),
        ("家👨\u200d👩\u200d👧.jpg", "家👨\u200d👩\u200d👧.jpg"),
        ("\U0003347f\u0378新字.jpg", "\U0003347f\u0378新字.jpg"),
        ("\ue4c6造字.jpg", "\ue4c6造字.jpg"),
        ("a\u2028b\x85c\x1cd.txt", "a b c d.txt"),
        ("\u2067照\u061c片\u2069.jpg", "照片.jpg"),
    ],
)
def test_cleans_a_name(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_a_long_name_keeps_its_ending() -> None:
    cleaned = clean_name("长" * 5000 + ".docx")

    assert len(cleaned.encode()) <= 240
    assert len(cleaned) == 83
    assert cleaned.endswith("长.docx")


@given(st.text(max_size=300))
def test_a_cleaned_name_is_short_flat_and_stays_as_it_is(name: str) -> None:
    cleaned = clean_name(name)

    assert 0 < len(cleaned.encode()) <= 240
    assert not set(cleaned) & set("/\\\x00\n\r\u202e\u2066")
    assert clean_name(cleaned) == cleaned


@pytest.mark.parametrize(
    ("stem", "kept"),
    [
        ("a" * 234, 234),
        ("a" * 236, 236),
        ("a" * 237, 236),
        ("长" * 79, 234),
        ("a" + "长" * 79, 235),
    ],
)
def test_a_name_is_cut_by_its_bytes_and_never_inside_a_character(stem: str, kept: int) -> None:
    cut = clean_name(f"{stem}.jpg").removesuffix(".jpg")

    assert len(cut.encode()) == kept
    assert stem.startswith(cut)


@pytest.mark.parametrize("joined", ["q\u0323\u0307", "葛\U000e0100", "👨\u200d👩"])
def test_a_name_is_not_cut_between_a_character_and_its_marks(joined: str) -> None:
    for before in range(225, 241):
        stem = clean_name("a" * before + joined * 9 + ".jpg").removesuffix(".jpg")

        rest = stem.lstrip("a")
        assert rest.removesuffix(joined[0]) in ("", *(joined * n for n in range(9)))


def test_a_hostile_name_is_cut_before_it_is_put_into_its_usual_form() -> None:
    assert clean_name("a" + "\u0316\u0301" * 100_000 + ".jpg").endswith(".jpg")


def test_whether_a_name_was_cut_is_known() -> None:
    assert is_cut("长" * 81)
    assert not is_cut("长" * 80)
    assert not is_cut("../" * 1600 + "a.jpg")


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
@pytest.mark.parametrize("name", ["长" * 300, "长" * 300 + ".jpg", "a" * 5000 + ".mp4", "x" * 240])
def test_a_download_has_an_ending_that_fits_within_the_bound(kind: str, name: str) -> None:
    saved = download_name(name, kind, number=9)

    assert len(saved.encode()) <= 240
    assert saved.startswith("9-")
    assert clean_name(saved) == saved
    [known] = [one for one in KINDS if one.code == kind]
    assert saved.rpartition(".")[2] in (*known.endings, *known.also)


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        ([], []),
        (["image.jpg"], [0]),
        (["image.jpg", "photo.jpg"], [0, 0]),
        (["image.jpg", "photo.jpg", "image.jpg"], [1, 2, 3]),
        (["image.jpg", "IMAGE.JPG"], [1, 2]),
        (["a/image.jpg", "b\\image.jpg"], [1, 2]),
    ],
)
def test_files_of_one_name_are_numbered(names: list[str], numbers: list[int]) -> None:
    assert numbers_of(names) == numbers


@given(st.lists(st.sampled_from(["a", "a.jpg", "a?", "A*.jpg", "a_.jpg.", "2-a.jpg"]), max_size=5))
def test_no_two_downloads_have_one_name(names: list[str]) -> None:
    numbers = numbers_of([download_name(name, "jpeg") for name in names])
    saved = [download_name(*one) for one in zip(names, ["jpeg"] * 5, numbers, strict=False)]

    assert len({name.casefold() for name in saved}) == len(names)
