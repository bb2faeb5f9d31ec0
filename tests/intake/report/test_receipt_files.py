"""The signed receipt to keep: what it says, what it does not, and that any change is found."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.report.receipt_files import (
    LONGEST,
    BadPublicKey,
    NotGenuine,
    ReceivedFile,
    SignedByAnother,
    Verified,
    from_bytes,
    make,
    public_key,
    to_bytes,
    verify,
)
from tests.making import SHANGHAI

SEED, OTHER_SEED = bytes(range(32)), bytes(range(1, 33))
KEY = public_key(SEED)
AT = datetime(2025, 4, 15, 2, 2, 33, 987_654, tzinfo=UTC)
TITLE, DIGEST = "十四届市委第八轮巡察公告", "0123456789abcdef" * 4


FILES = (ReceivedFile("录音", 1_843_200, "ab" * 32), ReceivedFile("照片", 9, "cd" * 32))


def make_file(
    *,
    title: str = TITLE,
    at: datetime = AT,
    digest: str = DIGEST,
    seed: bytes = SEED,
    files: tuple[ReceivedFile, ...] = (),
) -> str:
    return make(
        round_title=title, received_at=at, zone=SHANGHAI, digest=digest, seed=seed, files=files
    )


TEXT = make_file()


def test_it_says_round_moment_and_digest():
    lines = TEXT.splitlines()
    assert f"轮次：{TITLE}" in lines
    assert "收到时间：2025年4月15日 10:02:33 +08:00" in lines
    assert f"封存内容的指纹（SHA-256）：{DIGEST}" in lines
    assert lines[-1].startswith("签名：")


# As the site signed it before receipts told of files: whoever kept one can still have it checked.
FIRST_EDITION = """信访回执（第1版）

轮次：十四届市委第八轮巡察公告
收到时间：2025年4月15日 10:02:33 +08:00
封存内容的指纹（SHA-256）：0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
网站的公钥（Ed25519）：A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=

这份回执说明：网站在上面的时间收到了一份反映，并且加密封存。
指纹是从封存的内容算出来的一串字，内容改动一点，指纹就对不上。
回执里没有您写的内容，也没有查询码。查询码请另外抄好。
要查真假，请打开收到它的网站，在“查询回执”里选“核对回执文件”。
请不要改动这个文件，改一个字就核对不过。
签名：rH7ivyPPSYHLV/+GRWDGKbRlaSyKv39CvIG3KgQgfuF8Dg4vB2GtNX9xMWOmhwHDJCQXCTm/6Bw0DMUQz3WuCA==
"""


def test_a_receipt_of_before_files_were_told_is_made_and_verified_as_ever():
    assert make_file() == FIRST_EDITION
    assert verify(FIRST_EDITION, KEY).files == ()


def test_each_file_is_told_by_sort_size_and_digest():
    text = make_file(files=FILES)
    assert "收到的文件：2 个\n第1个：录音，1843200 字节，SHA-256：abab" in text
    assert verify(to_bytes(text).decode(), KEY).files == FILES
    nine = FILES * 4 + FILES[:1]
    assert verify(make_file(files=nine), KEY).files == nine


@pytest.mark.parametrize(
    ("old", "new"), [("abab", "abac"), ("1843200", "1843201"), ("录音", "录像"), ("2 个", "1 个")]
)
def test_a_changed_file_is_found(old: str, new: str):
    with pytest.raises(NotGenuine):
        verify(make_file(files=FILES).replace(old, new, 1), KEY)


def test_it_is_genuine_under_the_key_that_signed_it():
    assert verify(TEXT, KEY) == Verified(TITLE, AT.replace(microsecond=0), DIGEST)


def test_the_same_facts_give_the_same_file():
    assert make_file() == TEXT


@pytest.mark.parametrize(
    "changed",
    [
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.rstrip("\n"),
        TEXT + "\n\r\n  \n",
        TEXT.replace("\n", " \t\n"),
        to_bytes(TEXT).decode(),
    ],
)
def test_what_editors_change_is_taken_back(changed: str):
    assert verify(changed, KEY).digest == DIGEST


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.replace("10:02:33", "10:02:34"),
        TEXT.replace("2025年", "2024年"),
        TEXT.replace("第八轮", "第九轮"),
        TEXT.replace("0123", "0124", 1),
        TEXT.replace("一份反映", "两份反映"),
        TEXT.replace("签名：", "签名:"),
        TEXT.replace("\n\n", "\n"),
        TEXT.replace("\n", "\r"),
        " " + TEXT,
        "\n" + TEXT,
        "\ufeff\ufeff" + TEXT,
        TEXT + "x",
        TEXT + TEXT,
        TEXT.replace("\n", "\u3000\n"),
        TEXT.rpartition("签名：")[0],
        "",
    ],
)
def test_any_other_change_is_found(changed: str):
    with pytest.raises(NotGenuine):
        verify(changed, KEY)


@settings(max_examples=400)
@given(st.data())
def test_no_byte_can_be_another(data: st.DataObject):
    raw = TEXT.rstrip("\n").encode()
    where = data.draw(st.integers(0, len(raw) - 1))
    wrong = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[where]))
    changed = raw[:where] + bytes([wrong]) + raw[where + 1 :]
    with pytest.raises(NotGenuine):
        verify(from_bytes(changed), KEY)


@given(st.data())
def test_no_character_can_be_left_out_or_put_in(data: st.DataObject):
    text = TEXT.rstrip("\n")
    where = data.draw(st.integers(0, len(text) - 1))
    extra = data.draw(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff \t\r\n"))
    for changed in (text[:where] + text[where + 1 :], text[:where] + extra + text[where:]):
        with pytest.raises(NotGenuine):
            verify(changed, KEY)


def test_the_unused_bits_of_the_signature_cannot_be_others():
    """Base64 leaves four bits of the last digit open; another digit would decode to the same."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    text = TEXT.rstrip("\n")
    genuine = text[-3]
    for digit in digits.replace(genuine, ""):
        with pytest.raises(NotGenuine):
            verify(f"{text[:-3]}{digit}==", KEY)


