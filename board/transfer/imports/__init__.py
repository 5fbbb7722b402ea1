"""Files in, as they come from spreadsheets, calendars and conference tools."""
