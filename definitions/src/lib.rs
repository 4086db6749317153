#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod column;
mod csdl;
mod fact;
mod key;
mod kind;
mod label;
mod merge;
mod mirror;
mod named;
mod number;
mod of_struct;
mod option_set;
mod other;
mod read;
mod relationship;
mod table;

pub use column::Column;
pub use fact::Fact;
pub use key::Key;
pub use kind::Kind;
pub use label::Label;
pub use merge::merge;
pub use mirror::mirror;
pub use named::Named;
pub use number::Number;
pub use of_struct::of_struct;
pub use option_set::{OptionDefinition, OptionSet};
pub use other::OtherMembers;
pub use read::{ReadError, parse, read};
pub use relationship::{CascadeConfiguration, ManyToMany, OneToMany};
pub use table::Table;
