"""What English forms, and form builders, call our fields; see `synonyms_nl.py`."""

STRONG = {
    "name": """
        name, full name, fullname, participant name, your full name, attendee name, first last
        name
    """,
    "first_name": """
        first name, firstname, fname, given name, givenname, forename, initials
    """,
    "infix": """
        infix, middle name, prefix infix
    """,
    "last_name": """
        last name, lastname, lname, surname, family name, familyname
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
        brin, brin number, brin code
    """,
    "remarks": """
        remarks, remark, comments, comment, questions or comments, anything else
    """,
}
WEAK = {
    "name": """
        contact name, contact, contact person, participant
    """,
    "first_name": """
        first
    """,
    "last_name": """
        last
    """,
    "email": """
        contact email
    """,
    "phone": """
        contact phone
    """,
    "school": """
        organization, organisation, company, institution, employer, organization name,
        organisation name, company name, institution name
    """,
    "place": """
        location
    """,
    "role": """
        title
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
    colleague, colleagues, coworker
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
# An address that is asked for a second time.
CONFIRMING = """
    confirm confirmation repeat verify check again retype
"""
# A box that people tick to agree.
CONSENT = """
    consent agree agreement terms privacy gdpr accept acceptance conditions
"""
