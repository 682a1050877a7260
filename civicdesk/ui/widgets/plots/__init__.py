"""Plots a manager looks at rather than reads; whatever they show can be tapped, and is told to screen readers."""

from __future__ import annotations

from civicdesk.ui.widgets.plots.bars import BarPlot
from civicdesk.ui.widgets.plots.columns import ColumnPlot
from civicdesk.ui.widgets.plots.heat import Axes, HeatPlot
from civicdesk.ui.widgets.plots.marks import Kind, Mark
from civicdesk.ui.widgets.plots.month import MonthPlot
from civicdesk.ui.widgets.plots.plot import Plot
from civicdesk.ui.widgets.plots.trend import TrendPlot

__all__ = ["Axes", "BarPlot", "ColumnPlot", "HeatPlot", "Kind", "Mark", "MonthPlot", "Plot", "TrendPlot"]
