"""码: issuing, replacing, retiring and finding entry codes; one action to a file."""
