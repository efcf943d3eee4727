"""What else a network asks of people: a table `[[form.questions]]` of its file."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from shared.domain.text import clean, fold

MAX_ANSWER = 500  # characters
_YES = frozenset({"ja", "j", "yes", "y", "true", "on", "1", "waar", "akkoord", "x"})
_NO = frozenset({"nee", "n", "no", "false", "off", "0", "onwaar"})


def _tidy(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


Label = Annotated[str, StringConstraints(min_length=1, max_length=200), BeforeValidator(_tidy)]


class Question(BaseModel):
    """One question of a network's own; its answer is stored under `id`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,29}$")]
    label: Label
    label_en: Label | None = None
    names: tuple[Label, ...] = ()  # what a form calls it, besides its label
    kind: Literal["text", "choice", "yes-no", "number"] = "text"
    choices: tuple[Label, ...] = ()
    required: bool = False
    sensitive: bool = False  # in no mail and no attachment; erased a week after the last day
    ask: Literal["registering", "admitted"] = "registering"

    @model_validator(mode="before")
    @classmethod
    def _sensitive_is_asked_later(cls, table: object) -> object:
        if isinstance(table, dict) and table.get("sensitive") and "ask" not in table:
            return {**table, "ask": "admitted"}
        return table

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError(f'question {self.id}: choices belong to kind = "choice", and only there')
        if self.sensitive and self.ask == "registering":
            raise ValueError(f"question {self.id}: a sensitive question is asked of people who are admitted")
        if self.required and self.ask == "admitted":
            raise ValueError(f"question {self.id}: only what is asked when registering can be required")
        return self

    @property
    def field(self) -> str:
        """The name under which our own pages send its answer, which is also the id of its input."""
        return f"question_{self.id}"

    def mistake(self, text: str) -> str:
        """Return the code of what is wrong with an answer; empty for one that fits."""
        if self.read(text):
            return ""
        if not clean(text):
            return "required"
        return "not_a_number" if self.kind == "number" else "not_a_choice"

    def read(self, text: str) -> str | None:
        """Return an answer as it is stored; None for one that does not fit the question."""
        text = clean(text)[:MAX_ANSWER]
        if self.kind == "yes-no":
            return _yes_or_no(fold(text))
        if self.kind == "number":
            return str(int(text)) if text.isdecimal() and len(text) <= 9 else None
        if self.kind == "choice":
            chosen = [part for part in (text, *text.split("; ")) if fold(part) in map(fold, self.choices)]
            return next((c for c in self.choices if chosen and fold(c) == fold(chosen[0])), None)
        return text


def _yes_or_no(folded: str) -> str | None:
    if folded in _YES:
        return "yes"
    return "no" if folded in _NO else None


def form_questions(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions that a form asks."""
    return tuple(q for q in questions if q.ask == "registering")
