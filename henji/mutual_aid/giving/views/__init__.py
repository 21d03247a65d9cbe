"""Pages of lists, reports, slips and receipts."""
