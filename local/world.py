"""All of Tweetal on one machine: AWS as moto plays it, a clock that stands still, and the real functions."""

from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Self

import boto3
from botocore.exceptions import ClientError

from local import gateway, origins, schedule, ses_events, template
from local.account import REGION, account, deploy
from local.aftermath import Aftermath
from local.log import Log
from local.mailbox import Mailbox
from local.past_posts import PastPosts
from local.runtime import InvocationError, Runtime
from local.stream import Record, Stream
from local.turns import Turns
from local.web import RawRequest, Response
from shared.aws.store import Store
from shared.aws.table import Table
from shared.domain.form.kept_post import KeptPost
from shared.domain.network.network import Network
from shared.domain.registration.registration import Registration
from shared.domain.schools.matching import read_register

START = datetime.fromisoformat("2023-03-20T09:00:00+01:00")
NETWORKS = Path(__file__).parent.parent / "networks"
SCHOOLS = Path(__file__).parent / "schools-sample.csv"
_EXPORT = "Export"  # which only a test of restoring needs
_APART = (_EXPORT, "Probe", "Submit")  # a probe comes from outside; here nothing falls asleep
SENDER = "aanmelden@tweetal.example"


class World:
    """The running system, one call at a time; a context manager, because moto patches the whole process."""

    now: datetime
    stands_still: bool  # whether a test from outside has set the clock
    table: Table
    mailbox: Mailbox
    networks: dict[str, Network]

    def __init__(
        self,
        template_path: Path = template.PATH,
        networks_dir: Path = NETWORKS,
        base_url: str = "http://127.0.0.1:8080",
        form_url: str = "http://127.0.0.1:8081",
    ) -> None:
        self.base_url, self.form_url = base_url, form_url
        self.template = template.read(template_path, {"SenderEmail": SENDER, "BaseUrl": base_url})
        self.log = Log()
        self.posts = PastPosts()
        self.turns = Turns()
        self._networks_dir = networks_dir
        self._runtime = Runtime(self.template.functions, self.log)
        self._resources = ExitStack()

    def __enter__(self) -> Self:
        self.reset()
        return self

    def __exit__(self, *_: object) -> None:
        self._resources.close()

    def reset(self) -> None:
        """Start over: no people, no mails, the networks and sample schools read again, and the first time."""
        with self.turns:
            self._resources.close()
            self._resources.enter_context(account())
            boto3.DEFAULT_SESSION = session = boto3.Session(region_name=REGION)
            self.now, self.networks, self.stands_still = START, {}, False
            self._ids = count(1)
            self.log.lines.clear()
            self.posts.clear()
            stream = Stream(deploy(self.template, SENDER))
            self.mailbox = Mailbox(session, lambda: self.now)
            self._aftermath = Aftermath(self.template, stream, self.mailbox, self.invoke)
            self.table = Table(Store(self.template.table["TableName"]))
            for path in sorted(self._networks_dir.glob("*.toml")):
                self.apply_network(path.read_text(), path.name)
            self.table.save_register(read_register(SCHOOLS.read_bytes()), self.now)
            self._runtime.restart()

    def apply_network(self, toml: str, source: str = "the network") -> Network:
        """Add or replace a network; raise `NetworkError` for an invalid file."""
        with self.turns:
            network = self.table.apply_network(toml, source, self.now)
            self.networks[network.id] = network
            self._runtime.restart()
            return network

    def set_clock(self, now: datetime) -> None:
        """Process everything that is pending at the old time, and set the clock."""
        with self.turns:
            self.pump()
            self.now = now
            self._runtime.restart()
            self.sweep()

    def http(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | str = b""
    ) -> Response:
        """Send a request, as `request` does, from plain values."""
        raw = body.encode() if isinstance(body, str) else body
        host = {"host": self.base_url.partition("//")[2]}
        return self.request(RawRequest(method, path, tuple({**host, **(headers or {})}.items()), raw))

    def request(self, request: RawRequest) -> Response:
        """Answer a request as the gateway does, and process everything that follows from it."""
        with self.turns:
            response = self.answer(request)
            self.pump()
            return response

    def answer(self, request: RawRequest) -> Response:
        """Answer a request as the gateway does; what follows waits for `pump`."""
        match = gateway.match(self.template.routes, request.method, request.path)
        if match is None:
            return gateway.NOT_FOUND
        if len(request.body) > gateway.LARGEST_BODY:
            return gateway.TOO_LARGE
        real = self._real_origin(match.parameters.get("network"))
        presented = origins.to_function(request, self.form_url, real)
        # All of one length, like the gateway's.
        request_id = f"local-{next(self._ids):08}"
        try:
            event = gateway.event(presented, match, self.now, request_id)
            answer = self.invoke(match.route.function, event)
        except InvocationError:
            return gateway.FAILED
        response = origins.to_browser(gateway.response(answer), request, self.form_url, real)
        self.posts.record(event, self.networks, response.status)
        return replace(response, headers=(*response.headers, ("apigw-requestid", request_id)))

    def invoke(self, function: str, event: Any) -> Any:
        """Run one function, by its logical id or folder; raise `InvocationError` if it fails."""
        with self.turns:
            return self._runtime.invoke(self.template.named(function).name, event, self.now)

    def store_images(self, event: Any) -> None:
        """Store the new images in an event of the stream, without further consequences."""
        with self.turns:
            images = [record.get("dynamodb", {}).get("NewImage") for record in event.get("Records", [])]
            for image in filter(None, images):
                boto3.client("dynamodb").put_item(TableName=self.template.table["TableName"], Item=image)
            self._aftermath.skip(self.now)

    def publish_ses_event(self, mail: str, event: str) -> None:
        """Play what SES tells of a sent mail, by its id; raise `KeyError` for an unknown mail or event."""
        with self.turns:
            self.pump()
            sent = {each.id: each for each in self.mailbox.sent}[mail]
            self._aftermath.publish(ses_events.event_of(sent, event, self.now))
            self.pump()

    def go_on(self) -> None:
        """Let a minute pass, as between two acts of a person, unless a test from outside keeps the time."""
        if not self.stands_still:
            self.now += timedelta(minutes=1)

    def check(self) -> Any:
        """Run the check as its schedule does, at the time of the clock, and return its answer."""
        with self.turns:
            self.pump()
            answer = self.invoke(self.daily.function, schedule.event(self.daily, self.now))
            self.pump()
            self.sweep()
            return answer

    def sweep(self) -> None:
        """Run the other schedules once; on AWS they run many times between two settings of this clock."""
        for other in (s for s in self.template.schedules if s != self.daily and s.function not in _APART):
            self.invoke(other.function, schedule.event(other, self.now))
        self.pump()

    def export(self) -> None:
        """Run the daily export, and make its bucket first."""
        function = self.template.named(_EXPORT)
        place = {"LocationConstraint": REGION}
        with suppress(ClientError):  # it is there already
            boto3.client("s3").create_bucket(
                Bucket=function.environment["EXPORTS"], CreateBucketConfiguration=place
            )
        self.invoke(function.name, schedule.event(self._schedule_of(_EXPORT), self.now))

    def probe(self) -> None:
        """Run the daily probe, whose network must have been applied; it can reach nothing but the table."""
        with suppress(InvocationError):
            self.invoke("Probe", schedule.event(self._schedule_of("Probe"), self.now))

    def next_day(self) -> None:
        """Set the clock to the time of the check on the next day, and run the check."""
        with self.turns:
            self.set_clock(schedule.next_day(self.daily, self.now))
            self.check()

    @property
    def daily(self) -> template.Schedule:
        """The schedule that starts the check."""
        return self._schedule_of("check")

    def _schedule_of(self, function: str) -> template.Schedule:
        name = self.template.named(function).name
        return next(s for s in self.template.schedules if s.function == name)

    def mails(self) -> list[dict[str, Any]]:
        """Process everything that is pending, and return every mail, oldest first."""
        with self.turns:
            self.pump()
            return [mail.as_json() for mail in self.mailbox.sent]

    def registrations(self) -> list[Registration]:
        """Return every registration, sorted by network and then by time of receipt."""
        with self.turns:
            registrations = [
                r for network in self.table.networks() for r in self.table.registrations(network)
            ]
            return sorted(registrations, key=lambda r: (r.network, r.received_at, r.reference))

    def kept_posts(self) -> list[KeptPost]:
        """Return the posts of every network that were kept and not registered, as the table has them now."""
        with self.turns:
            return [
                post
                for network in self.networks
                for post in self.table.kept_posts.unexpired(network, self.now)
            ]

    def pump(self, most: int | None = None) -> None:
        """Process everything that follows from the changes so far: mails, and SES's events about them."""
        with self.turns:
            self._aftermath.process(self.now, most)

    @property
    def given_up(self) -> list[Record]:
        """The events that failed at the last retry; on AWS they are in the on-failure queue."""
        return self._aftermath.given_up

    def _real_origin(self, network: str | None) -> str:
        """Return the origin that the form site stands in for: of the path's network, or of the first."""
        played = self.networks.get(network or "", next(iter(self.networks.values()), None))
        return next(iter(played.form.origins if played else ()), self.form_url)
