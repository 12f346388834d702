"""The shapes of questions and answers at the door: pydantic models, an example on every field."""
