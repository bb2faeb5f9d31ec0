"""The receipt's code: stable, unguessable, and telling when it was mistyped."""

import re
import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.report import receipts

KEY = b"k" * 32
OTHER_KEY = b"o" * 32
CONTENT = "c" * 64

nonces = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=22)
codes = nonces.map(lambda nonce: receipts.code_for(nonce, CONTENT, KEY))


@given(nonces)
def test_a_nonce_always_gives_the_same_right_code(nonce: str) -> None:
    code = receipts.code_for(nonce, CONTENT, KEY)

    assert re.fullmatch(r"[0-9]{20}", code)
    assert receipts.check(code)
    assert receipts.code_for(nonce, CONTENT, KEY) == code
    assert int(code) % 97 == 1


def test_another_key_or_nonce_gives_another_code() -> None:
    assert (
        len({receipts.code_for(n, CONTENT, k) for n in ("a", "b") for k in (KEY, OTHER_KEY)}) == 4
    )


def test_what_was_sent_decides_the_code_and_what_is_a_repeat_as_the_nonce_does() -> None:
    sent = [(nonce, content) for nonce in ("a", "b") for content in ("x", "y")]
    assert len({receipts.code_for(*one, KEY) for one in sent}) == 4
    keys = [receipts.idempotency_key(*one, KEY) for one in sent]
    assert len(set(keys)) == 4
    assert len({key[: receipts.SHEET] for key in keys}) == 2, "one sheet, whatever is sent on it"
    assert len({receipts.code_for(*one, KEY) for one in (("ab", "c"), ("a", "bc"))}) == 2


def test_the_code_is_pinned_so_that_old_receipts_stay_valid() -> None:
    assert receipts.code_for("x" * 22, CONTENT, KEY) == "70229675246830253883"


def test_digits_are_spread_evenly() -> None:
    found = [receipts.code_for(f"nonce-{n}", CONTENT, KEY)[:18] for n in range(2000)]

    for place in range(18):
        counts = [sum(code[place] == digit for code in found) for digit in "0123456789"]
        assert min(counts) > 130
        assert max(counts) < 280


