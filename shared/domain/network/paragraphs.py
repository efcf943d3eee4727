"""Which kinds of mail can have a paragraph of an organiser's own."""

from typing import Literal, get_args

# Mails that many people get. To write once to some of them there is the organiser's message.
ParagraphKind = Literal["confirmation", "invited", "complete", "reminder", "admitted", "held", "declined"]
PARAGRAPH_KINDS: tuple[ParagraphKind, ...] = get_args(ParagraphKind)
