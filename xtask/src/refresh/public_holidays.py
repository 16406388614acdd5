"""Prints a line for each country: its code, then the days of its public holidays, each counted from the one before, the first from 1 January 2025."""

import datetime

import holidays

first = datetime.date(2025, 1, 1)
# As far ahead as governments have decided, about.
years = range(first.year, datetime.date.today().year + 4)
for country in sorted(holidays.list_supported_countries(include_aliases=False)):
    steps, before = [], first
    for day in sorted(holidays.country_holidays(country, years=years)):
        if day.year in years:
            steps.append((day - before).days)
            before = day
    if steps:
        print(country, *steps)
