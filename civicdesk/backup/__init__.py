"""Backups of the desk's file: made, checked, encrypted, kept for their time, and brought back."""
