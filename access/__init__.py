"""可见: who may see which report. Every read of reports by staff goes through here and is logged here."""
