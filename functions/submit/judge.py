"""What a post comes to: a submission, or what is wrong with it; a trial judges as a real post is judged."""

from typing import NamedTuple

from functions.submit.client import Client
from functions.submit.refusals import lacking_fields
from shared.domain.form.draft import Draft
from shared.domain.form.kept_post import KeptReason
from shared.domain.form.reading import FormReading
from shared.domain.form.submission import FieldError, InvalidError, Submission, check
from shared.domain.network.network import Network


class InvalidPost(NamedTuple):
    """A post that cannot be registered as it is: its mistakes, and what the form itself lacks."""

    mistakes: tuple[FieldError, ...]
    lacking: tuple[str, ...]
    reason: KeptReason  # for which it is kept, if it is

    @property
    def wrong(self) -> tuple[str, ...]:
        """The fields that the form lacks, or otherwise those with a mistake."""
        return self.lacking or tuple(mistake.field for mistake in self.mistakes)

    def is_kept_for(self, client: Client) -> bool:
        """Say whether a post is worth keeping: nobody at hand can mend it, or the form was changed."""
        return client is Client.SERVER or self.reason is KeptReason.CHANGED_FORM


def is_ping(client: Client, reading: FormReading) -> bool:
    """Say whether a program only tests the connection: nothing in its post can be of a person."""
    if reading.has_person or client is Client.BROWSER:
        return False
    return client is Client.SERVER or bool(reading.answers)


def judge(client: Client, network: Network, reading: FormReading, draft: Draft) -> Submission | InvalidPost:
    """Return the submission in a post, or what is wrong with it.

    A required answer is demanded only of a person who gets our form back, and whose form asked for it.
    """
    demanded = reading.question_ids if client is Client.BROWSER else frozenset()
    try:
        return check(draft, network.form.questions, demanded)
    except InvalidError as error:
        mistakes = error.errors
    lacking = lacking_fields(reading)
    is_changed = bool(lacking and reading.unknown)
    return InvalidPost(mistakes, lacking, KeptReason.CHANGED_FORM if is_changed else KeptReason.NOT_VALID)
