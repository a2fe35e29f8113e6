"""The rows of invented cases: a child, what happened, the case and all that hangs under it, really sealed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from benchmarks.web_fill import TOKEN_HEAD, Names, Place, _tail

OPEN, RUNS_OUT, APPROVAL, REFERRED, PROCEEDING = 0.3, 0.1, 0.05, 0.1, 0.05
MODELS = (
    "children.Child", "children.Event", "children.Concept", "children.StatusDecision", "children.Concern",
    "cases.Case", "cases.Assessment", "cases.SafetyPlan", "cases.PlanItem", "cases.Task", "cases.FollowUp",
    "cases.Sibling", "cases.Approval", "cases.Outcome", "sharing.Consent", "sharing.Referral", "sharing.Packet",
    "justice.Proceeding", "justice.Step",
)  # fmt: skip
#: Room for so many rows of a kind under one case, so that two processes never give one number twice.
ROWS_A_CASE = 4
TELLS = "Texto inventado, tan largo como suele ser una nota breve de una persona que acompaña un caso. " * 3


class Table:
    """Rows of one model on their way into its table: what a row does not say is the model's default."""

    def __init__(self, label: str) -> None:
        from django.apps import apps
        from django.db.models import JSONField

        self.model = apps.get_model(label)
        self.label = self.model._meta.label_lower
        self.fields = list(self.model._meta.concrete_fields)
        self.json = {one.attname for one in self.fields if isinstance(one, JSONField)}
        self.default = {
            one.attname: one.get_default() if one.has_default() else (None if one.null else "")
            for one in self.fields
        }
        self.rows: list[tuple[Any, ...]] = []

    def add(self, pk: int, given: dict[str, Any]) -> int:
        said = {**self.default, **given, "id": pk}
        for name in self.json:
            said[name] = Jsonb(said[name])
        self.rows.append(tuple(said[one.attname] for one in self.fields))
        return pk

    def copy(self, cursor: psycopg.Cursor[Any]) -> None:
        head = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.model._meta.db_table),
            sql.SQL(", ").join(sql.Identifier(one.column) for one in self.fields),
        )
        with cursor.copy(head) as copy:
            for row in self.rows:
                copy.write_row(row)
        self.rows.clear()


@dataclass
class Child:
    """What every row under one child has in common."""

    number: int
    place: Place
    key_id: UUID
    key: Any
    made: datetime


