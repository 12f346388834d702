"""What the service itself keeps: keys, portraits as they were answered, the audit. SQLite embedded, or PostgreSQL."""
