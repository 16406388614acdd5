//! The server as its callers see it. Most tests speak to the router; those about connections speak TCP.

mod bad_input;
mod calendars;
mod care;
mod connections;
mod coverage;
mod edge;
mod fields;
mod guards;
mod health;
mod paging;
mod problems;
mod recorded;
mod replacing;
mod sharing;
mod site;
mod story;
mod times;
mod today;
mod unsubscribe;
mod walls;
