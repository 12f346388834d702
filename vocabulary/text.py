"""Text for people, always in a pair: Chinese and English, filled from the same values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in both languages."""

    zh: str
    en: str

    def fill(self, **values: object) -> Text:
        """The same sentence with its ``{names}`` filled; a value that is itself a Text fills each language."""
        return Text(
            zh=self.zh.format(**{name: _inside(value, "zh") for name, value in values.items()}),
            en=self.en.format(**{name: _inside(value, "en") for name, value in values.items()}),
        )

    def to(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en

    def as_pair(self) -> dict[str, str]:
        """``{"zh": …, "en": …}``, as the API and the pages carry it."""
        return {"zh": self.zh, "en": self.en}


def _inside(value: object, language: Language) -> object:
    return value.to(language) if isinstance(value, Text) else value
