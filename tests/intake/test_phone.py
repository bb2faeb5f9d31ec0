"""Telephone numbers of every country are taken as people write them, with their remarks."""

import time

import pytest
from django.core.exceptions import ValidationError

from intake.forms.phone import read_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800000000", "138 0000 0000"),
        ("１３８ ００００ ００００", "138 0000 0000"),
        ("+86 138-0000-0000", "138 0000 0000"),
        ("138_0000_0000", "138 0000 0000"),
        ("0635-8220719", "0635 822 0719"),
        ("（0635）8220719", "0635 822 0719"),
        ("+86 0635 8220719", "0635 822 0719"),
        ("400-812-3456", "400 812 3456"),
    ],
)
def test_numbers_of_the_mainland(typed: str, kept: str):
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+852 9123 4567", "+852 9123 4567"),
        ("00852-91234567", "+852 9123 4567"),
        ("852 9123 4567", "+852 9123 4567"),
        ("（852）91234567", "+852 9123 4567"),
        ("香港 9123 4567", "香港 +852 9123 4567"),
        ("+853 6612 3456", "+853 6612 3456"),
        ("＋886 912 345 678", "+886 912 345 678"),
        ("886-2-2345-6789", "+886 2 2345 6789"),
        ("台湾 0912 345 678", "台湾 +886 912 345 678"),
        ("+81 090-1234-5678", "+81 90-1234-5678"),
        ("+82 10-1234-5678", "+82 10-1234-5678"),
        ("+1 202 555 0100", "+1 202-555-0100"),
        ("001 (415) 555-2671", "+1 415-555-2671"),
        ("+44 (0)20 7946 0958", "+44 20 7946 0958"),
        ("+61 412 345 678", "+61 412 345 678"),
    ],
)
def test_numbers_from_abroad(typed: str, kept: str):
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0635 8220719转8001", "0635 822 0719 ext. 8001"),
        ("０６３５－８２２０７１９　转　８００１", "0635 822 0719 ext. 8001"),
        ("0635-8220719 分机：12", "0635 822 0719 ext. 12"),
        ("0635-8220719-8001", "0635 822 0719 ext. 8001"),
        ("0635-8220719*12", "0635 822 0719 ext. 12"),
        ("+852 23456789-123", "+852 2345 6789 ext. 123"),
        ("+1 415-555-2671 ext 9", "+1 415-555-2671 ext. 9"),
    ],
)
def test_extensions(typed: str, kept: str):
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800000000（晚上打）", "138 0000 0000（晚上打）"),
        ("晚上打 13800000000", "晚上打 138 0000 0000"),
        ("13800000000 20点以后", "138 0000 0000 20点以后"),
        ("13800000000(20:00-21:00)", "138 0000 0000(20:00-21:00)"),
        ("13800000000-8点以后", "138 0000 0000-8点以后"),
        ("13800000000wx同号", "138 0000 0000wx同号"),
        ("+853 6612 3456，找老李", "+853 6612 3456，找老李"),
        ("0635-8220719转12，上班时间", "0635 822 0719 ext. 12，上班时间"),
        ("13800000000、0635-8220719", "138 0000 0000、0635 822 0719"),
        ("打 13800000000 或者 +852 91234567", "打 138 0000 0000 或者 +852 9123 4567"),
        ("852 9123 4567（晚上打）", "+852 9123 4567（晚上打）"),
    ],
)
def test_what_is_remarked_stays_beside_the_number(typed: str, kept: str):
    assert read_phone(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("8220719", "1380000000", "138000000000", "12388", "无", "晚上打", "1" * 40, "852 1234"),
        *("+852 1234", "+999 12345678", "1-415-555-2671", "2025-04-15", "+", "转8001"),
    ],
)
def test_what_is_no_number_is_told_with_how_to_write_one(typed: str):
    with pytest.raises(ValidationError, match=r"区号.*\+852"):
        read_phone(typed)


@pytest.mark.parametrize("piece", ["1", "+", "(", "852", "1 ", "转1", "x", "-1", "+852 "])
def test_no_text_takes_long(piece: str):
    began = time.process_time()
    with pytest.raises(ValidationError):
        read_phone((piece * 100)[:100])
    assert time.process_time() - began < 5
