#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod apply;
pub mod cli;
mod config;
mod counted;
mod diagram;
mod drift;
mod generate;
mod matching;
mod names;
mod plan;
mod pull;
mod report;
mod settings;
mod snapshot;
mod structs;

pub use apply::{ApplyError, ApplyProgress, ApplySettings, apply};
pub use config::{Apply, Check, Config, ConfigError, Org, TEMPLATE, Token};
pub use diagram::{Diagram, DiagramColumns, DiagramError, DiagramOptions};
pub use drift::{Class, Finding, drift};
pub use generate::{GenerateError, features, generate};
pub use matching::differences;
#[doc(hidden)]
pub use matching::{__Entity, __assert_matches};
pub use plan::{NotDone, Plan, PlanError, PlanSettings, Present, Step, plan};
pub use pull::{Progress, PullError, Selection, metadata, table, tables};
pub use report::{Format, Locations, report};
pub use settings::{
    ColumnSettings, Dates, Images, OptionSetSettings, Relationships, Settings, TableSettings,
};
pub use snapshot::{LockedNames, LockedOptionSet, Snapshot, SnapshotError};
pub use structs::{Code, StructsError};
