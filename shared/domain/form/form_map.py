"""What a network's file says of its form, arranged for reading posts."""

from shared.domain.form.answers import path_of
from shared.domain.form.candidates import OWN_PREFIX, FormMap
from shared.domain.form.names import compared
from shared.domain.network.parts import FormSettings


def form_map(form: FormSettings) -> FormMap:
    """Return the names of a network's form, as they compare; a path may be written in any notation."""
    fields = {compared(path_of(name)): field for name, field in form.fields.items()}
    questions = {
        compared(path_of(name)): question.id
        for question in form.questions
        for name in (
            question.field,
            question.id,
            question.label,
            question.label_en,
            *question.names,
        )
        if name
    }
    return FormMap(fields, questions, form.honeypot)


def sent_as(field: str, form: FormMap) -> str:
    """Return a name under which our own form can send a field, whatever else a network calls by our name."""
    ours = f"{OWN_PREFIX}{field}"
    name = form.honeypot if field == "website" else field
    key = compared(path_of(name))
    is_theirs = key in form.questions or form.fields.get(key, field) != field
    return ours if is_theirs else name
