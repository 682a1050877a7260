"""The sync: what this desk wrote goes to the hub, what the others wrote comes back, and nobody's work is lost."""
