"""One read of a debtor's records: permitted or not, answered or not, it is written down first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from serving.permissions import Act, Person, require
from serving.state.audit import Audit, Entry
from vocabulary.problems import PortraitError

ANSWERED = "answered"
FAILED = "unexpected"


@dataclass(slots=True)
class Reading:
    """What is being read; the parts become known on the way."""

    person: Person
    act: Act
    request_id: str
    case_key: str = ""
    debtor: str = ""
    as_of: str = ""
    purpose: str = ""
    subject: str = ""

    def ended(self, outcome: str) -> Entry:
        """The audit's entry once the outcome is known."""
        return Entry(
            request_id=self.request_id,
            key_id=self.person.key_id,
            label=self.person.label,
            role=self.person.role.value,
            act=self.act.value,
            outcome=outcome,
            case_key=self.case_key,
            debtor=self.debtor,
            as_of=self.as_of,
            purpose=self.purpose,
            subject=self.subject,
        )


@contextmanager
def audited(
    audit: Audit, reading: Reading, known: Callable[[Reading], None] | None = None
) -> Iterator[Reading]:
    """Permit, read, write down. Leave the block with the answer in hand; give it out only after the block.

    ``known`` fills in what the request itself says of the read, so that a refusal too tells whose records were meant.

    Raises PortraitError: ``not_permitted``, what the block raises, or ``audit_unavailable`` when the entry cannot be
    written, whatever else happened.
    """
    try:
        if known is not None:
            known(reading)
        require(reading.person, reading.act)
        yield reading
    except PortraitError as error:
        audit.append(reading.ended(error.problem.code))
        raise
    except Exception:
        audit.append(reading.ended(FAILED))
        raise
    audit.append(reading.ended(ANSWERED))
