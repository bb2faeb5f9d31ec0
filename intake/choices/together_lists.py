"""Closed lists of what desks and items have to do with one another."""

# By what two items can be known to belong together; its normal forms are of `repeats.traits`.
REPEAT_TRAITS = {
    "signer": "署名",
    "telephone": "电话",
    "accused": "被反映人",
    "body": "被反映单位",
    "words": "大段文字",
}


def repeat_trait_choices() -> list[tuple[str, str]]:
    """Code and word of each; migrations name this function, so that a further one needs none."""
    return list(REPEAT_TRAITS.items())
