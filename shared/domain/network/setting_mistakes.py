"""The mistakes in what an organiser typed for a network, each at the setting where it is mended."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from shared.domain.email import EmailError
from shared.domain.network.network import mistakes_of
from shared.domain.network.settings import QUESTIONS, SESSIONS, File, Setting, rows_of

CODES = {
    "missing": "required",
    "string_too_short": "required",
    "string_too_long": "too_long",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
}
_LIMITS = ("max_length", "ge", "le")


class SettingMistake(NamedTuple):
    """A mistake: the id of the input where it is mended, the code of what is wrong, and its limit."""

    id: str
    code: str
    limit: object = ""


def mistakes_in(file: File, settings: Sequence[Setting]) -> tuple[SettingMistake, ...]:
    """Return what is wrong with a file after settings of one group changed; one mistake for each input."""
    first = dict[str, SettingMistake]()
    for mistake in (_mistake(error, file, settings) for error in mistakes_of(file)):
        first.setdefault(mistake.id, mistake)
    return tuple(first.values())


def _mistake(error: Mapping[str, Any], file: File, settings: Sequence[Setting]) -> SettingMistake:
    context, place = error.get("ctx", {}), tuple(error["loc"])
    setting = next((s for s in settings if _starts(place, s)), None)
    if setting is None:
        setting, code = _whole(place, file, settings)
        return SettingMistake(setting.id, code)
    limit = next((context[name] for name in _LIMITS if name in context), "")
    return SettingMistake(setting.id, _code(setting, error["type"], context.get("error")), limit)


def _code(setting: Setting, kind: str, error: object) -> str:
    if isinstance(error, EmailError):
        return error.mistake.value
    if kind.startswith("url"):
        return "invalid_url"
    return "required" if setting.key == "deadline" or kind == "too_short" else CODES.get(kind, "invalid")


def _starts(place: tuple[object, ...], setting: Setting) -> bool:
    """Say whether a place in the file is this setting's, or within it."""
    parts = (
        *filter(None, setting.table.split(".")),
        *([] if setting.row is None else [setting.row]),
        setting.key,
    )
    return place[: len(parts)] == parts


def _whole(place: tuple[object, ...], file: File, settings: Sequence[Setting]) -> tuple[Setting, str]:
    """Return where a mistake is mended that is in several settings together, and its code."""
    match place:
        case (table, int(row), *_) if table == SESSIONS:
            return Setting(SESSIONS, row, "end"), "ends_before_start"
        case ("form", "questions", int(row), *_):
            return _of_question(Setting(QUESTIONS, row, ""), rows_of(file, QUESTIONS)[row])
        case ("form", "questions"):
            return settings[-1], "too_many"
        case ("rule", *_):
            return Setting("rule", None, "max_per_school"), "below_minimum"
        case ():
            return Setting("registration", None, "deadline"), "before_opening"
        case _:
            return settings[0], "invalid"


def _of_question(setting: Setting, question: File) -> tuple[Setting, str]:
    if (question.get("kind") == "choice") != bool(question.get("choices")):
        is_choice = question.get("kind") == "choice"
        return (
            (setting._replace(key="choices"), "no_choices")
            if is_choice
            else (setting._replace(key="kind"), "no_choice")
        )
    if question.get("sensitive") and question.get("ask") == "registering":
        return setting._replace(key="ask"), "sensitive_later"
    return setting._replace(key="required"), "required_later"