class Filler:
    """Makes the rows of many cases; everything is drawn from one seeded source."""

    def __init__(
        self, draw: random.Random, places: Sequence[Place], trays: Sequence[tuple[int, int]]
    ) -> None:
        from cobijo.web.core.vault import blind, custody, envelope, ring
        from cobijo.web.core.vault.indexing import index_of

        self.draw, self.places, self.trays = draw, places, trays
        self.names, self.kek, self.secret = Names(draw), custody.keks().current, ring.index_secrets()[0]
        self.index, self.blind, self.envelope = index_of("child"), blind, envelope
        self.token_keys = {one: blind.purpose_key(self.secret.secret, one) for one in self.index.purposes}
        self.tables = {label: Table(label) for label in MODELS}
        self.today, self.now = date.today(), datetime.now(UTC)  # noqa: DTZ011
        self.head = b"PGCOPY\n\xff\r\n\0" + bytes(8)
        self._tokens, self._keys = bytearray(self.head), list[tuple[Any, ...]]()

    def tokens(self) -> bytes:
        made, self._tokens = bytes(self._tokens + b"\xff\xff"), bytearray(self.head)
        return made

    def wrapped(self) -> Iterator[tuple[Any, ...]]:
        made, self._keys = self._keys, []
        return iter(made)

    def make(self, start: int, count: int) -> None:
        for number, drawn in enumerate(self.names.many(count), start):
            child = self._child(number, drawn)
            self._happened(child)
            closed = self._case(child)
            if closed is None:
                self._open(child)
            else:
                self._closed(child, closed)
            if self.draw.random() < REFERRED:
                self._referred(child)
            if self.draw.random() < PROCEEDING:
                self._proceeding(child)

    def _key(self) -> tuple[UUID, Any]:
        key_id = UUID(bytes=self.draw.randbytes(16), version=4)
        body = self.draw.randbytes(self.envelope.SECRET)
        wrapped = self.envelope.wrap(self.kek, key_id.bytes, body)
        self._keys.append((key_id, wrapped, self.kek.id, self.now))
        return key_id, self.envelope.Key(key_id, self.kek.id, self.envelope.AESGCM(body))

    def _row(
        self, label: str, child: Child, words: dict[str, Any] | None = None, place: int = 0, **said: Any
    ) -> int:
        """A row under a child; `place` tells several of one kind under one case apart."""
        table = self.tables[label]
        pk = (child.number - 1) * ROWS_A_CASE + place + 1
        if label in {"children.Child", "cases.Case"}:
            pk = child.number
        given = {
            "version": 1, "scope_id": child.place.scope, "made_by_id": child.place.account, "made_at": child.made,
            "changed_by_id": child.place.account, "changed_at": child.made, "child_id": child.number,
            "case_id": child.number,
        }  # fmt: skip
        if words is not None:
            sealed = self.envelope.seal(child.key, f"{table.label}|sealed|{pk}|1", words)
            given |= {"key_id": child.key_id, "sealed": sealed, "sealed_version": 1}
        return table.add(pk, {**given, **said})

    def _child(self, number: int, drawn: dict[str, Any]) -> Child:
        place = self.draw.choice(self.places)
        made = self.now - timedelta(seconds=self.draw.randrange(60_000_000))
        child = Child(number, place, *self._key(), made)
        born = drawn["born"].isoformat()
        body = {
            **{name: drawn[name] for name in ("given", "surname1", "surname2")}, "birth_date": born,
            "official_id": f"INV{self.draw.getrandbits(60):015X}", "language": "español",
            "safe_contact": "Por su maestra (inventada), de lunes a viernes por la mañana.",
        }  # fmt: skip
        self._row("children.Child", child, body, code=f"C{number:010}", age_known="known")
        found = self.blind.forms(**self.index.known(body))
        for purpose, token_key in self.token_keys.items():
            tail = _tail("child", number, place.scope, child.key_id, purpose, self.secret.epoch)
            for token in self.blind.tokens(token_key, found):
                self._tokens += TOKEN_HEAD + token + tail
        return child

    def _happened(self, child: Child) -> None:
        area = self.draw.choice(("MX-OAX", "MX-PUE", "MX-CHP"))
        day = child.made.date() - timedelta(days=30)
        elements = {"sexual_act": True, "exchange_given": True, "exchange_kind": "money"}
        body = {"narrative": TELLS, "elements": elements}
        event = self._row("children.Event", child, body, began_on=day, area=area, age_at_event=13)
        for place, concept in enumerate(("csa", "cse")):
            self._row(
                "children.Concept", child, None, place, event_id=event, concept=concept, rule=f"{concept}-1",
                article="OPSC 2", rules_version="1",
            )  # fmt: skip
        self._row(
            "children.StatusDecision", child, {"remark": "Inventado"}, status="presumed", body_kind="protection",
            body="Procuraduría Inventada", decided_on=day + timedelta(days=20), ground="interview", event_id=event,
        )  # fmt: skip
        if self.draw.random() < 0.05:
            key_id, key = self._key()
            alone = Child(child.number, child.place, key_id, key, self.now - timedelta(days=2))
            self._row(
                "children.Concern", alone, {"narrative": TELLS}, code=f"N{child.number:010}", noticer="health",
                organisation_id=child.place.organisation, signs=["fear"], noticed_on=self.today, area=area,
                urgency="days", age_band="12-14", material_shown=False, state="waiting", child_id=None,
            )  # fmt: skip

    def _case(self, child: Child) -> date | None:
        """The head of the case; the day of its closure, None where it goes on."""
        goes_on = self.draw.random() < OPEN
        runs = goes_on and self.draw.random() < RUNS_OUT
        opened = child.made.astimezone().date()  # here, as today is
        risk = self.draw.choices(("immediate", "high", "medium", "low"), (3, 17, 40, 40))[0]
        body = {
            "summary": TELLS, "representative_name": "Lic. Inventada", "representative_independent": True,
            "representative_contact": "951 000 0000",
        }  # fmt: skip
        closed = min(self.today, opened + timedelta(days=self.draw.randrange(60, 500)))
        self._row(
            "cases.Case", child, body, code=f"K{child.number:010}", organisation_id=child.place.organisation,
            state=self.draw.choice(("assessment", "plan", "follow_up")) if goes_on else "closed",
            area=self.draw.choice(("MX-OAX", "MX-PUE", "MX-CHP")), risk=risk, guardian="trusted", opened_on=opened,
            answer_by=self.now + timedelta(hours=self.draw.randrange(-24, 160)),
            answered_at=None if runs else self.now - timedelta(days=3), answer="" if runs else "contact",
            closed_on=None if goes_on else closed, closure="" if goes_on else "goals_met",
        )  # fmt: skip
        for place, days in enumerate((0, 90)):
            self._row(
                "cases.Assessment", child,
                {"suicide_risk": "no_sign", "safe_tonight": True, "needs": ["school", "income"], "wishes": TELLS,
                 "care_needs": ["psychological_care"], "situation": TELLS},
                place, risk=risk, assessed_on=opened + timedelta(days=days),
            )  # fmt: skip
        self._row(
            "cases.SafetyPlan", child, {"tonight": TELLS, "words": "mango", "people": "Su tía inventada"},
            good_until=self.today + timedelta(days=3),
        )  # fmt: skip
        return None if goes_on else closed

    def _day(self, least: int, most: int) -> date:
        return self.today + timedelta(days=self.draw.randrange(least, most))

    def _open(self, child: Child) -> None:
        """What is to be done: some of it late, most of it later than the week that the work page shows."""
        for place in range(3):
            said = {"kind": "care", "doer": "worker", "due_on": self._day(-10, 90), "state": "planned"}
            self._row("cases.PlanItem", child, {"goal": "Volver a la escuela", "how": TELLS}, place, **said)
        for place in range(3):
            done = place > 0
            said = {
                "kind": "call",
                "due_on": self._day(-5, 40),
                "risk": "medium",
                "state": "done" if done else "open",
            }
            self._row("cases.Task", child, {"note": TELLS}, place, **said)
            self._row(
                "cases.FollowUp", child, {"note": TELLS}, place, kind="visit", planned_on=self._day(-3, 60),
                met="met" if done else "planned", done_on=self.today if done else None,
            )  # fmt: skip
        if self.draw.random() < 0.3:
            self._row("cases.Sibling", child, {"name": "Hermana Inventada"}, kind="sibling", at_risk=True)
        if self.draw.random() < APPROVAL:
            self._row(
                "cases.Approval", child, what="plan", verdict="asked", asked_by_id=child.place.account,
                asked_at=self.now, used=False,
            )  # fmt: skip

    def _closed(self, child: Child, closed: date) -> None:
        for place in range(2):
            self._row("cases.PlanItem", child, {"goal": "Volver a la escuela"}, place, kind="care", doer="worker",
                      due_on=child.made.date(), state="done", done_on=child.made.date())  # fmt: skip
            self._row("cases.Task", child, {"note": TELLS}, place, kind="call", due_on=child.made.date(),
                      risk="low", state="done")  # fmt: skip
            self._row("cases.FollowUp", child, {"note": TELLS}, place, kind="visit", planned_on=child.made.date(),
                      met="met", done_on=child.made.date())  # fmt: skip

        self._outcomes(child, closed)

    def _outcomes(self, child: Child, closed: date) -> None:
        """Nine of ten were asked 3, 6 and 12 months after closure, when it was time."""
        for place, months in enumerate((3, 6, 12)):
            asked = closed + timedelta(days=31 * months)
            if asked < self.today and self.draw.random() < 0.9:
                self._row(
                    "cases.Outcome", child, {"words": "Bien"}, place, month=months, closed_on=closed, asked_on=asked,
                    lost_contact=False, safe=True, housed=True, school_or_work=True,
                )  # fmt: skip

    def _referred(self, child: Child) -> None:
        tray, organisation = self.draw.choice(self.trays)
        if organisation == child.place.organisation:
            return
        fields, until = ["child.given"], self.today + timedelta(days=60)
        consent = self._row(
            "sharing.Consent", child, {"words": "Sí"}, verdict="given", purpose="referral", recipient_id=organisation,
            fields=fields, decided_on=child.made.date(), until=until, giver="representative", says="yes",
            rule="referral:0-17", told_duty=True, way="desk",
        )  # fmt: skip
        state = self.draw.choice(("sent", "accepted", "accepted", "done"))
        reply = self.now + timedelta(hours=self.draw.randrange(-24, 72))
        said = {"purpose": "referral", "recipient_id": organisation, "digest": "0" * 64, "urgency": "days",
                "state": state, "reply_by": reply, "code": f"R{child.number:010}", "by_code": False}  # fmt: skip
        referral = self._row(
            "sharing.Referral", child, {"note": ""}, consent_id=consent, fields=fields, sent_at=child.made,
            answered_at=None if state == "sent" else self.now, outcome="served" if state == "done" else "", **said,
        )  # fmt: skip
        there = Child(child.number, Place(tray, child.place.account, organisation), *self._key(), child.made)
        self._row(
            "sharing.Packet", there, {"json": "{}", "html": "<p>Inventado</p>"}, referral_id=referral,
            sender_id=child.place.organisation, ground=f"consent:{consent}", held=state != "sent", **said,
        )  # fmt: skip

    def _proceeding(self, child: Child) -> None:
        opened = child.made.astimezone().date()  # here, as today is
        self._row(
            "justice.Proceeding", child, {"file_number": "INV/1"}, state="complaint", relation="known", part="paid",
            offender_age="adult", offences=[], opened_on=opened, expected_by=self._day(-30, 120),
        )  # fmt: skip
        self._row(
            "justice.Step", child, {"note": TELLS}, proceeding_id=(child.number - 1) * ROWS_A_CASE + 1,
            state="complaint", on=opened, authority="state_prosecutor", area="MX-OAX",
        )  # fmt: skip
