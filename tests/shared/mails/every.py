"""Every mail that can be sent, for the tests that hold for all of them."""

from shared.mails.report import report
from tests.shared.mails.people import PAGES, PLG, every, report_closed, report_open

EVERY = {
    **every(),
    "report-open": report(PLG, report_open(), PAGES),
    "report-closed": report(PLG, report_closed(), PAGES),
}
