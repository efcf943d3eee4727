"""What English forms, and form builders, call our fields; see `synonyms_nl.py`."""

STRONG = {
    "name": """
        name, full name, fullname, participant name, your full name, attendee name, first last
        name
    """,
    "first_name": """
        first name, firstname, fname, given name, givenname, forename, name first name
    """,
    "infix": """
        infix, middle name, prefix infix
    """,
    "last_name": """
        last name, lastname, lname, surname, family name, familyname, name last name
    """,
    "email": """
        email, mail, email address, emailaddress, work email, mail address, replyto, participant
        email
    """,
    "role": """
        role, job title, jobtitle, position, function, job, occupation, job role
    """,
    "phone": """
        phone, phone number, phonenumber, telephone, telephone number, mobile, mobile phone,
        mobile number, cell phone, tel
    """,
    "school": """
        school, school name, schoolname, name school, your school
    """,
    "place": """
        place, city, town, school city, school town, city school, school place
    """,
    "brin": """
        brin, brin number, brin code, school brin
    """,
    "remarks": """
        remarks, remark, comments, comment, questions or comments, anything else
    """,
}
# These give way to a name that says it more plainly.
FAIR = {
    "phone": """
        cell, mobile phone number
    """,
    "place": """
        school located, school location, city town
    """,
    "role": """
        role school
    """,
    "infix": """
        middle
    """,
    "school": """
        school organization, school organisation
    """,
    "remarks": """
        questions or remarks
    """,
}
WEAK = {
    "name": """
        contact name, contact, contact person, participant
    """,
    "first_name": """
        first, initials
    """,
    "last_name": """
        last
    """,
    "email": """
        contact email, school email, school email address, emails, email addresses
    """,
    "phone": """
        contact phone, phones, phone numbers
    """,
    "school": """
        organization, organisation, company, institution, employer, organization name,
        organisation name, company name, institution name, institute, affiliation, business,
        business name, org, org name, orgname, where do you work
    """,
    "place": """
        location, address city
    """,
    "role": """
        title, title role
    """,
    "remarks": """
        message, notes, note, question, questions, additional information, your message
    """,
}
# A name with one of these is of one more person.
# What holds people, one after another: a text in it is somebody's name.
PEOPLE = """
    participants, people, attendees, persons
"""
COLLEAGUE = """
    colleague, colleagues, coworker, coworkers, guest, guests
"""
# What says which person: the first is the registrant.
ORDINALS = """
    - second third fourth fifth
"""
# These words say nothing about which field a name means.
FILLERS = """
    your my the of a an in at what which where is are do you work please enter required optional
    field and
"""
# Whose a field is, where its other words say which field it is: "Teacher email".
PERSON = """
    participant attendee teacher registrant respondent applicant person user
"""
# Beside a word for a person: one more person. Beside a field: what somebody typed instead of a choice.
OTHER = """
    other additional another
"""
# What numbers a person, as "row2" does.
ROW = """
    row
"""
# Words that say how to fill in a field; left out where nobody knows a name with them.
VAGUE = """
    business professional primary best current any at for from with to should know select choose
    pick confirmation
"""
# An address that is asked for a second time.
CONFIRMING = """
    confirm confirmation repeat verify check again retype
"""
# A box that people tick to agree.
CONSENT = """
    consent agree agreement terms privacy gdpr accept acceptance conditions
"""
# What people type for a colleague who does not come.
NOBODY = """
    no, none, n a, na, not applicable, nobody, no one, unknown, not known yet, off, 0
"""
# What a box or a question sends that asks whether a colleague comes.
YES = """
    yes, on, 1
"""
# A field that begins so is of somebody else, who does not take part.
ELSEWHERE = """
    invoice billing shipping emergency manager parent author
"""
