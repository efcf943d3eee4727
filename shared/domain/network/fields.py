"""Our canonical fields: what a form may send of a person, their school and their colleagues."""

# Canonical field -> the most characters that we keep of it.
FIELDS = {
    "name": 120, "first_name": 60, "infix": 20, "last_name": 80,
    "email": 254, "role": 120, "phone": 40,
    "school": 160, "place": 80, "brin": 20, "remarks": 2000,
    "colleague_name": 120, "colleague_first_name": 60, "colleague_infix": 20, "colleague_last_name": 80,
    "colleague_email": 254, "colleague_role": 120, "colleague_phone": 40,
    "website": 500, "forward": 1000, "shown": 200, "altcha": 2000,
}  # fmt: skip
# What `[form.fields]` may map a name to, besides: a field that nobody needs to see.
IGNORE = "ignore"
