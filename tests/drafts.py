"""Drafts of JSON documents, as programs post them."""

from shared.domain.form.candidates import FormMap
from shared.domain.form.draft import Draft, draft_of
from shared.domain.form.pairs import read_document
from shared.domain.form.reading import read_form


def json_draft(document: object) -> Draft:
    return draft_of(read_form(read_document(document), FormMap()))
