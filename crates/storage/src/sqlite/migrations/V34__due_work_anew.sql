-- Two rules of due work are called otherwise and one is new: everything is reckoned again before anybody reads.
UPDATE due_unit SET version = version + 1, recheck_on = '0001-01-01', touch_on = NULL, touch = NULL;
