"""The contents page of the handbook's folder, as it is written from the table."""

from intake.admin.handbook.task_table import CHAPTERS

_HEAD = """# 操作手册

写给巡察办、巡察组、审计员和系统管理员。一件事一页，图是从演示网站上截的，里面的人和事都是虚构的。

登录以后，每一页标题旁边的“怎么办”通到这里的那一页；网站里打开 `/admin/handbook/` 也能看。

这一页和图由 `make handbook` 生成，不要手改；正文可以改，改完运行测试。
"""


def contents_markdown() -> str:
    """`docs/handbook/README.md`, whole."""
    parts = [_HEAD]
    for chapter in CHAPTERS:
        rows = [f"| [{one.title}]({one.slug}.md) | {one.who()} |" for one in chapter.tasks]
        parts.append(
            "\n".join([f"## {chapter.title}\n", "| 要做的事 | 谁做 |", "|---|---|", *rows, ""])
        )
    return "\n".join(parts)
