//! The client against a server in memory (for time) and a tiny server on a real socket (for HTTP).

mod answers;
mod fake_server;
mod lists;
mod own_writes;
mod retries;
mod scripted;
mod socket;
mod spans;
mod things;
mod waits;
