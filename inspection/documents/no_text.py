"""Why no text could be taken out of a file."""


class NoText(Exception):
    """The file holds no text, or not in a form that is read; the message is Chinese."""
