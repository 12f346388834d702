"""The shapes: a document of law, a rule coded from one of its articles, a row that is cited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.dossier import Row
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Document:
    """A text of law. ``in_force_from`` is the first day of the version cited.

    ``text`` names the file of the official text in the collection beside the checkout; None when it is not there,
    and then ``seen`` says on what the citation rests.
    """

    key: str
    title: Text
    number: str
    in_force_from: date
    text: str | None = None
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One article as coded. ``words`` are its own words, found again in the stored text by a test.

    ``coded`` is the module that follows the rule; ``says`` what the rule means for a figure.
    """

    name: str
    document: Document
    article: str
    says: Text
    coded: str
    words: str = ""

    @property
    def cited(self) -> Text:
        """The citation as a page carries it."""
        title, number = self.document.title, self.document.number
        return Text(
            zh=f"《{title.zh}》（{number}）{self.article}", en=f"{title.en} ({number}), {self.article}"
        )

    @property
    def in_force_from(self) -> date:
        """First day of the version of the document that is cited."""
        return self.document.in_force_from


@dataclass(frozen=True, slots=True)
class Cited:
    """A row behind a line or a fact."""

    table: str
    row_id: int


def cite(table: str, *rows: Row) -> tuple[Cited, ...]:
    """The rows of a table as citations."""
    return tuple(Cited(table, row["row_id"]) for row in rows)
