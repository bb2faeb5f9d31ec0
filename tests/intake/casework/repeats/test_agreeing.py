"""What agrees between two items: pairs as they come in, all invented."""

from dataclasses import dataclass, replace

import pytest

from intake.casework.repeats import ItemFacts, agreement
from intake.casework.repeats.agreeing import Agreement

LETTER = (
    "尊敬的巡察组领导：您好！青石镇刘家庄村党支部书记赵大勇，2023年秋天把村里三组的四十亩机动地"
    "低价包给了他小舅子，没有开村民代表大会，合同也没有公示。村里几次去问会计，会计说本子在书记家里。"
    "去年修村西头那条路，他报了三百米，实际只修了一百八十米，多出来的钱不知道去了哪里。望领导调查处理！"
)
# The same story, told anew.
RETOLD = (
    "我要反映我们村的书记赵大勇。前年秋后他没开会就把机动地便宜租给自己的亲戚，一共四十亩左右，"
    "大家都没见到合同。修路的事也有问题，报的米数比修的多。"
)
OTHER_MATTER = (
    "赵大勇给他母亲办了低保，他母亲跟他住在一起，家里有两辆轿车。村里真正困难的两户反而没有评上，"
    "名单一直没有贴出来，去镇民政办问，说是村里报的。"
)
FIRM = (
    "水务公司采购部把一批阀门拆成七份小合同，每份都不到二十万，不用招标，供货的是同一家商行，"
    "价格比市场高三成，仓库里现在还堆着一半没有用。"
)
COPIED = LETTER.replace("尊敬的巡察组领导：您好！", "").replace("四十亩", "４０亩")
LONGER = (
    COPIED + "另外，今年春天他又把村小学的旧校舍拆了，砖瓦木料都拉到他自己家，"
    "还让村里出钱雇车，校舍原来登记在镇中心校名下，没有办过任何手续。请一并查清。"
)
TRADITIONAL = COPIED.translate(str.maketrans("镇书记庄党选", "鎮書記莊黨選"))

NAMED = ItemFacts(
    words=LETTER,
    accused=("赵大勇",),
    bodies=("岚东县青石镇刘家庄村",),
    telephones=("138 0000 1234",),
    signers=("钱有福",),
)
NAMELESS = replace(NAMED, telephones=(), signers=())


@dataclass(frozen=True)
class Pair:
    """Two items; what agrees and what differs, by code, and what the pair looks like."""

    name: str
    one: ItemFacts
    other: ItemFacts
    agrees: str
    differs: str = ""
    person: bool = False
    matter: bool = False


PAIRS = [
    Pair("the same letter twice", NAMED, NAMED, "signer telephone accused body", "", True, True),
    Pair("copied, signed by another", NAMED,
         replace(NAMED, words=COPIED, signers=("孙小梅",), telephones=("13900005678",)),
         "accused body", "signer telephone", False, True),
    Pair("copied, signed by another with one family's telephone", NAMED,
         replace(NAMED, words=COPIED, signers=("孙小梅",)),
         "telephone accused body", "signer", False, True),
    Pair("one of several signers", replace(NAMED, signers=("周明", "钱 有福"), telephones=()),
         replace(NAMED, words=COPIED, telephones=()), "signer accused body", "", True, True),
    Pair("a call without a name, from the same number", NAMED,
         replace(NAMED, words=RETOLD, signers=()), "telephone accused body", "", True, False),
    Pair("two anonymous letters about the same accused", NAMELESS,
         replace(NAMELESS, words=COPIED), "accused body", "", True, True),
    Pair("an anonymous letter in traditional characters", NAMELESS,
         replace(NAMELESS, words=TRADITIONAL, accused=("趙大勇（書記）",), bodies=("劉家莊村",)),
         "accused body", "", True, True),
    Pair("the same accused, another matter", NAMELESS,
         replace(NAMELESS, words=OTHER_MATTER), "accused body", "", True, False),
    Pair("one named, one anonymous: not known to be one person", NAMED,
         replace(NAMELESS, words=COPIED), "accused body", "", False, True),
    Pair("a supplement with further facts, whole letter first", NAMED,
         replace(NAMED, words=LONGER), "signer telephone accused body", "", True, True),
    Pair("a supplement that tells only what is new", NAMED,
         replace(NAMED, words=OTHER_MATTER), "signer telephone accused body", "", True, False),
    Pair("two people of one name in two bodies", NAMELESS,
         replace(NAMELESS, words=FIRM, bodies=("柳泉乡",)), "", "body", False, False),
    Pair("nobody is named in either", replace(NAMELESS, accused=("王某",)),
         replace(NAMELESS, words=FIRM, accused=("王某",)), "body", "", False, False),
    Pair("one signer, two matters and two bodies", NAMED,
         ItemFacts(words=FIRM, accused=("李强",), bodies=("水务公司",), signers=("钱有福",)),
         "signer", "accused body", True, False),
    Pair("the same digits in another area", ItemFacts(telephones=("0635-8210001",)),
         ItemFacts(telephones=("0531-8210001",)), "", "telephone"),
    Pair("nothing to compare", ItemFacts(), ItemFacts(), ""),
]  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_two_items_agree_as_the_table_says(pair: Pair, turned: bool):
    one, other = (pair.other, pair.one) if turned else (pair.one, pair.other)

    found = agreement(one, other)

    assert found.traits == set(pair.agrees.split())
    assert found.differing == set(pair.differs.split())
    assert found.is_same_person is pair.person
    assert found.is_same_matter is pair.matter
    assert found.looks_like_repeat is (pair.person and pair.matter)


def said_of(name: str) -> Agreement:
    [pair] = [pair for pair in PAIRS if pair.name == name]
    return agreement(pair.one, pair.other)


def test_a_clerk_is_told_what_agrees_and_what_does_not():
    assert said_of("copied, signed by another").sentences == (
        "被反映人相同",
        "被反映单位相同",
        "署名不同",
        "电话不同",
        "内容基本相同（96%）",
        "同事，但看不出是同一个人反映的",
    )


def test_a_longer_letter_is_looked_at_for_what_is_new():
    told = said_of("a supplement with further facts, whole letter first").sentences

    assert told[-2].endswith("请看较长的一件有没有新的事实")
    assert told[-1] == "同人、同事：可能是重复件，由您确认"


def test_of_namesakes_in_two_bodies_a_clerk_says_whether_they_are_one_person():
    found = said_of("two people of one name in two bodies")

    assert found.is_worth_a_look
    assert "被反映人同名、单位不同，请看是不是同一个人" in found.sentences
    assert "被反映人不同" not in found.sentences


def test_a_body_alone_is_not_worth_a_look():
    assert not said_of("nobody is named in either").is_worth_a_look
    assert not said_of("nothing to compare").is_worth_a_look
    assert said_of("the same accused, another matter").is_worth_a_look


def test_nothing_that_was_written_stands_in_what_is_printed():
    assert "赵大勇" not in f"{NAMED!r} {said_of('the same letter twice')!r}"
    assert "赵大勇" not in "".join(said_of("the same letter twice").sentences)
