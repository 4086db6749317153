//! Security roles: what they allow, how far, and that no way leads around them.

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
