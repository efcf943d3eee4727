"""The fields of a form: the one list of our canonical names, with their bounds."""

# Canonical name -> the most characters that we keep. A new field about a person is one line here; the
# functions, items, pages, mails and files go over these lists (CONTRIBUTING.md).
_PERSON = {
    "name": 120, "first_name": 60, "infix": 20, "last_name": 80,
    "email": 254, "role": 120, "phone": 40,
}  # fmt: skip
_SCHOOL = {"school": 160, "place": 80, "brin": 20}
_COLLEAGUE = {f"colleague_{field}": most for field, most in _PERSON.items()}
_HIDDEN = {"website": 500, "forward": 1000, "shown": 200, "altcha": 2000}
FIELDS = {**_PERSON, **_SCHOOL, "remarks": 2000, **_COLLEAGUE, **_HIDDEN}

NAME_PARTS = ("first_name", "infix", "last_name")  # joined in "name", never stored
PERSON_FIELDS = tuple(field for field in _PERSON if field not in NAME_PARTS)
PERSON_DETAILS = tuple(field for field in PERSON_FIELDS if field not in ("name", "email"))
SCHOOL_FIELDS = tuple(_SCHOOL)
HIDDEN_FIELDS = frozenset(_HIDDEN)
# Every text that a registrant types, in the order of pages and files.
TYPED_FIELDS = (*PERSON_FIELDS, *SCHOOL_FIELDS, "remarks")
# A registrant can correct these; the address stays, because it proves who they are.
CORRECTABLE_FIELDS = tuple(field for field in TYPED_FIELDS if field not in ("email", "remarks"))
# What `[form.fields]` may map a name to, besides: a field that nobody needs to see.
IGNORE = "ignore"
