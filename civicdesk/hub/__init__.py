"""The hub on PostgreSQL: its tables, its functions, its desks and how an administrator looks after it."""
