"""The mark that makes a string findable by the message extractor without translating it on the spot."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a deferred message
    return message
