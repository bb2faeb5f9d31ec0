"""What nobody sees is taken out in silence; what is suspicious about it is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.unseen import bare, readable

FAMILY = "👨\u200d👩\u200d👧"
FLAG = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    "copied",
    [
        *("\u2068张三\u2069", "\u2066张三\u2069", "\u2067张三\u2069", "\u202d张三\u202c"),
        *(
            "\u202a张三\u202c",
            "\u202b张三\u202c",
            "\u202e张三\u202c",
            "\u2068\u202d张三\u202c\u2069",
        ),
        *("\u2068\u202d张三\u2069", "\u2068张\u2069\u2068三\u2069"),
        *("\ufeff张三", "张\u00ad三", "张\u200b三", "张三\u200e", "\u200f张三", "\u061c张三"),
        *("张\u2060三", "张\u2063三", "张\u206e三", "\u3164张三", "张\u200d三", "\u200c张三\u200d"),
        *("张\u200b\u200d三", "张三\U000e0041\U000e0042"),
    ],
)
def test_what_is_unseen_goes_in_silence(copied: str):
    assert readable(copied) == ("张三", False)


@pytest.mark.parametrize(
    "odd",
    [
        *("\u202e张三", "\u2066张三", "张三\u202c", "张三\u2069", "\u202a\u2068张三\u202c\u2069"),
        *("\u2069张三\u2068", "\u202d\u202d张三\u202c", "张\x00三", "张\x1b三", "张\x7f三"),
        *("张\x84三", "张\ufffd三", "张\ufff9三", "\u2068张\x00三\u2069", "张\x00\u200d三"),
    ],
)
def test_what_is_left_open_or_controls_goes_and_is_told(odd: str):
    assert readable(odd) == ("张三", True)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_ends_a_line(end: str):
    assert readable(f"第一行{end}第二行{end}{end}第四行") == ("第一行\n第二行\n\n第四行", False)


@pytest.mark.parametrize(
    "kept",
    [
        *(FAMILY, FLAG, "❤\ufe0f\u200d🔥", "👩🏽\u200d🏫", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3"),
        *("می\u200cخواهم", "葛\U000e0100", "ᠠ\u180e"),
    ],
)
def test_what_joins_pictures_and_letters_stays_as_typed(kept: str):
    assert readable(f"他说{kept}。") == (f"他说{kept}。", False)


@pytest.mark.parametrize(
    "copied",
    [
        *("\u202d138 0000\u202c", "\u202d138 0000", "138 0000\u2069", "138\u200d 0000"),
        *("\ufeff138\u00ad 0000", "1\ufe0f38 0000", "138 \u206a0000\u200b"),
    ],
)
def test_a_number_is_bare_though_only_half_of_the_marks_was_copied(copied: str):
    assert bare(copied) == "138 0000"


@given(st.text())
def test_what_is_readable_stays_as_it_is(text: str):
    cleaned, _was_odd = readable(text)
    assert readable(cleaned) == (cleaned, False)


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_seen_text_is_never_changed(text: str):
    seen = text.translate(dict.fromkeys([0x115F, 0x1160, 0x3164, 0xFFA0]))
    assert readable(seen) == (seen, False)
