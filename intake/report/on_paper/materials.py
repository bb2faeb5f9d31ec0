"""随件材料: what came with an item, as form and ledger say it. Pure."""


def materials_in_words(noted: str, *, files: int, is_web: bool, added: int) -> str:
    """What the clerk noted of papers, the files of the report, and those of its supplements.

    Files of a letter or call were scanned by whoever took it in.
    """
    came = f"{'网上材料' if is_web else '扫描件'}{files}份" if files else ""
    return "；".join(filter(None, (noted, came, f"补充材料{added}份" if added else "")))
