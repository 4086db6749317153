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
mod option_set;
mod read;
mod relationship;
mod table;

pub use column::{Column, Named};
pub use fact::Fact;
pub use key::Key;
pub use kind::Kind;
pub use label::Label;
pub use option_set::{OptionDefinition, OptionSet};
pub use read::{ReadError, of_struct, read};
pub use relationship::{CascadeConfiguration, ManyToMany, OneToMany};
pub use table::Table;
