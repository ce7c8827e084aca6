"""检查: what in an organisation would leave a report without hands; pure, a table in and findings out."""
