"""What an archive says in clear, and the Chinese names of what stands in it."""

from intake.report.case_words import CASE_FIELDS, REPORTER_FIELDS

README = "先读我.txt"
SUMS = "SHA256SUMS"
CONTENTS = "contents.zip.age"

_README = """{title}
信访材料归档包

归档包：{name}
制作时间：{made}
份数：{parts}

一、这里有什么

{contents}    总目录：全部文件的内容、大小和指纹，接收确认码
parts/          每件信访件、每份移交清单、每份开箱记录各一份，
                信访台账、登记簿、鉴定清单按件数分成几份
{sums}      以上每个文件的 SHA-256 指纹，不用密钥就能核对
先读我.txt      就是这个文件

每份都用 age 加密，只有档案部门自己的密钥能打开；制作归档包的网站打不开。

二、怎么打开

准备：一台不联网的电脑，age 程序（https://age-encryption.org 的公开格式，任何同格式的程序都行），
档案部门的身份文件（里面有一行以 AGE-SECRET-KEY- 开头），下面叫 key.txt。

打开总目录：

    age -d -i key.txt -o contents.zip {contents}

打开一份，例如第 1 份：

    age -d -i key.txt -o 00001.zip parts/00001.zip.age

全部打开（Linux、macOS）：

    for f in parts/*.age; do age -d -i key.txt -o "${{f%.age}}" "$f"; done

打开后是普通的 zip 压缩包，里面是 docx、xlsx 或 csv、txt、json 和原来的文件，
用 WPS、Word、Excel 和看图的程序就能看。每个压缩包里的 目录.json 写着其中各个文件的指纹。

三、收到以后

1. 核对指纹：sha256sum -c {sums}（Windows 可用 certutil -hashfile 文件 SHA256 逐个对照）。
2. 打开总目录，把里面的“接收确认码”告诉巡察办。巡察办填了它，才能开始到期清理：
   它说明档案部门真的打得开。
3. 以后巡察办清理时，归档包如果已经不在他们的服务器上，会再问一个数：先运行
   sha256sum -c {sums}，全部一致以后运行 sha256sum {sums}，把结果的前十六位告诉他们。
4. 妥善保管身份文件。它丢了，这里的内容谁也打不开。
"""

# As the report's own fields are called on its form.
_REPORT = {
    "target_code": "巡察对象代码",
    "unlisted": "单位不在名单里",
    "place": "具体地点",
    "about_inspectors": "反映巡察干部",
    "about_office": "反映巡察办",
    "category": "类别",
    "subject": "被反映人",
    "happened": "时间地点",
    "narrative": "反映内容",
    "attachments": "材料",
    "identity": "署名",
    "reporter_name": "反映人",
    "reporter_phone": "联系电话",
    "withhold_identity": "移交时不附姓名和电话",
    "agree_sensitive": "同意处理敏感信息",
    "paper": "登记时的记录",
    "name": "名称",
    "kind": "格式",
    "size": "大小",
    "sha256": "SHA-256",
    "marks": "标记",
    "notes": "记录",
    "at": "时间",
    "by": "经办人",
    "words": "内容",
}
_NAMES = {**_REPORT, **CASE_FIELDS, **REPORTER_FIELDS}


def called(name: object) -> str:
    """The name of a field for people; numbers and Chinese names are their own."""
    return str(_NAMES.get(str(name), name))


def readme(*, title: str, name: str, made: str, parts: int) -> str:
    """先读我: how whoever gets the folder opens it, without a word of any item."""
    return _README.format(
        title=title, name=name, made=made, parts=parts, contents=CONTENTS, sums=SUMS
    )