@given(codes, st.integers(0, 19), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(code: str, place: int, step: int) -> None:
    wrong = str((int(code[place]) + step) % 10)

    assert not receipts.check(code[:place] + wrong + code[place + 1 :])


@given(codes, st.integers(0, 18))
def test_any_swap_of_neighbours_is_found(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert receipts.check(swapped) is (swapped == code)


def test_check_digits_that_are_equal_modulo_97_are_not_taken_for_right() -> None:
    right = next(
        code
        for code in (receipts.code_for(f"n{n}", CONTENT, KEY) for n in range(1000))
        if code.endswith("98")
    )

    assert not receipts.check(right[:18] + "01")


@pytest.mark.parametrize(
    "written",
    [
        "{0} {1} {2} {3} {4}",
        "{0}-{1}-{2}-{3}-{4}",
        " {0}{1}{2}{3}{4}\r\n",
        "{0}　{1}　{2}　{3}　{4}",
        "{0}.{1}·{2}—{3}–{4}。",
        "\u200b{0}\u00a0{1}\u2009{2}\t{3}\ufeff{4}",
    ],
)
def test_reads_a_code_however_it_is_set(written: str) -> None:
    code = receipts.code_for("n", CONTENT, KEY)

    assert receipts.normalise(written.format(*receipts.grouped(code).split())) == code


@pytest.mark.parametrize(
    "pasted",
    [
        *("查询码：{0} {1} {2} {3} {4}", "查询码{0}{1}{2}{3}{4}。", "code={0}{1}{2}{3}{4}&x=1"),
        *("【{0} {1} {2} {3} {4}】", "({0},{1},{2},{3},{4})", "{0}，{1}、{2}；{3}/{4}"),
        *("“{0}”“{1}”“{2}”“{3}”“{4}”", "[{0}][{1}][{2}][{3}][{4}]", "{0}|{1}|{2}|{3}|{4}"),
        *("{0} {1} {2} {3} {4} 2025年4月15日 10:00", "2025-04-15 {0} {1} {2} {3} {4}"),
        *("2025-04-15 10:00:33\n{0}{1}{2}{3}{4}\n13800000000", "第1组：{0} {1} {2} {3} {4}"),
        *(
            "20250415 {0}-{1}-{2}-{3}-{4} 0635-8220719",
            "{0}{1}，{2}{3}{4}",
            "1. {0} {1} {2} {3} {4}",
        ),
        *(
            "\u2068{0} {1} {2} {3} {4}",
            "\u202d{0}\ufe0f{1}\u200d{2}\u00ad{3}{4}",
            "{0}\x0b{1}{2}{3}{4}",
        ),
        *("{0} {1} {2} {3} {4}20250415", "13800000000{0} {1} {2} {3} {4}"),
        "http://127.0.0.1:8000/receipt/\n{0} {1} {2} {3} {4}\n2025年4月15日",
    ],
)
def test_finds_a_code_wherever_it_stands_in_what_was_pasted(pasted: str) -> None:
    for nonce in range(50):
        code = receipts.code_for(str(nonce), CONTENT, KEY)
        text = pasted.format(*receipts.grouped(code).split())
        wide = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)

        assert receipts.normalise(text) == code
        assert receipts.normalise(wide) == code


@pytest.mark.parametrize(
    "pasted",
    [
        *(
            "查询码：{0} {1} {2} {3}",
            "查询码：{0} {1} {2} {3} {4}8",
            "查询码：8{0} {1} {2} {3} {4}",
        ),
        *("{0}{1}{2}{3}{4}12", "查询码：{1} {0} {2} {3} {4}", "2025-04-15 13800000000"),
    ],
)
def test_the_check_digits_guard_what_was_pasted(pasted: str) -> None:
    code = receipts.code_for("n", CONTENT, KEY)

    with pytest.raises(receipts.MistypedCode):
        receipts.normalise(pasted.format(*receipts.grouped(code).split()))


@pytest.mark.parametrize("piece", ["1", "1 ", "1,", "1234,", "12345678901234567890,", "，"])
def test_the_longest_text_takes_little_work(piece: str) -> None:
    calls = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += 1

    text = (piece * receipts.LONGEST_TYPED)[: receipts.LONGEST_TYPED]
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with pytest.raises(receipts.MistypedCode):
            receipts.normalise(text)
    finally:
        sys.setprofile(before)
    # Were the rows of digits as many as the pairs of pieces, it would be a hundred times as many.
    assert calls < 500 * receipts.LONGEST_TYPED


def test_reads_full_width_digits() -> None:
    code = receipts.code_for("n", CONTENT, KEY)
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)

    assert receipts.normalise(full_width) == code


@pytest.mark.parametrize(
    "typed",
    ["", "1234", "a" * 20, "٣" * 20, "1" * 19, "1" * 21, "0" * 20, "1" * 1_000_000, "²" * 20],
)
def test_tells_a_mistyped_code_without_repeating_it(typed: str) -> None:
    with pytest.raises(receipts.MistypedCode) as told:
        receipts.normalise(typed)

    assert not typed or typed not in str(told.value)


@given(st.text())
def test_any_text_is_a_code_or_mistyped(typed: str) -> None:
    try:
        code = receipts.normalise(typed)
    except receipts.MistypedCode:
        return
    assert receipts.check(code)


def test_groups_by_four() -> None:
    assert receipts.grouped("12345678901234567890") == "1234 5678 9012 3456 7890"


def test_what_is_stored_depends_on_the_key_and_is_no_code() -> None:
    code = receipts.code_for("n", CONTENT, KEY)

    assert re.fullmatch(r"[0-9a-f]{64}", receipts.digest(code, KEY))
    assert receipts.digest(code, KEY) == receipts.digest(code, KEY)
    assert receipts.digest(code, KEY) != receipts.digest(code, OTHER_KEY)


@given(st.text(min_size=1, max_size=40))
def test_no_two_uses_of_the_key_give_each_others_value(text: str) -> None:
    code = receipts.code_for(text, CONTENT, KEY)
    values = {receipts.digest(text, KEY), receipts.idempotency_key(text, CONTENT, KEY)}

    assert len(values) == 2
    assert all(f"{int(value, 16) % 10**18:018d}" != code[:18] for value in values)
