//! FetchXML.

mod aggregates;
mod conditions;
mod joined;
mod pages;
mod refusals;
mod rows;

pub(super) use joined::FACTS;
