"""Letters printed and posted by GOV.UK Notify."""
