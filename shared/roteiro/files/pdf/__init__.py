"""Papers as PDF: the one place that knows reportlab, imported when the first paper is printed."""
