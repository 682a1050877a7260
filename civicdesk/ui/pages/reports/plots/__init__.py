"""The figures of a day, a period or a year as plots, each open to the rows behind it."""
