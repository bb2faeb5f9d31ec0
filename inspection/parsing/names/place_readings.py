"""Places whose names are read otherwise than their characters are elsewhere."""


def _table(lines: str) -> dict[str, str]:
    pairs = (line.split() for line in lines.strip().splitlines())
    return dict(pairs)


READINGS = _table(
    """
    单县 shanxian
    东阿 donge
    莘县 shenxian
    乐陵 laoling
    乐亭 laoting
    蔚县 yuxian
    洪洞 hongtong
    繁峙 fanshi
    铅山 yanshan
    六安 luan
    六合 luhe
    歙县 shexian
    黟县 yixian
    番禺 panyu
    大埔 dabu
    台州 taizhou
    丽水 lishui
    天台 tiantai
    亳州 bozhou
    涡阳 guoyang
    厦门 xiamen
    长沙 changsha
    重庆 chongqing
    东莞 dongguan
    吉木乃 jimunai
    枞阳 zongyang
    浚县 xunxian
    郫都 pidu
    解州 haizhou
    盱眙 xuyi
    邗江 hanjiang
    鄄城 juancheng
    曲阜 qufu
    费县 feixian
    朝阳 chaoyang
    巴音郭楞 bayinguoleng
    会稽 kuaiji
    牟平 muping
    长治 changzhi
    阿城 acheng
    尉犁 yuli
    洞庭 dongting
    """
)