def test_another_key_is_told_apart():
    with pytest.raises(SignedByAnother):
        verify(make_file(seed=OTHER_SEED), KEY)


def test_naming_our_key_does_not_make_a_signature_ours():
    forged = make_file(seed=OTHER_SEED).replace(public_key(OTHER_SEED), KEY)
    with pytest.raises(NotGenuine):
        verify(forged, KEY)


@pytest.mark.parametrize("key", ["", "密钥", "AAAA", KEY[:-1], KEY + "AAAA", "\ud800"])
def test_what_is_no_public_key_is_told(key: str):
    with pytest.raises(BadPublicKey):
        verify(TEXT, key)


def test_blanks_around_the_key_do_not_matter():
    assert verify(TEXT, f" {KEY}\n").digest == DIGEST


@pytest.mark.parametrize(
    "title", ["一\n收到时间：2020年1月1日 00:00:00 +08:00", "一\u2028二\x85三"]
)
def test_a_title_stays_on_its_own_line(title: str):
    text = make_file(title=title)
    assert len(text.splitlines()) == len(TEXT.splitlines())
    assert verify(text, KEY).received_at == AT.replace(microsecond=0)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_every_moment_comes_back(at: datetime):
    assert verify(make_file(at=at), KEY).received_at == at.replace(microsecond=0)


@given(st.text(st.characters()) | st.text(st.characters()).map(lambda text: text + "\n签名：AAAA"))
def test_any_text_is_read_without_a_fault(text: str):
    with pytest.raises(NotGenuine):
        verify(text, KEY)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "回执".encode("gbk"), b" " * (LONGEST + 1)])
def test_a_file_that_cannot_be_a_receipt_is_refused(content: bytes):
    with pytest.raises(NotGenuine):
        from_bytes(content)


def test_the_file_carries_the_mark_and_line_ends_of_old_editors():
    content = to_bytes(TEXT)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == TEXT.count("\n")
    assert verify(from_bytes(content), KEY).digest == DIGEST
