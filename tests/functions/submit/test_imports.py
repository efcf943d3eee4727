"""What most posts do not need is not imported for them: each import makes a cold start slower."""

import subprocess
import sys

import pytest

from tests.conftest import PLG, ROOT

# What `submit` imports only for who needs it, and for whom that is.
FOR_OTHERS = {
    "boto3": "the other functions",
    "botocore.client": "the same",
    "botocore.credentials": "the same",
    "email_validator": "an address with a capital or an accent, or a wrong one",
    "multipart": "a form with files, or one that says multipart/form-data",
    "functions.submit.json_body": "JSON",
    "shared.domain.form.nested": "JSON",
    "shared.domain.form.php": "texts that PHP serialised",
    "jinja2": "our own pages: the form, mistakes, thanks without an address of the network's",
    "markupsafe": "our own pages",
    "shared.pages.form": "our own form",
    "shared.pages.own": "a registrant's own page",
    "itsdangerous": "a forward link, or a network that measures how long people type",
    "shared.access.links": "the same",
    "shared.access.form_secret": "a server",
    "shared.access.proof_of_work": "a network that asks for proof of work",
    "rapidfuzz": "matching schools: who comes late, in a repair window",
    "shared.aws.registers": "the register of schools",
    "shared.domain.schools.grouping": "matching schools",
    "shared.domain.schools.matching": "matching schools",
    "shared.domain.schools.spelling": "matching schools",
    "shared.mails": "the mail function",
    "shared.domain.report": "the report",
    "shared.aws.refusal_counts": "a refusal",
    "xlsxwriter": "the report",
}


@pytest.fixture(scope="module")
def imported() -> set[str]:
    command = [sys.executable, "-m", "tests.functions.submit.plain_post", PLG.read_text()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABLE", "tweetal")
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 our own
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def test_a_plain_post_was_read_and_stored(imported: set[str]) -> None:
    assert {"shared.domain.actions.entries", "shared.domain.form.reading", "pydantic"} <= imported


@pytest.mark.parametrize("module", FOR_OTHERS)
def test_a_plain_post_pays_for_nothing_that_it_does_not_need(imported: set[str], module: str) -> None:
    assert not {name for name in imported if name == module or name.startswith(f"{module}.")}
