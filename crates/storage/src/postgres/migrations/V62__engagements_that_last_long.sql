-- Lists of a window of days read the index of beginnings from a year before the window on. What lasts longer is few, and looked for here.
CREATE INDEX engagement_lasting_long ON engagement (programme, began_key, id) WHERE last_day - first_day > 366;
