"""Qt item models for long lists."""
