"""The pieces of the secretariat's page: messages, loans, work areas."""
