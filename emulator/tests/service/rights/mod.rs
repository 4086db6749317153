//! Security roles: what they allow, how far they reach, and that nothing bypasses them.

mod append;
mod changes;
mod depths;
mod escalation;
mod hidden;
mod impersonation;
mod over_http;
mod people;
mod roles;
mod sharing;
mod teams;
