"""Digests under a desk's key: equal for the same person however written, and for nobody else."""

import pytest

from intake.casework.repeats import ItemFacts, Trait, digest_key, digests_of, keyed_digest
from intake.casework.repeats.digesting import MOST_MARKS, marks_of, share_of_marks
from intake.sealing.sealing import new_identity

KEY = digest_key("AGE-SECRET-KEY-1INVENTED")

SAME = [
    (Trait.ACCUSED, "张三", "張 三（副鎮長）"),
    (Trait.ACCUSED, "欧阳修", "欧阳修同志"),
    (Trait.SIGNER, "钱有福", "钱　有福等12人"),
    (Trait.BODY, "中共岚东县青石镇委员会", "青石镇人民政府"),
    (Trait.BODY, "柳园街道", "聊城市东昌府区柳园街道办事处"),
    (Trait.BODY, "水务集团有限责任公司", "水務集團"),
    (Trait.TELEPHONE, "13800001234", "+86 138-0000-1234"),
    (Trait.TELEPHONE, "0635-8210001", "８２１０００１转801"),
    (Trait.TELEPHONE, "（0635）8210001", "86-635-8210001"),
]
OTHERS = [
    (Trait.ACCUSED, "张三", "张三丰"),
    (Trait.BODY, "岚东县教育局", "岚西县教育局"),
    (Trait.BODY, "青石镇", "青石村"),
    (Trait.TELEPHONE, "13800001234", "13800001235"),
]
NOBODY = [
    *((trait, name) for trait in (Trait.ACCUSED, Trait.SIGNER) for name in (
        "", "王", "王某", "王某某", "匿名", "村民", "部分群众", "不清楚", "村书记", "，。")),
    (Trait.BODY, "某镇"),
    *((Trait.TELEPHONE, number) for number in ("", "12345", "无", "12-34")),
]  # fmt: skip


@pytest.mark.parametrize(("trait", "one", "other"), SAME)
def test_the_same_is_the_same_however_it_is_written(trait: Trait, one: str, other: str):
    assert keyed_digest(trait, one, KEY) == keyed_digest(trait, other, KEY) is not None


@pytest.mark.parametrize(("trait", "one", "other"), OTHERS)
def test_another_is_another(trait: Trait, one: str, other: str):
    assert keyed_digest(trait, one, KEY) != keyed_digest(trait, other, KEY)


@pytest.mark.parametrize(("trait", "value"), NOBODY)
def test_who_could_be_anybody_has_no_digest(trait: Trait, value: str):
    assert keyed_digest(trait, value, KEY) is None


def test_an_accused_is_no_signer():
    assert keyed_digest(Trait.ACCUSED, "张三", KEY) != keyed_digest(Trait.SIGNER, "张三", KEY)


def test_another_desk_has_other_digests():
    one, other = (digest_key(new_identity().secret) for _ in range(2))

    assert keyed_digest(Trait.ACCUSED, "张三", one) != keyed_digest(Trait.ACCUSED, "张三", other)


def test_without_a_desk_s_key_nothing_is_digested():
    with pytest.raises(ValueError, match="no key of a desk"):
        keyed_digest(Trait.ACCUSED, "张三", b"")


def test_each_value_of_an_item_has_a_digest_and_nobody_none():
    facts = ItemFacts(
        accused=("张三", "李四", "王某"),
        bodies=("青石镇",),
        telephones=("13800001234、8210001",),
        signers=("匿名",),
    )

    kinds = sorted(trait.value for trait, _ in digests_of(facts, KEY))

    assert kinds == ["accused", "accused", "body", "telephone", "telephone"]


STORY = "".join(f"第{n}条：{n * 7919}号地由{n * 104729}户承包，钱没有入账。" for n in range(40))
OTHER = "".join(f"另外{n}：{n * 15485863}号合同{n * 32452843}元，请查。" for n in range(40))


def hexed(words: str) -> set[str]:
    return {mark.hex() for mark in marks_of(words, KEY)}


def test_a_copy_has_the_marks_of_its_original_however_long():
    copied = STORY.replace("承包", "租用", 5) + "以上请领导过问。"
    part = STORY[: len(STORY) // 3]

    assert len(hexed(STORY)) == len(hexed(STORY * 3)) == MOST_MARKS
    assert share_of_marks(hexed(STORY), hexed(copied)) > 0.6
    assert share_of_marks(hexed(part), hexed(STORY)) > 0.8
    assert share_of_marks(hexed(STORY), hexed(OTHER)) < 0.1
    assert share_of_marks(hexed(STORY), set()) == 0


def test_a_text_of_a_few_words_has_no_marks():
    assert not hexed("（演示）请查一查村里的账。")
